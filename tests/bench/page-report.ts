/**
 * What the page's report of one project costs the server on a real PostgreSQL: in a tenant with a hundred times as many items, and with a
 * long past of the project itself, against a small tenant. Each has a database of its own, so that the small one has small tables.
 */
import { type Database, migrate, openDatabase, recordStageMap } from "@stageledger/db";
import { sql } from "kysely";
import { ProjectReports } from "../../apps/ledger/src/page/project-reports.ts";
import { aStageMap } from "../support/a-stage-map.ts";
import { aTenant } from "../support/database/a-tenant.ts";
import { utc } from "../support/moments.ts";
import { onAServer } from "./on-a-server.ts";
import { median, type Result } from "./result.ts";

const FEW_ITEMS = 10_000;
const REPORTS_A_ROUND = 5;
const WARM_UP = 5;
/** Items of each project: those of the one that is measured are scattered among all others. */
const ITEMS_A_PROJECT = 500;
const PAST_ITEMS = 50_000;
const PROJECT = "P-0";

const NOW = utc("2026-10-25T17:30");
const DAY_MILLISECONDS = 86_400_000;
const CHART_DAYS = 182;

interface BenchLedger {
  readonly database: Database;
  readonly tenantId: string;
}

/**
 * Items that were all created within the charts' half year, a tenth of them still open, with two changes each; written by the owner,
 * past the doors that are not measured here.
 *
 * @param past items of the measured project that were done before the charts begin
 */
async function aLedgerWith(database: Database, items: number, past: number): Promise<BenchLedger> {
  const { tenantId } = await aTenant(database, { zone: "UTC" });
  await recordStageMap(database, tenantId, aStageMap());
  const projects = items / ITEMS_A_PROJECT;
  const firstAt = NOW - CHART_DAYS * DAY_MILLISECONDS;
  await sql`
    create table made as
    select 'jira:' || i as item_id, 'P-' || i % ${projects}::integer as project, (i / ${projects}::integer) % 10 = 3 as is_open,
      ${firstAt}::bigint + (i::bigint * ${(CHART_DAYS - 30) * DAY_MILLISECONDS}::bigint) / ${items}::bigint as created_at
    from generate_series(0, ${items}::integer - 1) as i
    union all
    select 'jira:past-' || i, ${PROJECT}, false, ${firstAt}::bigint - ${400 * DAY_MILLISECONDS}::bigint - i::bigint * 60000
    from generate_series(1, ${past}::integer) as i`.execute(database.kysely);
  await sql`
    create view moved as
    select made.*, created_at + 3600000 * (1 + hashtext(item_id) & 63) as begun_at,
      created_at + 3600000 * (80 + (hashtext(item_id) >> 8) & 511) as moved_at, case when is_open then 'Review' else 'Done' end as now_in
    from made`.execute(database.kysely);
  await sql`
    insert into flow.item (tenant_id, item_id, project, key, created_at_ms, snapshot_at_ms, current_status, is_subtask,
      has_history, is_truncated)
    select ${tenantId}::uuid, item_id, project, replace(item_id, 'jira:', 'KEY-'), created_at, moved_at, now_in, false, true, false
    from moved`.execute(database.kysely);
  await sql`
    insert into flow.item_fact (tenant_id, item_id, source_key, input_hash, kind, at_ms, sequence, place, from_status, to_status)
    select ${tenantId}::uuid, item_id, 'stage:' || at || ':' || place || ':0', decode(md5(item_id), 'hex'), 'stage', at, place, 0,
      one.from_status, one.to_status
    from moved, lateral (values (begun_at, 1, 'Backlog', 'Build'), (moved_at, 2, 'Build', now_in))
      as one (at, place, from_status, to_status)`.execute(database.kysely);
  await sql`
    insert into flow.timeline (tenant_id, item_id, project, status_id, last_activity_at_ms, stays, flaws)
    select ${tenantId}::uuid, item_id, project, now_in, moved_at,
      json_build_array(json_build_array('Backlog', created_at), json_build_array('Build', begun_at), json_build_array(now_in, moved_at)),
      '[]'
    from moved`.execute(database.kysely);
  await sql`
    insert into flow.project_revision (tenant_id, project, revision, latest_at_ms)
    select ${tenantId}::uuid, project, 1, max(moved_at) from moved group by project`.execute(database.kysely);
  await sql`drop view moved`.execute(database.kysely);
  await sql`drop table made`.execute(database.kysely);
  await sql`vacuum analyze`.execute(database.kysely);
  return { database, tenantId };
}

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
