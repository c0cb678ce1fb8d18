import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { erasePerson, verify } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Ledger } from "../../../apps/ledger/src/access/with-ledger.ts";
import { progressOn } from "../../../apps/ledger/src/analyse/progress.ts";
import { importJira } from "../../../apps/ledger/src/import/jira/import-jira.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import { ledgerContents } from "../../support/database/ledger-contents.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const SILENT = progressOn(new PassThrough().resume(), () => 0);

interface Hour {
  readonly id: string;
  readonly account: string;
  readonly started?: string;
  readonly seconds?: number;
}

/** An issue that was in Build from 7 September on, with an hour of each on the 8th. */
function anIssue(key: string, updated: string, hours: readonly Hour[], histories: readonly object[] = []): string {
  const worklogs = hours.map(({ id, account, started = "2026-09-08T10:00:00.000+0000", seconds = 3600 }) => {
    return { id, author: { accountId: account }, started, updated: started, timeSpentSeconds: seconds };
  });
  return `${JSON.stringify({
    id: "10001",
    key,
    fields: {
      project: { key: key.split("-")[0] },
      status: { id: "2", name: "Build", statusCategory: { key: "indeterminate" } },
      created: "2026-09-07T07:00:00.000+0000",
      updated,
      worklog: { total: worklogs.length, worklogs },
    },
    changelog: { total: histories.length, histories },
  })}\n`;
}

const ANN = { id: "501", account: "ann" };
const BEN = { id: "502", account: "ben" };
const BEFORE = anIssue("PAY-1", "2026-09-09T07:00:00.000+0000", [ANN]);
const MOVED = anIssue("SHOP-9", "2026-09-10T07:00:00.000+0000", [ANN, BEN]);

