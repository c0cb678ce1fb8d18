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
}

/** An issue that was in Build from 7 September on, with an hour of each on the 8th. */
function anIssue(key: string, updated: string, hours: readonly Hour[]): string {
  const started = "2026-09-08T10:00:00.000+0000";
  const worklogs = hours.map(({ id, account }) => {
    return { id, author: { accountId: account }, started, updated: started, timeSpentSeconds: 3600 };
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
    changelog: { total: 0, histories: [] },
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
    return importJira(ledger, { files, statuses: undefined, stages: undefined, worklogs: true }, SILENT, randomUUID);
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
});
