/**
 * What the page's report of one project costs the server on a real PostgreSQL: in a tenant with a hundred times as many items, and with a
 * long past of the project itself, against a small tenant. Each has a database of its own, so that the small one has small tables.
 */
import { type Database, migrate, openDatabase } from "@stageledger/db";
import { sql } from "kysely";
import { ProjectReports } from "../../apps/ledger/src/page/project-reports.ts";
import { onAServer } from "./on-a-server.ts";
import { aLedgerWith, type BenchLedger, NOW, PROJECT } from "./page-ledger.ts";
import { median, type Result } from "./result.ts";

const FEW_ITEMS = 10_000;
const REPORTS_A_ROUND = 5;
const WARM_UP = 5;
const PAST_ITEMS = 50_000;

/** Milliseconds from the question to the bytes, with nothing remembered. */
async function reportTime({ database, tenantId }: BenchLedger): Promise<number> {
  const reports = new ProjectReports({ database, now: () => NOW, reader: "page" });
  const startedAt = performance.now();
  const answer = await reports.find(tenantId, PROJECT, {});
  const elapsedMilliseconds = performance.now() - startedAt;
  if (answer === undefined || answer.bytes < 50_000)
    throw new Error("There is no report: there is nothing to measure.");
  return elapsedMilliseconds;
}

/** @param manyItems with twice as many changes */
export function pageReportSpeed(rounds: number, manyItems: number): Promise<readonly Result[]> {
  return onAServer(async (server, _folder, url) => {
    const opened: Database[] = [];
    const ledgerIn = async (name: string, items: number, past: number): Promise<BenchLedger> => {
      await sql.raw(`create database ${name}`).execute(server.kysely);
      const database = await openDatabase({ kind: "postgres", url: url.replace(/[^/]+$/u, name) });
      opened.push(database);
      await migrate(database, 0);
      return aLedgerWith(database, items, past);
    };
    try {
      const ledgers = {
        few: await ledgerIn("few", FEW_ITEMS, 0),
        many: await ledgerIn("many", manyItems, 0),
        past: await ledgerIn("past", FEW_ITEMS, PAST_ITEMS),
      };
      const times: Readonly<Record<keyof typeof ledgers, number[]>> = { few: [], many: [], past: [] };
      for (let turn = 0; turn < WARM_UP; turn += 1)
        for (const ledger of Object.values(ledgers)) await reportTime(ledger);
      for (let turn = 0; turn < rounds * REPORTS_A_ROUND; turn += 1) {
        times.few.push(await reportTime(ledgers.few));
        times.many.push(await reportTime(ledgers.many));
        times.past.push(await reportTime(ledgers.past));
      }
      const baseline = `that in a tenant of ${FEW_ITEMS} items (${median(times.few).toFixed(0)} ms)`;
      return [
        {
          name: `a project's report for the page among ${manyItems} items and ${2 * manyItems} changes, in time`,
          // Each against the small one's of the same turn: the machine does other things meanwhile.
          ratio: median(times.many.map((time, turn) => time / (times.few[turn] ?? Number.NaN))),
          limit: { atMost: 1.3 },
          baseline,
        },
        {
          name: `the same with ${PAST_ITEMS} items of the project that were done before the charts begin`,
          ratio: median(times.past.map((time, turn) => time / (times.few[turn] ?? Number.NaN))),
          limit: { atMost: 1.3 },
          baseline,
        },
      ];
    } finally {
      for (const database of opened) await database.close();
    }
  });
}