onBothEngines((engine) => {
  async function aLedger(): Promise<Ledger> {
    const { database } = engine();
    return { database, ...(await aTenant(database, { zone: "UTC" })) };
  }

  function run(ledger: Ledger, ...logs: readonly string[]) {
    const folder = aFolder(Object.fromEntries(logs.map((log, i) => [`${i}.jsonl`, log])));
    const files = logs.map((_, i) => join(folder, `${i}.jsonl`));
    return importJira(ledger, { files, statuses: undefined, stages: undefined, worklogs: true }, SILENT, {
      newId: randomUUID,
      now: Date.now,
    });
  }

  const minutesByProject = async ({ database, tenantId }: Ledger): Promise<string[]> => {
    const { rows } = await sql<{ line: string }>`
      select project || ' ' || sum(minutes) as line from ledger.cell where tenant_id = ${tenantId}::uuid
      group by project order by project`.execute(database.kysely);
    return rows.map(({ line }) => line);
  };

  test("hours stay in the project that their issue was in when they were recorded, what comes after the move does not (E14)", async () => {
    const ledger = await aLedger();
    await run(ledger, BEFORE);
    expect(await run(ledger, MOVED)).toMatchObject({ worklogs: 2, newEntries: 1, leftOut: 0 });
    expect(await minutesByProject(ledger)).toEqual(["PAY 60", "SHOP 60"]);
    const before = await ledgerContents(ledger.database, ledger.tenantId);
    expect(await run(ledger, MOVED)).toMatchObject({ newEntries: 0 });
    expect(await ledgerContents(ledger.database, ledger.tenantId)).toEqual(before);
    expect(await verify(ledger.database, ledger.tenantId)).toEqual([]);
  });

  test("an export from before the move and one from after it go into one import", async () => {
    const ledger = await aLedger();
    expect(await run(ledger, BEFORE, MOVED)).toMatchObject({ worklogs: 3, newEntries: 2 });
    expect(await minutesByProject(ledger)).toEqual(["PAY 60", "SHOP 60"]);
  });

  test("somebody erased does not come back with the next import, and the others do not go", async () => {
    const ledger = await aLedger();
    await run(ledger, MOVED);
    await erasePerson(ledger.database, ledger.tenantId, ledger.masterKey, { source: "jira", account: ANN.account });
    expect(await minutesByProject(ledger)).toEqual(["SHOP 60"]);
    expect(await run(ledger, MOVED)).toMatchObject({ worklogs: 2, newEntries: 0, leftOut: 1 });
    expect(await minutesByProject(ledger)).toEqual(["SHOP 60"]);
    expect(await verify(ledger.database, ledger.tenantId)).toEqual([]);
  });

  test("a changelog that shows the move tells each hour's project, in whatever order exports are imported (E14)", async () => {
    const moves = (created: string, from: string, to: string): object => ({
      id: created.slice(8, 10),
      created,
      items: [
        { field: "project", from: "1", fromString: "A name, not a key", to: "2", toString: "Another" },
        { field: "Key", from: "", fromString: from, to: "", toString: to },
      ],
    });
    // OPS until the 8th at 12:00, PAY until the 9th, SHOP since: an hour in each, and one at the instant of the second move.
    const histories = [
      moves("2026-09-09T12:00:00.000+0000", "PAY-1", "SHOP-9"),
      moves("2026-09-08T12:00:00.000+0000", "OPS-7", "PAY-1"),
    ];
    const hours = ["2026-09-08T11:00", "2026-09-08T12:30", "2026-09-09T12:00", "2026-09-10T09:00"].map((at, i) => {
      return { id: `60${i}`, account: "ann", started: `${at}:00.000+0000` };
    });
    const earlier = anIssue("OPS-7", "2026-09-08T11:30:00.000+0000", hours.slice(0, 1));
    const later = anIssue("SHOP-9", "2026-09-10T12:00:00.000+0000", hours, histories);
    for (const logs of [
      [earlier, later],
      [later, earlier],
    ]) {
      const ledger = await aLedger();
      for (const log of logs) await run(ledger, log);
      expect(await minutesByProject(ledger)).toEqual(["OPS 60", "PAY 60", "SHOP 120"]);
      expect(await verify(ledger.database, ledger.tenantId)).toEqual([]);
    }
  });

  test("a worklog below zero, of nothing or of more than a day is left out and counted; the others are recorded", async () => {
    const ledger = await aLedger();
    const seconds = [-300, 0, 86_460, 86_400, 60];
    const hours = seconds.map((each, i) => ({ id: `70${i}`, account: `person ${i}`, seconds: each }));
    expect(await run(ledger, anIssue("PAY-1", "2026-09-09T07:00:00.000+0000", hours))).toMatchObject({
      worklogs: 5,
      newEntries: 2,
      leftOut: 3,
      overfullDays: 0,
    });
    expect(await minutesByProject(ledger)).toEqual(["PAY 1441"]);
  });

  test("days on which one author has more than 24 hours are recorded and counted, over issues and imports", async () => {
    const ledger = await aLedger();
    const onDay = (id: string, account: string, day: string, hours: number): Hour => {
      return { id, account, started: `2026-09-${day}T08:00:00.000+0000`, seconds: hours * 3600 };
    };
    const first = [onDay("801", "ann", "08", 20), onDay("802", "ben", "08", 24), onDay("803", "ann", "09", 8)];
    const updated = "2026-09-10T07:00:00.000+0000";
    expect(await run(ledger, anIssue("PAY-1", updated, first))).toMatchObject({ newEntries: 3, overfullDays: 0 });
    // Ann has 20 + 5 hours on the 8th and 8 + 16 = 24 on the 9th; somebody else has 13 on the 8th.
    const second = [onDay("804", "ann", "08", 5), onDay("805", "ann", "09", 16), onDay("806", "cid", "08", 13)];
    const again = anIssue("PAY-1", "2026-09-11T07:00:00.000+0000", second);
    expect(await run(ledger, again)).toMatchObject({ newEntries: 3, overfullDays: 1, leftOut: 0 });
    // The day is over-full still, but this run says nothing about it.
    const third = anIssue("PAY-1", "2026-09-12T07:00:00.000+0000", [onDay("807", "ann", "10", 1)]);
    expect(await run(ledger, third)).toMatchObject({ overfullDays: 0 });
    expect(await minutesByProject(ledger)).toEqual([`PAY ${(20 + 24 + 8 + 5 + 16 + 13 + 1) * 60}`]);
  });
});
