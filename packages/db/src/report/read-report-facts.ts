/** All that a report is made of, read as the one who reads reports: flow and published atoms, in one view of the data. */
import {
  type BlockChange,
  dayText,
  EVERY_PROJECT,
  GONE,
  type ItemFacts,
  lastActivity,
  latestSpans,
  mapInForce,
  type ReportWindow,
  type ReportZone,
  StageledgerError,
  StageMap,
  type StageMapInput,
  type Status,
  shownWeeks,
  spansEndedBy,
} from "@stageledger/core";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import { type FactRow, type ItemRow, toItemFacts } from "../record/item-rows.ts";
import { type AtomRow, type PublishedAtom, toAtom } from "../release/atom-rows.ts";
import type { Schema } from "../schema.ts";
import { loadStatuses } from "../statuses.ts";
import { type Tenant, toTenant } from "../tenants.ts";

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
    const { tenant, versions, releasedSpans, isPending } = await readFrame(trx, tenantId);
    const window = windowIn(tenant.zone);
    const map = mapInForce(versions, window.asOf) ?? versions[0];
    if (map === undefined) {
      throw new StageledgerError("LEDGER_EMPTY", "Nothing is recorded yet.", {
        next: "Import a log first: stageledger import jira <file>",
      });
    }
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

interface Frame extends Pick<ReportFacts, "tenant" | "releasedSpans" | "isPending"> {
  /** Of the map of those projects that have none of their own, ascending. */
  readonly versions: readonly StageMap[];
}

/** What the rest is read by, in one trip to the database. @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE */
async function readFrame(trx: Transaction<Schema>, tenantId: string): Promise<Frame> {
  const { rows } = await sql<FrameRow>`
    select tenant_id, name, zone, settling_days, is_demo,
      (select json_agg(definition order by version) from flow.stage_map
        where tenant_id = ${tenantId}::uuid and project = ${EVERY_PROJECT}) as definitions,
      (select json_agg(span) from published.released_span where tenant_id = ${tenantId}::uuid) as spans,
      exists (select from published.release where tenant_id = ${tenantId}::uuid and state = 'pending') as is_pending
    from flow.tenant where tenant_id = ${tenantId}::uuid`.execute(trx);
  const [row] = rows;
  return {
    tenant: toTenant(row),
    versions: (row?.definitions ?? []).map((definition) => new StageMap(definition)),
    releasedSpans: (row?.spans ?? []).toSorted(),
    isPending: row?.is_pending ?? false,
  };
}

type FrameRow = Omit<Schema["flow.tenant"], "created_at_ms" | "takes_native_worklogs"> & {
  readonly definitions: readonly StageMapInput[] | null;
  readonly spans: readonly string[] | null;
  readonly is_pending: boolean;
};

async function readItems(
  trx: Transaction<Schema>,
  tenantId: string,
  map: StageMap,
  { zone, asOf, chartFirstDay }: ReportWindow,
): Promise<Pick<ReportFacts, "items" | "subtaskActivityByParent">> {
  const ended = map.stages.flatMap((stage, position) => (map.isOpen(position) ? [] : stage.statuses)).concat(GONE);
  const wanted = sql`
    select item_id from flow.timeline
    where tenant_id = ${tenantId}::uuid and (last_activity_at_ms >= ${zone.startOfDay(chartFirstDay)}::bigint
      or status_id not in (select json_array_elements_text(${JSON.stringify(ended)}::json)))`;
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
  const factsByItem = Map.groupBy(facts, ({ item_id }) => item_id);
  const blocksByItem = await readRoadblocks(trx, tenantId, wanted);
  const all = items.map((row) => {
    const told = toItemFacts(row, factsByItem.get(row.item_id) ?? []);
    const raised = blocksByItem.get(row.item_id) ?? [];
    return raised.length === 0 ? told : { ...told, blocks: [...told.blocks, ...raised] };
  });
  return { items: all, subtaskActivityByParent: subtaskActivity(all, asOf) };
}

/** What people said to be in the way, as blocks like any other (F24). Neither words nor kinds: a report counts time. */
async function readRoadblocks(
  trx: Transaction<Schema>,
  tenantId: string,
  wanted: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, readonly BlockChange[]>> {
  const { rows } = await sql<
    Pick<Schema["flow.roadblock"], "roadblock_id" | "item_id" | "raised_at_ms" | "resolved_at_ms">
  >`
    select roadblock_id, item_id, raised_at_ms, resolved_at_ms from flow.roadblock
    where tenant_id = ${tenantId}::uuid and item_id in (${wanted})
    order by item_id collate "C", raised_at_ms, roadblock_id`.execute(trx);
  const blocksByItem = new Map<string, BlockChange[]>();
  for (const { roadblock_id: source, item_id: itemId, raised_at_ms: raisedAt, resolved_at_ms: resolvedAt } of rows) {
    const blocks = blocksByItem.get(itemId) ?? [];
    const one = { reason: "roadblock", source, index: 0 } as const;
    blocks.push({ ...one, at: raisedAt, sequence: 0, begins: true });
    // After its beginning, also when both were within one millisecond.
    if (resolvedAt !== null) blocks.push({ ...one, at: resolvedAt, sequence: 1, begins: false });
    blocksByItem.set(itemId, blocks);
  }
  return blocksByItem;
}

/** A sub-task that was not read stood still for half a year: it moves no stall clock. */
function subtaskActivity(items: readonly ItemFacts[], asOf: number): ReadonlyMap<string, number> {
  const lastByParent = new Map<string, number>();
  for (const item of items) {
    if (!item.isSubtask || item.parentId === undefined || item.createdAt > asOf) continue;
    const last = lastActivity(item, asOf);
    lastByParent.set(item.parentId, Math.max(last, lastByParent.get(item.parentId) ?? last));
  }
  return lastByParent;
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
