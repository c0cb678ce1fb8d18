import { randomUUID } from "node:crypto";
import { entry, myWeek } from "@stageledger/core/contract/entries";
import { inTransaction, verify } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM, NOW, type Person } from "../../support/forge/a-forge-door.ts";
import { anAsanaAccount, linkAsana, recordEntryOf } from "../../support/forge/a-linked-account.ts";

const WEEK = "/forge/v1/my/week";
const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const OTHER_ITEM = "jira:10089";
const TUESDAY = "2026-09-08";
const WEDNESDAY = "2026-09-09";

onBothEngines((engine) => {
  /** Stage, minutes and how they count, of whoever; without those that add up to nothing. */
  const cellsOf = ({ tenant: { tenantId } }: ForgeDoor): Promise<readonly string[]> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ line: string }>`
        select concat_ws(' ', project, stage, activity, sum(minutes)) as line from ledger.cell
        where tenant_id = ${tenantId}::uuid group by project, stage, activity having sum(minutes) <> 0`.execute(trx);
      return rows.map(({ line }) => line).sort();
    });

  const revisionsIn = ({ tenant: { tenantId } }: ForgeDoor): Promise<number> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ledger.entry_revision`.execute(trx);
      return rows[0]?.n ?? -1;
    });

  const logged = (ada: Person, minutes: number, date = TUESDAY) =>
    ada.told(entry, ENTRIES, { body: { minutes, date, activity: "build" } });

  const change = (changes: readonly unknown[], day = TUESDAY) => ({ body: { day, changes } });
  const log = (minutes: number, date = TUESDAY, item = ITEM) => ({ kind: "log", item, date, minutes });
  const edit = ({ id, revision }: { id: string; revision: number }, minutes: number) => ({
    kind: "edit",
    entry: id,
    revision,
    minutes,
  });
  const takeBack = ({ id, revision }: { id: string; revision: number }) => ({ kind: "delete", entry: id, revision });

  test("several entries are logged, changed and taken back at once, and the answer is the week as it is then", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await logged(aPerson(door), 7);
    const [longer, gone] = [await logged(ada, 30), await logged(ada, 45)];
    const changes = [
      { ...log(60, WEDNESDAY, OTHER_ITEM), activity: "review", stage: "test" },
      edit(longer, 90),
      takeBack(gone),
      log(15, "2026-09-07"),
    ];
    const told = await ada.told(myWeek, WEEK, change(changes));
    expect(told).toMatchObject({ week: "2026-W37", firstDay: "2026-09-07", lastDay: "2026-09-13", minutes: 165 });
    expect(
      told.entries.map((one) => [one.date, one.itemKey, one.minutes, one.activity, one.stage, one.revision]),
    ).toEqual([
      ["2026-09-07", "PAY-88", 15, "other", null, 1],
      [TUESDAY, "PAY-88", 90, "build", null, 2],
      [WEDNESDAY, "PAY-89", 60, "review", "Test", 1],
    ]);
    expect(await ada.told(myWeek, WEEK)).toEqual(told);
    expect(await cellsOf(door)).toEqual(["PAY Review build 97", "PAY Review other 15", "PAY Test review 60"]);
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test("the week of the day that is named is answered with, whichever days were changed", async () => {
    const door = await aForgeDoor(engine().database);
    const told = await aPerson(door).told(myWeek, WEEK, change([log(60)], "2026-09-15"));
    expect(told).toMatchObject({ week: "2026-W38", minutes: 0, entries: [] });
  });

  test.each([
    ["an item that is not there", log(60, TUESDAY, "jira:4711"), 404, "ITEM_UNKNOWN"],
    ["a stage that is none", { ...log(60), stage: "Nowhere" }, 422, "STAGE_UNKNOWN"],
    ["a date that the calendar has not", log(60, "2026-02-30"), 422, "ENTRY_IMPOSSIBLE_DATE"],
    ["a date far ahead", log(60, "2026-12-08"), 422, "ENTRY_IMPOSSIBLE_DATE"],
    ["an entry that is nobody's", edit({ id: randomUUID(), revision: 1 }, 5), 404, "ENTRY_UNKNOWN"],
    ["an entry that is nobody's, to be taken back", takeBack({ id: randomUUID(), revision: 1 }), 404, "ENTRY_UNKNOWN"],
  ])(
    "where one change is of %s, none is made, and the answer says which one it is",
    async (_what, wrong, status, code) => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door);
      const before = await logged(ada, 30);
      const told = await ada.refused(WEEK, change([log(60), edit(before, 31), wrong, log(15)]));
      expect(told).toMatchObject({ status, code, at: "body.changes.2" });
      expect((await ada.told(myWeek, WEEK)).entries).toEqual([before]);
      expect(await cellsOf(door)).toEqual(["PAY Review build 30"]);
    },
  );

  test("an entry that was changed meanwhile is refused, also by an earlier change of the same call", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const before = await logged(ada, 30);
    const CONFLICT = { status: 409, code: "ENTRY_REVISION_CONFLICT", at: "body.changes.1" };
    expect(await ada.refused(WEEK, change([log(1), edit({ ...before, revision: 2 }, 5)]))).toMatchObject(CONFLICT);
    expect(await ada.refused(WEEK, change([edit(before, 31), takeBack(before)]))).toMatchObject(CONFLICT);
    const told = await ada.told(myWeek, WEEK, change([edit(before, 31), edit({ ...before, revision: 2 }, 32)]));
    expect(told.entries).toMatchObject([{ revision: 3, minutes: 32 }]);
    const gone = await ada.refused(
      WEEK,
      change([takeBack({ ...before, revision: 3 }), edit({ ...before, revision: 4 }, 5)]),
    );
    expect(gone).toMatchObject({ status: 409, code: "ENTRY_DELETED", at: "body.changes.1" });
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test("a day has 24 hours when all is done: what one change takes away another may use, in either order", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const [most, some] = [await logged(ada, 1200), await logged(ada, 240)];
    const one = await ada.told(myWeek, WEEK, change([log(240), takeBack(some)]));
    expect(one.minutes).toBe(1440);
    const two = await ada.told(myWeek, WEEK, change([log(600), edit(most, 600)]));
    expect(two.minutes).toBe(1440);
    await ada.told(myWeek, WEEK, change([log(1440, WEDNESDAY)]));
  });

  test("the change with which a day is over 24 hours is named: the first that does not fit beside those before it", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await logged(ada, 1000);
    const FULL = { status: 422, code: "ENTRY_DAY_OVER_24_HOURS" };
    const changes = [log(1440, WEDNESDAY), log(440), log(1), log(2)];
    expect(await ada.refused(WEEK, change(changes))).toMatchObject({ ...FULL, at: "body.changes.2" });
    expect(await ada.refused(WEEK, change([log(441)]))).toMatchObject({ ...FULL, at: "body.changes.0" });
    expect((await ada.told(myWeek, WEEK)).minutes).toBe(1000);
  });

  test("a day that is over 24 hours already, as another tool has it, can still be made shorter by taking back", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const ada = aPerson(door);
    const mine = await logged(ada, 60);
    const { rows } = await inTransaction(database, { role: "recorder", tenantId: door.tenant.tenantId }, (trx) =>
      sql<{ id: string }>`select contributor_id as id from ledger.entry`.execute(trx),
    );
    await recordEntryOf(door, database, rows[0]?.id ?? "", { typedIn: "asana", minutes: 1430 });
    expect((await ada.told(myWeek, WEEK, change([takeBack(mine), log(10)]))).minutes).toBe(1440);
  });

  test("a day of which single entries are no longer kept is named too", async () => {
    const door = await aForgeDoor(engine().database);
    const { tenantId } = door.tenant;
    await engine()
      .database.kysely.transaction()
      .execute(async (trx) => {
        await sql.raw(`set local app.tenant = '${tenantId}'`).execute(trx);
        await sql`insert into ledger.retention_edge values (${tenantId}::uuid, '2026-06-01', '2025-09-01')`.execute(
          trx,
        );
      });
    const told = await aPerson(door).refused(WEEK, change([log(1), log(1, "2026-05-31")]));
    expect(told).toMatchObject({ status: 422, code: "ENTRY_TOO_OLD", at: "body.changes.1" });
    expect(await revisionsIn(door)).toBe(0);
  });

  test("every issue that is logged on is asked for once before anything is done, and one that may not be seen is as unknown as none", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door, "ada"), aPerson(door, "ben")];
    const mine = await logged(ada, 30);
    door.jira.questions.length = 0;
    door.clock.now = NOW + 60_000;
    const both = [log(1), log(2, WEDNESDAY), log(3, TUESDAY, OTHER_ITEM), edit(mine, 31)];
    await ada.told(myWeek, WEEK, change(both));
    expect(door.jira.questions.map(({ accountId, subject }) => `${accountId} ${subject}`).sort()).toEqual([
      "ada issue 10088",
      "ada issue 10089",
    ]);
    const before = await revisionsIn(door);
    door.jira.answer = ({ subject }) => subject !== "issue 10089";
    const unseen = await ben.refused(WEEK, change(both.slice(0, 3)));
    expect(unseen).toMatchObject({ status: 404, code: "ITEM_UNKNOWN", at: "body.changes.2" });
    const absent = await aPerson(door).refused(WEEK, change([log(1), log(1), log(1, TUESDAY, "jira:4711")]));
    expect(absent).toEqual(unseen);
    expect(await ben.refused(WEEK, change([log(1, TUESDAY, "asana:7001")]))).toMatchObject({ code: "ITEM_UNKNOWN" });
    expect(await revisionsIn(door)).toBe(before);
  });

  test("while Jira cannot be asked nothing is done, and the same call can be made again", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    door.jira.answer = () => 503;
    const sent = { ...change([log(1)]), key: randomUUID(), token: await ada.token() };
    expect(await ada.refused(WEEK, sent)).toMatchObject({ status: 503, code: "JIRA_UNREACHABLE" });
    expect(await revisionsIn(door)).toBe(0);
    door.jira.answer = () => true;
    expect((await ada.told(myWeek, WEEK, sent)).minutes).toBe(1);
  });

  test("a call that comes again under its key is done once, with its token not at all, with another body neither", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const key = randomUUID();
    const token = await ada.token();
    const first = await ada.told(myWeek, WEEK, { ...change([log(60), log(30)]), key, token });
    expect(await ada.told(myWeek, WEEK, { ...change([log(60), log(30)]), key })).toEqual(first);
    expect((await ada.refused(WEEK, { ...change([log(60)]), key })).code).toBe("REQUEST_KEY_REUSED");
    expect((await ada.refused(WEEK, { ...change([log(60)]), token })).code).toBe("TOKEN_USED");
    expect(await revisionsIn(door)).toBe(2);
  });

  test("entries of others are unknown: of a colleague, of another tenant, of an account that is not linked", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const elsewhere = await aForgeDoor(database);
    const asana = await anAsanaAccount(door, database);
    const theirs = [
      await logged(aPerson(door), 30),
      await logged(aPerson(elsewhere), 30),
      { id: await recordEntryOf(door, database, asana, { typedIn: "ledger" }), revision: 1 },
    ];
    const ada = aPerson(door);
    for (const one of theirs) {
      for (const wrong of [edit(one, 1), takeBack(one)]) {
        const told = await ada.refused(WEEK, change([log(60), wrong]));
        expect(told).toMatchObject({ status: 404, code: "ENTRY_UNKNOWN", at: "body.changes.1" });
      }
    }
    expect((await ada.told(myWeek, WEEK)).entries).toEqual([]);
  });

  test("what another tool brought is refused as by itself, also of a linked account", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const asana = await linkAsana(door, engine().database, ada);
    const id = await recordEntryOf(door, engine().database, asana, { typedIn: "asana" });
    const told = await ada.refused(WEEK, change([log(60), edit({ id, revision: 1 }, 1)]));
    expect(told).toMatchObject({ status: 403, code: "ENTRY_FROM_ELSEWHERE", at: "body.changes.1" });
  });

  test.each([
    ["no change", []],
    ["a change that is none", [{ kind: "move", entry: randomUUID() }]],
    ["two hundred and one changes", Array.from({ length: 201 }, () => log(1))],
    ["a member that nobody knows", [{ ...log(1), contributor: randomUUID() }]],
    ["no minute", [log(0)]],
  ])("%s is refused by the contract", async (_what, changes) => {
    const door = await aForgeDoor(engine().database);
    const told = await aPerson(door).refused(WEEK, change(changes));
    expect(told).toMatchObject({ status: 400, code: "REQUEST_INVALID", at: expect.stringMatching(/^body\.changes/u) });
  });

  test("without a token, or a key, nothing is done", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    expect(await ada.refused(WEEK, { ...change([log(1)]), token: "a.b.c" })).toMatchObject({ code: "TOKEN_REFUSED" });
    expect(await ada.refused(WEEK, { ...change([log(1)]), key: "" })).toMatchObject({ code: "REQUEST_INVALID" });
    expect(await revisionsIn(door)).toBe(0);
  });

  test("two hundred changes are made in one go", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const told = await ada.told(
      myWeek,
      WEEK,
      change(Array.from({ length: 200 }, (_, i) => log(7, i < 100 ? TUESDAY : WEDNESDAY))),
    );
    expect([told.entries.length, told.minutes]).toEqual([200, 1400]);
    expect(await verify(engine().database, door.tenant.tenantId)).toEqual([]);
  });

  test("of two calls at the same moment that fill a day, one is refused whole", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const calls = [1, 2].map(() => ada.call(WEEK, change([log(700), log(300)])));
    const statuses = (await Promise.all(calls)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 422]);
    expect((await ada.told(myWeek, WEEK)).minutes).toBe(1000);
  });
});
