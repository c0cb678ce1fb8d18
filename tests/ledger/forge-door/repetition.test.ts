import { randomUUID } from "node:crypto";
import { entry, myWeek } from "@stageledger/core/contract/entries";
import { roadblockList } from "@stageledger/core/contract/roadblocks";
import { startedTimer } from "@stageledger/core/contract/timer";
import { inTransaction, retain } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM, NOW } from "../../support/forge/a-forge-door.ts";

const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const HOUR = { minutes: 60, date: "2026-09-08" };
const DAY_MILLISECONDS = 86_400_000;

onBothEngines((engine) => {
  const rowsIn = ({ tenant: { tenantId } }: ForgeDoor, table: string): Promise<number> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.raw(table)}`.execute(trx);
      return rows[0]?.n ?? -1;
    });

  test("a call that comes again under its key gets the first answer, and is done once", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const key = randomUUID();
    const first = await ada.call(ENTRIES, { body: HOUR, key });
    const again = await ada.call(ENTRIES, { body: { date: "2026-09-08", minutes: 60 }, key });
    expect(again.status).toBe(201);
    expect(await again.text()).toBe(await first.text());
    expect((await ada.told(myWeek, "/forge/v1/my/week")).minutes).toBe(60);
  });

  test("ten at the same moment are done once, and all are told the same", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ada.told(entry, ENTRIES, { body: HOUR, key })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await ada.told(myWeek, "/forge/v1/my/week")).entries).toHaveLength(1);
  });

  test("the same key for anything else is refused: another body, item or route", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const key = randomUUID();
    await ada.told(entry, ENTRIES, { body: HOUR, key });
    const REUSED = { status: 409, code: "REQUEST_KEY_REUSED" };
    expect(await ada.refused(ENTRIES, { body: { ...HOUR, minutes: 61 }, key })).toMatchObject(REUSED);
    expect(await ada.refused("/forge/v1/items/jira:10089/entries", { body: HOUR, key })).toMatchObject(REUSED);
    expect(await ada.refused("/forge/v1/my/timer", { method: "DELETE", key })).toMatchObject(REUSED);
    expect((await ada.told(myWeek, "/forge/v1/my/week")).minutes).toBe(60);
  });

  test("keys are each person's own", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    const key = randomUUID();
    await ada.told(entry, ENTRIES, { body: HOUR, key });
    await ben.told(entry, ENTRIES, { body: { ...HOUR, minutes: 7 }, key });
    expect((await ben.told(myWeek, "/forge/v1/my/week")).minutes).toBe(7);
  });

  test("without a key, or with one that could be anything, nothing is written", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    for (const key of ["", "short", "with spaces in it", "x".repeat(65)]) {
      const told = await ada.refused(ENTRIES, { body: HOUR, key });
      expect(told).toMatchObject({ status: 400, code: "REQUEST_INVALID", at: "headers.idempotency-key" });
    }
    expect(await rowsIn(door, "ledger.entry")).toBe(0);
  });

  test("a refused call leaves its key and its token unused", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const [key, token] = [randomUUID(), await ada.token()];
    expect((await ada.refused(ENTRIES, { body: { ...HOUR, stage: "Nowhere" }, key, token })).code).toBe(
      "STAGE_UNKNOWN",
    );
    await ada.told(entry, ENTRIES, { body: HOUR, key, token });
  });

  test("a lost answer of a roadblock raises no second one", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const path = `/forge/v1/items/${ITEM}/roadblocks`;
    const key = randomUUID();
    for (const body of [{ kind: "unclear" }, { kind: "unclear" }]) await ada.call(path, { body, key });
    expect((await ada.told(roadblockList, path)).roadblocks).toHaveLength(1);
  });

  test("tokens and answers are forgotten once they have expired: a minute and a day later", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const key = randomUUID();
    await ada.told(entry, ENTRIES, { body: HOUR, key });
    await ada.told(entry, ENTRIES, { body: HOUR });
    expect(await rowsIn(door, "control.used_token")).toBe(2);
    door.clock.now = NOW + 60_000;
    await ada.told(entry, ENTRIES, { body: { ...HOUR, minutes: 1 } });
    expect(await rowsIn(door, "control.used_token")).toBe(1);
    expect(await rowsIn(door, "ledger.answered_request")).toBe(3);
    door.clock.now = NOW + DAY_MILLISECONDS + 1;
    await ada.told(entry, ENTRIES, { body: { ...HOUR, minutes: 2 }, key });
    expect(await rowsIn(door, "ledger.answered_request")).toBe(2);
  });

  test("a token is remembered as long as it would be believed, tolerance included", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const token = await ada.token();
    await ada.told(entry, ENTRIES, { body: HOUR, token });
    door.clock.now = NOW + 29_900;
    await ada.told(entry, ENTRIES, { body: { ...HOUR, minutes: 1 } });
    expect(await ada.refused(ENTRIES, { body: { ...HOUR, minutes: 2 }, token })).toMatchObject({ code: "TOKEN_USED" });
    door.clock.now = NOW + 31_000;
    expect(await ada.refused(ENTRIES, { body: HOUR, token })).toMatchObject({ code: "TOKEN_REFUSED" });
  });

  test("where nobody writes any more, retention forgets them, and timers that nobody stopped for 13 weeks", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    const START = `/forge/v1/items/${ITEM}/timer`;
    await ada.told(startedTimer, START, { body: {} });
    door.clock.now = NOW + 95 * DAY_MILLISECONDS;
    await ben.told(startedTimer, START, { body: {} });
    const rows = async (): Promise<readonly number[]> => [
      await rowsIn(door, "ledger.timer"),
      await rowsIn(door, "control.used_token"),
      await rowsIn(door, "ledger.answered_request"),
    ];
    expect(await rows()).toEqual([2, 1, 1]);
    await retain(engine().database, door.tenant.tenantId, NOW + 95 * DAY_MILLISECONDS);
    expect(await rows()).toEqual([2, 1, 1]);
    await retain(engine().database, door.tenant.tenantId, NOW + 105 * DAY_MILLISECONDS);
    expect(await rows()).toEqual([1, 0, 0]);
  });
});
