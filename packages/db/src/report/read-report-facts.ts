/** All that a report is made of, read as the one who reads reports: flow and published atoms, in one view of the data. */
import {
  dayText,
  type ItemFacts,
  latestSpans,
  mapInForce,
  type ReportWindow,
  type ReportZone,
  type StageMap,
  type Status,
  shownWeeks,
  spansEndedBy,
} from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import type { FactRow, ItemRow } from "../record/item-rows.ts";
import { type AtomRow, type PublishedAtom, toAtom } from "../release/atom-rows.ts";
import type { Schema } from "../schema.ts";
import { loadStatuses } from "../statuses.ts";
import type { Tenant } from "../tenants.ts";
import { endedStatuses, itemsOfReport, type RoadblockRow, subtaskActivity } from "./items-of-report.ts";
import { nothingRecorded, readReportFrame } from "./report-frame.ts";

export interface ReportFacts {
  readonly tenant: Tenant;
  readonly window: ReportWindow;
  /** The version in force at the as-of instant. */
  readonly map: StageMap;
  readonly statuses: ReadonlyMap<string, Status>;
  /** Items that are open, or that moved since the charts begin. */
  readonly items: readonly ItemFacts[];
  /** Last activity of sub-tasks by the as-of instant, epoch milliseconds by parent (E10). */
  readonly subtaskActivityByParent: ReadonlyMap<string, number>;
  /** Those of the latest period that was over at the as-of instant, of the weeks since it began and of the latest such quarter. */
  readonly atoms: readonly PublishedAtom[];
  /** Weeks (by their Mondays), periods and quarters that were released, ascending. */
  readonly releasedSpans: readonly string[];
  /** A release began and has not ended. */
  readonly isPending: boolean;
}

/**
 * Of items that are done, reads only those that moved since the charts begin.
 *
 * @param windowIn the report's window, given the tenant's zone
 * @throws StageledgerError LEDGER_EMPTY, TENANT_UNKNOWN
 */
export function readReportFacts(
  database: Database,
  tenantId: string,
  windowIn: (zone: ReportZone) => ReportWindow,
): Promise<ReportFacts> {
  return inTransaction(database, { role: "report_reader", tenantId, isSnapshot: true }, async (trx) => {
    const { tenant, versions, releasedSpans, isPending } = await readReportFrame(trx, tenantId);
    const window = windowIn(tenant.zone);
    const map = mapInForce(versions, window.asOf) ?? versions[0];
    if (map === undefined) throw nothingRecorded();
    return {
      tenant,
      window,
      map,
      statuses: await loadStatuses(trx, tenantId),
      ...(await readItems(trx, tenantId, map, window)),
      atoms: await readAtoms(trx, tenantId, spansEndedBy(window.asOf, releasedSpans, tenant.zone)),
      releasedSpans,
      isPending,
    };
  });
}

async function readItems(
  trx: Transaction<Schema>,
  tenantId: string,
  map: StageMap,
  { zone, asOf, chartFirstDay }: ReportWindow,
): Promise<Pick<ReportFacts, "items" | "subtaskActivityByParent">> {
  const wanted = sql`
    select item_id from flow.timeline
    where tenant_id = ${tenantId}::uuid and (last_activity_at_ms >= ${zone.startOfDay(chartFirstDay)}::bigint
      or status_id not in (select json_array_elements_text(${JSON.stringify(endedStatuses(map))}::json)))`;
  const { rows: items } = await sql<ItemRow>`
    select item_id, project, key, created_at_ms, snapshot_at_ms, current_status, resolution, is_subtask, parent_id,
      has_history, is_truncated, is_repeated
    from flow.item where tenant_id = ${tenantId}::uuid and item_id in (${wanted})
    order by item_id collate "C"`.execute(trx);
  if (items.length === 0) return { items: [], subtaskActivityByParent: new Map() };
  const { rows: facts } = await sql<FactRow>`
    select item_id, source_key, kind, at_ms, sequence, place, from_status, to_status, blocker, begins
    from flow.item_fact where tenant_id = ${tenantId}::uuid and item_id in (${wanted})
    order by item_id collate "C", at_ms, sequence, place`.execute(trx);
  const { rows: roadblocks } = await sql<RoadblockRow>`
    select roadblock_id, item_id, raised_at_ms, resolved_at_ms from flow.roadblock
    where tenant_id = ${tenantId}::uuid and item_id in (${wanted})
    order by item_id collate "C", raised_at_ms, roadblock_id`.execute(trx);
  const all = itemsOfReport(items, facts, roadblocks);
  return { items: all, subtaskActivityByParent: subtaskActivity(all, asOf) };
}

/** Of the atoms that a report may show, of each the latest version: those of the latest period, the quarter, and of nine weeks at most. */
async function readAtoms(
  trx: Transaction<Schema>,
  tenantId: string,
  spans: readonly string[],
): Promise<readonly PublishedAtom[]> {
  const { period, quarter } = latestSpans(spans);
  const weeks = shownWeeks(spans).map(dayText);
  const shown = [...weeks, period, quarter].filter((span) => span !== null);
  if (shown.length === 0) return [];
  const { rows } = await sql<AtomRow>`
    select distinct on (cut, span, project, part_kind, part) cut, span, project, part_kind, part, version,
      rounded_minutes, contributors, elapsed_minutes, release_number
    from published.atom where tenant_id = ${tenantId}::uuid and cut in ('A', 'B', 'C', 'E', 'L')
      and span in (select json_array_elements_text(${JSON.stringify(shown)}::json))
    order by cut, span, project, part_kind, part, version desc`.execute(trx);
  return rows.map(toAtom);
}
