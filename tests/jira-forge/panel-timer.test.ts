import { entry, myWeek } from "@stageledger/core/contract/entries";
import { startedTimer, timerState } from "@stageledger/core/contract/timer";
import { recordFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, anItemPart, aPerson, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TIMER = "/forge/v1/my/timer";
const OTHER = { issue: "10089" } as const;

async function opened(door: ForgeDoor, options = {}): Promise<ForgeHost> {
  const panel = await openPanel(door, options);
  await panel.settle();
  return panel;
}

const timerOf = async (door: ForgeDoor) => (await aPerson(door, "ada").told(timerState, TIMER)).timer;
const recorded = async (door: ForgeDoor) => (await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week")).entries;

describeWithApp("the timer in the panel", () => {
  onPostgres((engine) => {
    test("runs in the ledger: a reload finds it, says since when, and draws nothing while it counts", async () => {
      const door = await aForgeDoor(engine().database);
      const first = await opened(door);
      await first.click("timer-start");
      expect(first.text("timer")).toBe("Runs since 11:00. 0 min at 11:00.");
      door.clock.now += 42 * MINUTE + 59_000;
      const panel = await opened(door);
      expect(panel.text("timer")).toBe("Runs since 11:00. 42 min at 11:42.");
      const drawn = panel.commits;
      door.clock.now += 8 * MINUTE;
      await panel.settle();
      expect(panel.commits).toBe(drawn);
      await panel.click("timer-look");
      expect(panel.text("timer")).toBe("Runs since 11:00. 50 min at 11:50.");
    });

    test("stops into a field with what it counted by now, to be put right before Enter logs it", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await opened(door);
      await panel.click("timer-start");
      door.clock.now += 90 * MINUTE;
      await panel.click("timer-stop");
      expect(await timerOf(door)).not.toBeNull();
      expect(panel.valueOf("stop-time")).toBe("1 h 30 min");
      await panel.type("stop-time", "1h");
      await panel.choose("stop-activity", "review");
      expect(panel.text("stop-time-understood")).toBe("1 h · Review · today · review");
      await panel.enter("stop-time");
      expect(panel.find("timer")).toBeUndefined();
      expect(panel.text("notice")).toBe("Logged 1 h, today. | Undo logging");
      expect(await timerOf(door)).toBeNull();
      expect(await recorded(door)).toMatchObject([{ minutes: 60, activity: "review", stage: "Review" }]);
    });

    test("pauses, and goes on", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await opened(door);
      await panel.click("timer-start");
      door.clock.now += 20 * MINUTE;
      await panel.click("timer-pause");
      expect(panel.text("timer")).toBe("Paused at 20 min.");
      expect(panel.find("timer-pause")).toBeUndefined();
      door.clock.now += 60 * MINUTE;
      const again = await opened(door);
      expect(again.text("timer")).toBe("Paused at 20 min.");
      expect(again.nameOf("timer-start")).toBe("Let the timer go on");
      await again.click("timer-start");
      door.clock.now += 5 * MINUTE;
      expect((await timerOf(door))?.proposedMinutes).toBe(25);
    });

    test("a second start asks about the first: logged there, it begins here", async () => {
      const door = await aForgeDoor(engine().database);
      await (await opened(door)).click("timer-start");
      door.clock.now += 25 * MINUTE;
      const panel = await opened(door, OTHER);
      expect(panel.text("timer")).toBe("Runs on PAY-88 since 11:00. 25 min at 11:25.");
      door.clock.now += 5 * MINUTE;
      await panel.click("timer-start");
      expect(panel.text("stop-question")).toBe("Your timer still counts on PAY-88. Log that first?");
      expect(panel.text("stop-time-understood")).toBe("30 min · today · on PAY-88; then it starts here");
      expect((await timerOf(door))?.itemKey).toBe("PAY-88");
      await panel.enter("stop-time");
      expect(panel.text("notice")).toBe("Logged 30 min on PAY-88, today. | Undo logging");
      expect(panel.text("timer")).toBe("Runs since 11:30. 0 min at 11:30.");
      expect(panel.findAll("entry-*")).toEqual([]);
      expect(await recorded(door)).toMatchObject([{ itemKey: "PAY-88", minutes: 30 }]);
      expect(await timerOf(door)).toMatchObject({ itemKey: "PAY-89", proposedMinutes: 1 });
    });

    test("a second start that lets the first go says what was not logged; leaving it changes nothing", async () => {
      const door = await aForgeDoor(engine().database);
      await (await opened(door)).click("timer-start");
      door.clock.now += 25 * MINUTE;
      const panel = await opened(door, OTHER);
      await panel.click("timer-start");
      expect(panel.nameOf("not-yet")).toBe("Leave it on PAY-88");
      await panel.click("not-yet");
      expect((await timerOf(door))?.itemKey).toBe("PAY-88");
      await panel.click("timer-start");
      expect(panel.nameOf("start-instead")).toBe("Discard 25 min, start here");
      await panel.click("start-instead");
      expect(panel.text("notice")).toBe("25 min on PAY-88 were not logged.");
      expect(await timerOf(door)).toMatchObject({ itemKey: "PAY-89" });
      expect(await recorded(door)).toEqual([]);
    });

    test("the question comes also where the panel did not know of the first", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await opened(door, OTHER);
      await aPerson(door, "ada").told(startedTimer, "/forge/v1/items/jira:10088/timer", { body: {} });
      door.clock.now += 10 * MINUTE;
      await panel.click("timer-start");
      expect(panel.text("stop-question")).toBe("Your timer still counts on PAY-88. Log that first?");
      expect(panel.valueOf("stop-time")).toBe("10 min");
    });

    test("left on over night it proposes nothing: whoever knows says how long it was", async () => {
      const door = await aForgeDoor(engine().database);
      await (await opened(door)).click("timer-start");
      door.clock.now += 22 * HOUR;
      const panel = await opened(door);
      expect(panel.text("timer")).toBe("Ran for 10 h and stopped there. It was probably forgotten.");
      await panel.click("timer-stop");
      expect(panel.nameOf("stop-time")).toBe("How long was it on PAY-88?");
      expect(panel.valueOf("stop-time")).toBe("");
      await panel.enter("stop-time");
      expect(panel.text("stop-time-understood")).toContain("How long was it?");
      expect(await recorded(door)).toEqual([]);
      await panel.type("stop-time", "6h");
      expect(panel.text("stop-time-understood")).toBe("6 h · yesterday");
      await panel.enter("stop-time");
      expect(await recorded(door)).toMatchObject([{ minutes: 360, date: "2026-09-08" }]);
    });

    test("is let go only after a second question", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await opened(door);
      await panel.click("timer-start");
      door.clock.now += 7 * MINUTE;
      await panel.click("timer-look");
      await panel.click("timer-let-go");
      expect(panel.text("let-go-question")).toBe("7 min on PAY-88 will not be logged.");
      await panel.click("keep-timer");
      expect(await timerOf(door)).not.toBeNull();
      await panel.click("timer-let-go");
      await panel.click("let-go");
      expect(panel.text("notice")).toBe("7 min on PAY-88 were not logged.");
      expect(await timerOf(door)).toBeNull();
    });

    test("is stopped on an issue that was closed meanwhile", async () => {
      const door = await aForgeDoor(engine().database);
      await (await opened(door)).click("timer-start");
      door.clock.now += 30 * MINUTE;
      const closed = anItemPart("jira:10088", "PAY-88", [
        ["2026-09-04T09:00", "Backlog", "Build"],
        ["2026-09-07T09:00", "Build", "Review"],
        ["2026-09-08T09:20", "Review", "Done"],
      ]);
      const items = [{ ...closed, snapshot: { ...closed.snapshot, updatedAt: door.clock.now } }];
      await recordFacts(engine().database, door.tenant.tenantId, { statuses: [], entries: [], items });
      const panel = await opened(door);
      await panel.click("timer-stop");
      expect(panel.text("stop-time-understood")).toBe("30 min · today");
      await panel.enter("stop-time");
      expect(await recorded(door)).toMatchObject([{ minutes: 30, stage: null }]);
    });

    test("that another window logged and started anew is not logged unseen", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door, "ada");
      const panel = await opened(door);
      await panel.click("timer-start");
      door.clock.now += 30 * MINUTE;
      await panel.click("timer-stop");
      await ada.told(entry, `${TIMER}/log`, { body: {} });
      await ada.told(startedTimer, "/forge/v1/items/jira:10089/timer", { body: {} });
      await panel.enter("stop-time");
      expect(panel.text("failure-code")).toBe("Code: TIMER_OTHER");
      expect(panel.find("stop")).toBeUndefined();
      expect(panel.text("timer")).toBe("Runs on PAY-89 since 11:30. 0 min at 11:30.");
      expect(await recorded(door)).toMatchObject([{ itemKey: "PAY-88", minutes: 30 }]);
    });
  });
});
