import { entry, myWeek } from "@stageledger/core/contract/entries";
import { startedTimer, timerState } from "@stageledger/core/contract/timer";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, ITEM, NOW } from "../../support/forge/a-forge-door.ts";

const START = `/forge/v1/items/${ITEM}/timer`;
const START_OTHER = "/forge/v1/items/jira:10089/timer";
const TIMER = "/forge/v1/my/timer";
const PAUSE = { method: "POST", body: {} } as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

onBothEngines((engine) => {
  test("a timer runs on the server: whoever looks again sees it go on, and logs what it proposes", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    expect(await ada.told(timerState, TIMER)).toEqual({ now: NOW, timer: null });
    const fresh = {
      itemId: ITEM,
      itemKey: "PAY-88",
      startedAt: NOW,
      isRunning: true,
      proposedDate: "2026-09-08",
      isCapped: false,
    };
    expect(await ada.told(startedTimer, START, { body: {} })).toEqual({
      now: NOW,
      timer: { ...fresh, elapsedSeconds: 0, proposedMinutes: 1 },
      replaced: null,
    });
    door.clock.now = NOW + 90 * MINUTE + 29_999;
    expect(await ada.told(timerState, TIMER)).toEqual({
      now: NOW + 90 * MINUTE + 29_999,
      timer: { ...fresh, elapsedSeconds: 5429, proposedMinutes: 90 },
    });
    const logged = await ada.told(entry, `${TIMER}/log`, { body: { activity: "review" } });
    expect(logged).toMatchObject({ itemId: ITEM, minutes: 90, date: "2026-09-08", activity: "review", stage: null });
    expect((await ada.told(timerState, TIMER)).timer).toBeNull();
    expect((await ada.told(myWeek, "/forge/v1/my/week")).entries).toEqual([logged]);
  });

  test("half a minute is rounded up", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 90 * MINUTE + 30_000;
    expect((await ada.told(timerState, TIMER)).timer?.proposedMinutes).toBe(91);
  });

  test("a pause counts nothing; starting on the same item goes on, and starting twice starts nothing anew", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 20 * MINUTE;
    expect((await ada.told(timerState, `${TIMER}/pause`, PAUSE)).timer).toMatchObject({
      isRunning: false,
      proposedMinutes: 20,
    });
    door.clock.now = NOW + 60 * MINUTE;
    await ada.told(timerState, `${TIMER}/pause`, PAUSE);
    expect((await ada.told(startedTimer, START, { body: {} })).timer).toMatchObject({
      isRunning: true,
      proposedMinutes: 20,
      startedAt: NOW,
    });
    door.clock.now = NOW + 65 * MINUTE;
    const again = await ada.told(startedTimer, START, { body: {} });
    expect(again).toMatchObject({ timer: { proposedMinutes: 25, startedAt: NOW }, replaced: null });
    door.clock.now = NOW + 70 * MINUTE;
    expect((await ada.told(timerState, TIMER)).timer?.proposedMinutes).toBe(30);
  });

  test("a second start on another item asks: the first goes on until it is let go, and says then what it had", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 15 * MINUTE;
    const told = await ada.refused(START_OTHER, { body: {} });
    expect(told).toMatchObject({
      status: 409,
      code: "TIMER_RUNNING",
      timer: { itemKey: "PAY-88", proposedMinutes: 15 },
    });
    expect((await ada.told(timerState, TIMER)).timer?.itemKey).toBe("PAY-88");
    const replaced = await ada.told(startedTimer, START_OTHER, { body: { replace: true } });
    expect(replaced).toMatchObject({
      timer: { itemKey: "PAY-89", proposedMinutes: 1, startedAt: NOW + 15 * MINUTE },
      replaced: { itemKey: "PAY-88", proposedMinutes: 15 },
    });
    expect((await ada.told(myWeek, "/forge/v1/my/week")).entries).toEqual([]);
  });

  test("a paused timer on another item asks as well", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(startedTimer, START, { body: {} });
    await ada.told(timerState, `${TIMER}/pause`, PAUSE);
    expect((await ada.refused(START_OTHER, { body: {} })).code).toBe("TIMER_RUNNING");
  });

  test("one that ran over night counts ten hours, books nothing by itself, and takes what it is told", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 10 * HOUR - 1;
    expect((await ada.told(timerState, TIMER)).timer).toMatchObject({ proposedMinutes: 600, isCapped: false });
    door.clock.now = NOW + 23 * HOUR;
    const capped = { elapsedSeconds: 36_000, proposedMinutes: 600, isCapped: true, proposedDate: "2026-09-08" };
    expect((await ada.told(timerState, TIMER)).timer).toMatchObject(capped);
    expect(await ada.refused(`${TIMER}/log`, { body: {} })).toMatchObject({
      status: 409,
      code: "TIMER_CAPPED",
      timer: capped,
    });
    expect((await ada.told(myWeek, "/forge/v1/my/week")).minutes).toBe(0);
    const logged = await ada.told(entry, `${TIMER}/log`, { body: { minutes: 55, stage: "Review" } });
    expect(logged).toMatchObject({ minutes: 55, date: "2026-09-08", stage: "Review" });
  });

  test("pausing a forgotten one keeps it at ten hours", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 40 * HOUR;
    await ada.told(timerState, `${TIMER}/pause`, PAUSE);
    await ada.told(startedTimer, START, { body: {} });
    expect((await ada.told(timerState, TIMER)).timer).toMatchObject({ elapsedSeconds: 36_000, isCapped: true });
  });

  test("one that another window put on another item, or started anew, is not logged for the one that was seen", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const seen = { itemId: "jira:10088", startedAt: NOW };
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 10 * MINUTE;
    await ada.told(startedTimer, START_OTHER, { body: { replace: true } });
    expect(await ada.refused(`${TIMER}/log`, { body: { of: seen } })).toMatchObject({
      status: 409,
      code: "TIMER_OTHER",
      timer: { itemKey: "PAY-89", startedAt: NOW + 10 * MINUTE },
    });
    await ada.told(startedTimer, START, { body: { replace: true } });
    expect((await ada.refused(`${TIMER}/log`, { body: { of: seen } })).code).toBe("TIMER_OTHER");
    expect((await ada.told(myWeek, "/forge/v1/my/week")).entries).toEqual([]);
    const again = { ...seen, startedAt: NOW + 10 * MINUTE };
    expect(await ada.told(entry, `${TIMER}/log`, { body: { of: again, minutes: 5 } })).toMatchObject({ minutes: 5 });
  });

  test("a paused one that goes on is still the one that was seen", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 10 * MINUTE;
    await ada.told(timerState, `${TIMER}/pause`, PAUSE);
    door.clock.now = NOW + 20 * MINUTE;
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 25 * MINUTE;
    const of = { itemId: "jira:10088", startedAt: NOW };
    expect(await ada.told(entry, `${TIMER}/log`, { body: { of } })).toMatchObject({ minutes: 15 });
  });

  test("one whose time is to be mirrored is logged as that", async () => {
    const ada = aPerson(await aForgeDoor(engine().database));
    await ada.told(startedTimer, START, { body: {} });
    expect((await ada.told(entry, `${TIMER}/log`, { body: { isMirrored: true } })).isMirrored).toBe(true);
    await ada.told(startedTimer, START, { body: {} });
    expect((await ada.told(entry, `${TIMER}/log`, { body: {} })).isMirrored).toBe(false);
  });

  test("a log that is refused leaves the timer as it is", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 10 * MINUTE;
    expect((await ada.refused(`${TIMER}/log`, { body: { stage: "Nowhere" } })).code).toBe("STAGE_UNKNOWN");
    expect((await ada.told(timerState, TIMER)).timer?.proposedMinutes).toBe(10);
  });

  test("who has no timer cannot pause or log one; letting go of none is fine", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const UNKNOWN = { status: 404, code: "TIMER_UNKNOWN" };
    expect(await ada.refused(`${TIMER}/pause`, PAUSE)).toMatchObject(UNKNOWN);
    expect(await ada.refused(`${TIMER}/log`, { body: {} })).toMatchObject(UNKNOWN);
    await ada.told(startedTimer, START, { body: {} });
    for (const _ of [1, 2]) expect((await ada.told(timerState, TIMER, { method: "DELETE" })).timer).toBeNull();
  });

  test("a timer is seen by whom it is of, and by nobody else", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    await ada.told(startedTimer, START, { body: {} });
    await ben.told(timerState, TIMER, { method: "DELETE" });
    expect((await ben.told(timerState, TIMER)).timer).toBeNull();
    expect((await ada.told(timerState, TIMER)).timer?.isRunning).toBe(true);
  });
});
