/** A ledger for measuring the page: many projects of equal size, written past the doors that are not measured. */
import { type Database, recordStageMap } from "@stageledger/db";
import { sql } from "kysely";
import { aStageMap } from "../support/a-stage-map.ts";
import { aTenant } from "../support/database/a-tenant.ts";
import { utc } from "../support/moments.ts";

/** Items of each project: those of the one that is measured are scattered among all others. */
export const ITEMS_A_PROJECT = 500;
/** There are `P-0`, `P-1` and so on. */
export const PROJECT = "P-0";

export const NOW = utc("2026-10-25T17:30");
const DAY_MILLISECONDS = 86_400_000;
const CHART_DAYS = 182;

export interface BenchLedger {
  readonly database: Database;
  readonly tenantId: string;
}

/**
 * Items that were all created within the charts' half year, a tenth of them still open, with two changes each; written by the owner,
 * past the doors that are not measured here.
 *
 * @param past items of the measured project that were done before the charts begin
 */
export async function aLedgerWith(database: Database, items: number, past: number): Promise<BenchLedger> {
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
