import { randomUUID } from "node:crypto";
import { deletedEntry, entry, myWeek, undoneEntry } from "@stageledger/core/contract/entries";
import { links } from "@stageledger/core/contract/links";
import { myExport } from "@stageledger/core/contract/my-data";
import { inTransaction, recordFacts } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { z } from "zod";
import { onBothEngines } from "../../support/database/engines.ts";
import { aForgeDoor, anItemPart, aPerson, type ForgeDoor, ITEM } from "../../support/forge/a-forge-door.ts";
import { anAsanaAccount, linkAsana, recordEntryOf } from "../../support/forge/a-linked-account.ts";
import { day } from "../../support/moments.ts";

const WEEK = "/forge/v1/my/week";
const LINKS = "/forge/v1/my/links";
const EXPORT = "/forge/v1/my/export";
const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const exported = z.object({ entries: z.array(z.looseObject({ entry: z.string(), minutes: z.number() })) });

onBothEngines((engine) => {
  const authorOf = ({ tenant: { tenantId } }: ForgeDoor, id: string): Promise<readonly string[]> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ contributor_id: string }>`
        select distinct contributor_id from ledger.entry_revision where entry_id = ${id}::uuid`.execute(trx);
      return rows.map(({ contributor_id }) => contributor_id);
    });

  test("a week has the entries of all accounts of its person, by day and item, and what another tool has is read only", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const ada = aPerson(door);
    const asana = await linkAsana(door, database, ada);
    await recordFacts(database, door.tenant.tenantId, {
      statuses: [],
      entries: [],
      items: [anItemPart("asana:7001:900", "Draft the offer", [])],
    });
    await ada.told(entry, ENTRIES, { body: { minutes: 30, date: "2026-09-09" } });
    await ada.told(entry, ENTRIES, { body: { minutes: 20, date: "2026-09-08" } });
    await recordEntryOf(door, database, asana, { typedIn: "asana", date: day("2026-09-08"), minutes: 60 });
    await recordEntryOf(door, database, asana, { typedIn: "ledger", date: day("2026-09-10"), minutes: 5 });
    await recordEntryOf(door, database, asana, { typedIn: "asana", date: day("2026-09-14"), minutes: 7 });
    const told = await ada.told(myWeek, WEEK);
    expect(told.minutes).toBe(115);
    const lines = told.entries.map((one) => [
      one.date,
      one.itemKey,
      one.minutes,
      one.origin,
      one.canChange,
      one.isMirrored,
    ]);
    expect(lines).toEqual([
      ["2026-09-08", "Draft the offer", 60, "asana", false, false],
      ["2026-09-08", "PAY-88", 20, "ledger", true, false],
      ["2026-09-09", "PAY-88", 30, "ledger", true, false],
      ["2026-09-10", "Draft the offer", 5, "ledger", true, false],
    ]);
    // The grid answers with the same, though it reads them by itself.
    const again = await ada.told(myWeek, WEEK, {
      body: { day: "2026-09-08", changes: [{ kind: "log", item: ITEM, date: "2026-09-01", minutes: 1 }] },
    });
    expect(again).toEqual(told);
  });

  test("nobody sees entries of an account that is not linked to theirs, nor once the link is taken back", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const [ada, ben] = [aPerson(door), aPerson(door)];
    await recordEntryOf(door, database, await anAsanaAccount(door, database), { typedIn: "ledger" });
    expect((await ada.told(myWeek, WEEK)).entries).toEqual([]);
    await linkAsana(door, database, ada);
    expect((await ada.told(myWeek, WEEK)).minutes).toBe(120);
    expect((await ben.told(myWeek, WEEK)).entries).toEqual([]);
    expect((await ben.told(myExport, EXPORT)).entries).toBe(0);
    await ada.told(links, LINKS, { method: "DELETE" });
    expect((await ada.told(myWeek, WEEK)).entries).toEqual([]);
    expect((await ada.told(myExport, EXPORT)).entries).toBe(0);
  });

  test("what was typed into the ledger by the other account is changed, undone and taken back like one's own, and stays its", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const ada = aPerson(door);
    const asana = await linkAsana(door, database, ada);
    const id = await recordEntryOf(door, database, asana, { typedIn: "ledger" });
    const path = `/forge/v1/entries/${id}`;
    const edited = await ada.told(entry, path, { method: "PATCH", body: { revision: 1, minutes: 45 } });
    expect(edited).toMatchObject({ id, revision: 2, minutes: 45, origin: "ledger", canChange: true });
    const undone = await ada.told(undoneEntry, `${path}/undo`, { body: { revision: 2 } });
    expect(undone).toMatchObject({ revision: 3, entry: { minutes: 120 } });
    await ada.told(deletedEntry, `${path}?revision=3`, { method: "DELETE" });
    const back = await ada.told(undoneEntry, `${path}/undo`, { body: { revision: 4 } });
    expect(back).toMatchObject({ revision: 5, entry: { minutes: 120 } });
    const changes = [{ kind: "edit", entry: id, revision: 5, minutes: 10 }];
    const told = await ada.told(myWeek, WEEK, { body: { day: "2026-09-08", changes } });
    expect(told.entries).toMatchObject([{ id, revision: 6, minutes: 10 }]);
    expect(await authorOf(door, id)).toEqual([asana]);
  });

  test("a day of 24 hours is each account's own, as it is when each logs by itself", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const ada = aPerson(door);
    const asana = await linkAsana(door, database, ada);
    const id = await recordEntryOf(door, database, asana, { typedIn: "ledger", minutes: 1400 });
    await ada.told(entry, ENTRIES, { body: { minutes: 100, date: "2026-09-08" } });
    const changes = [{ kind: "edit", entry: id, revision: 1, minutes: 1440 }];
    expect((await ada.told(myWeek, WEEK, { body: { day: "2026-09-08", changes } })).minutes).toBe(1540);
  });

  test("once the link is taken back, its entries are as unknown as a stranger's; so they are to a stranger before", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const [ada, ben] = [aPerson(door), aPerson(door)];
    const asana = await linkAsana(door, database, ada);
    const path = `/forge/v1/entries/${await recordEntryOf(door, database, asana, { typedIn: "ledger" })}`;
    const UNKNOWN = { status: 404, code: "ENTRY_UNKNOWN" };
    const tries = [
      [path, { method: "PATCH", body: { revision: 1, minutes: 5 } }],
      [`${path}/undo`, { body: { revision: 1 } }],
      [`${path}?revision=1`, { method: "DELETE" }],
    ] as const;
    for (const [at, sent] of tries) expect(await ben.refused(at, sent)).toMatchObject(UNKNOWN);
    await ada.told(links, LINKS, { method: "DELETE" });
    for (const [at, sent] of tries) expect(await ada.refused(at, sent)).toMatchObject(UNKNOWN);
    for (const [at, sent] of tries)
      expect(await aPerson(await aForgeDoor(database)).refused(at, sent)).toMatchObject(UNKNOWN);
  });

  test("who is linked is told how many others there are, and who is not, none; nothing is made by asking", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    await linkAsana(door, engine().database, ada);
    expect(await ada.told(links, LINKS)).toEqual({ others: 1 });
    expect(await ben.told(links, LINKS)).toEqual({ others: 0 });
    const { tenantId } = door.tenant;
    const people = await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      trx.selectFrom("ledger.contributor").select("source").execute(),
    );
    expect(people.map(({ source }) => source).sort()).toEqual(["asana", "jira"]);
  });

  test("the export is a file of all entries of all accounts, named by the day, as CSV or as JSON", async () => {
    const door = await aForgeDoor(engine().database);
    const { database } = engine();
    const ada = aPerson(door);
    const asana = await linkAsana(door, database, ada);
    const mine = await ada.told(entry, ENTRIES, { body: { minutes: 30, date: "2026-09-08" } });
    const old = await recordEntryOf(door, database, asana, {
      typedIn: "asana",
      date: day("2026-06-01"),
      project: "=1+1",
    });
    await recordEntryOf(door, database, await anAsanaAccount(door, database, "asana-ben"), { typedIn: "ledger" });
    await aPerson(door).told(entry, ENTRIES, { body: { minutes: 99 } });
    const csv = await ada.told(myExport, EXPORT);
    expect([csv.fileName, csv.entries]).toEqual(["my-time-2026-09-08.csv", 2]);
    expect(csv.text.split("\n")).toEqual([
      "entry,item,project,date,minutes,activity,start,end,readable_by",
      `${old},asana:7001:900,'=1+1,2026-06-01,120,build,,,colleagues`,
      `${mine.id},PAY-88,PAY,2026-09-08,30,other,,,you`,
      "",
    ]);
    const json = await ada.told(myExport, `${EXPORT}?format=json`);
    expect([json.fileName, json.entries]).toEqual(["my-time-2026-09-08.json", 2]);
    const { entries } = exported.parse(JSON.parse(json.text));
    expect(entries.map((one) => [one.entry, one.minutes])).toEqual([
      [old, 120],
      [mine.id, 30],
    ]);
  });

  test("the export of somebody without an entry is a file with nothing but its head; another format is refused", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const told = await ada.told(myExport, EXPORT);
    expect(told).toEqual({
      fileName: "my-time-2026-09-08.csv",
      entries: 0,
      text: "entry,item,project,date,minutes,activity,start,end,readable_by\n",
    });
    expect(await ada.refused(`${EXPORT}?format=xml`)).toMatchObject({ code: "REQUEST_INVALID", at: "query.format" });
    expect(await ada.refused(EXPORT, { token: randomUUID() })).toMatchObject({ code: "TOKEN_REFUSED" });
  });
});
