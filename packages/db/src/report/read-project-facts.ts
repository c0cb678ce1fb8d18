/**
 * All that the report of one project is made of, read as the one who reads reports, in one view of the data. What it costs depends on
 * the project's open items and on those that moved since the charts begin: neither on other projects nor on history.
 */
import {
  dayText,
  latestPeriods,
  latestSpans,
  type ReportWindow,
  type StageMap,
  type Status,
  shownWeeks,
  spansEndedBy,
} from "@stageledger/core";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import type { FactRow, ItemRow } from "../record/item-rows.ts";
import { type AtomRow, toAtom } from "../release/atom-rows.ts";
import type { Schema } from "../schema.ts";
import { loadStatuses } from "../statuses.ts";
import { endedStatuses, itemsOfReport, type RoadblockRow, subtaskActivity } from "./items-of-report.ts";
import type { ReportFacts } from "./read-report-facts.ts";
import { type ReportFrame, readReportFrame } from "./report-frame.ts";

/** By what a report is known before anything of it is read. */
export interface ProjectFrame extends ReportFrame {
  readonly project: string;
  /** Grows with whatever a report of the project could show. */
  readonly revision: number;
  /** The newest instant at which something happened in the project. */
  readonly latestAt: number;
  /** Keys of its items are shown inside Jira only. */
  readonly isRestricted: boolean;
  readonly statuses: ReadonlyMap<string, Status>;
}

export interface RaisedRoadblock {
  /** The name of the stage that the item was in. */
  readonly stage: string;
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly raisedAt: number;
  readonly resolvedAt: number | undefined;
}

export interface ProjectFacts extends ReportFacts {
  readonly frame: ProjectFrame;
  /** On the items that were read, whenever they were raised. */
  readonly roadblocks: readonly RaisedRoadblock[];
}

/** How many released periods a report shows, the latest ones: a year. */
export const SHOWN_PERIODS = 12;

/** @param map the stages that the report is drawn by */
export type ReadFacts = (map: StageMap, window: ReportWindow) => Promise<ProjectFacts>;

/**
 * Lets `work` look at the frame, and read the facts of that same state only if it has to. Undefined where the ledger has no such project.
 *
 * @throws StageledgerError TENANT_UNKNOWN
 */
export function inProject<T>(
  database: Database,
  tenantId: string,
  project: string,
  work: (frame: ProjectFrame, readFacts: ReadFacts) => Promise<T>,
): Promise<T | undefined> {
  return inTransaction(database, { role: "report_reader", tenantId, isSnapshot: true }, async (trx) => {
    const [common, state, statuses] = await Promise.all([
      readReportFrame(trx, tenantId),
      readState(trx, tenantId, project),
      loadStatuses(trx, tenantId),
    ]);
    if (state === undefined) return undefined;
    const frame = { ...common, ...state, statuses };
    return work(frame, (map, window) => readFacts(trx, tenantId, frame, map, window));
  });
}

async function readState(
  trx: Transaction<Schema>,
  tenantId: string,
  project: string,
): Promise<Pick<ProjectFrame, "project" | "revision" | "latestAt" | "isRestricted"> | undefined> {
  const { rows } = await sql<{ revision: number; latest_at_ms: number; is_restricted: boolean | null }>`
    select revision, latest_at_ms, is_restricted
    from flow.project_revision left join flow.project_setting using (tenant_id, project)
    where tenant_id = ${tenantId}::uuid and project = ${project}`.execute(trx);
  const [row] = rows;
  return (
    row && { project, revision: row.revision, latestAt: row.latest_at_ms, isRestricted: row.is_restricted ?? false }
  );
}

async function readFacts(
  trx: Transaction<Schema>,
  tenantId: string,
  frame: ProjectFrame,
  map: StageMap,
  window: ReportWindow,
): Promise<ProjectFacts> {
  const { tenant, project, statuses, releasedSpans, isPending } = frame;
  const since = window.zone.startOfDay(window.chartFirstDay);
  const itemIds = await readItemIds(trx, tenantId, project, map, since);
  const [items, strangers, atoms] = await Promise.all([
    readItems(trx, tenantId, itemIds),
    readSubtasksElsewhere(trx, tenantId, project, itemIds, map, since),
    readAtoms(trx, tenantId, project, spansEndedBy(window.asOf, releasedSpans, tenant.zone)),
  ]);
  const allIds = [...itemIds, ...strangers.map(({ item_id }) => item_id)];
  const [facts, roadblocks] = await Promise.all([
    readItemFacts(trx, tenantId, allIds),
    readRoadblocks(trx, tenantId, allIds),
  ]);
  const all = itemsOfReport([...items, ...strangers], facts, roadblocks);
  const own = new Set(itemIds);
  return {
    frame,
    tenant,
    window,
    map,
    statuses,
    items: all.filter(({ id }) => own.has(id)),
    subtaskActivityByParent: subtaskActivity(all, window.asOf),
    roadblocks: roadblocks.filter(({ item_id }) => own.has(item_id)).map(toRaised),
    atoms: atoms.map(toAtom),
    releasedSpans,
    isPending,
  };
}

/**
 * By one index only: which statuses the project's items are in at all, a probe each, then of each status what a report wants of it.
 * Asked for in one condition, the planner would rather go through the done items of many years: `offset 0` keeps it from that, and
 * `materialized` gives it a plain value to compare, the only thing that it looks up in an index before the tenant's policy was asked.
 */
async function readItemIds(
  trx: Transaction<Schema>,
  tenantId: string,
  project: string,
  map: StageMap,
  since: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ item_id: string }>`
    with recursive taken as (
      (select status_id from flow.timeline where tenant_id = ${tenantId}::uuid and project = ${project}
        order by status_id limit 1)
      union all
      select (select next.status_id from flow.timeline next
        where next.tenant_id = ${tenantId}::uuid and next.project = ${project} and next.status_id > taken.status_id
        order by next.status_id limit 1)
      from taken where taken.status_id is not null
    ), wanted as materialized (
      select status_id, case when status_id in (select json_array_elements_text(${JSON.stringify(endedStatuses(map))}::json))
        then ${since}::bigint else 0 end as since
      from taken where status_id is not null
    )
    select found.item_id from wanted cross join lateral (
      select item_id from flow.timeline timeline
      where timeline.tenant_id = ${tenantId}::uuid and timeline.project = ${project}
        and timeline.status_id = wanted.status_id and timeline.last_activity_at_ms >= wanted.since
      offset 0
    ) found`.execute(trx);
  return rows.map(({ item_id }) => item_id);
}

/**
 * Rows of these items, each found by the table's own key: a probe an item, whatever the planner believes that the table holds.
 *
 * @param rowsOfOne a query for those of the item that `wanted.item_id` is @param order of columns of it
 */
async function ofEachItem<T>(
  trx: Transaction<Schema>,
  itemIds: readonly string[],
  rowsOfOne: RawBuilder<T>,
  order: string,
): Promise<readonly T[]> {
  if (itemIds.length === 0) return [];
  const { rows } = await sql<T>`
    select found.* from json_array_elements_text(${JSON.stringify(itemIds)}::json) as wanted (item_id)
    cross join lateral (${rowsOfOne} offset 0) found
    order by ${sql.raw(order)}`.execute(trx);
  return rows;
}

function readItems(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<readonly ItemRow[]> {
  const rowsOfOne = sql<ItemRow>`
    select item.item_id, item.project, key, created_at_ms, snapshot_at_ms, current_status, resolution, is_subtask,
      parent_id, has_history, is_truncated, is_repeated
    from flow.item item where item.tenant_id = ${tenantId}::uuid and item.item_id = wanted.item_id`;
  return ofEachItem(trx, itemIds, rowsOfOne, 'found.item_id collate "C"');
}

/** Sub-tasks in other projects, which move the stall clocks of the items here (E10). */
function readSubtasksElsewhere(
  trx: Transaction<Schema>,
  tenantId: string,
  project: string,
  itemIds: readonly string[],
  map: StageMap,
  since: number,
): Promise<readonly ItemRow[]> {
  const rowsOfOne = sql<ItemRow>`
    select item.item_id, item.project, key, created_at_ms, snapshot_at_ms, current_status, resolution, is_subtask,
      parent_id, has_history, is_truncated, is_repeated
    from flow.item item
    join flow.timeline timeline on timeline.tenant_id = ${tenantId}::uuid and timeline.item_id = item.item_id
    where item.tenant_id = ${tenantId}::uuid and item.parent_id = wanted.item_id and item.is_subtask
      and item.project <> ${project}
      and (last_activity_at_ms >= ${since}::bigint
        or status_id not in (select json_array_elements_text(${JSON.stringify(endedStatuses(map))}::json)))`;
  return ofEachItem(trx, itemIds, rowsOfOne, 'found.item_id collate "C"');
}

function readItemFacts(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<readonly FactRow[]> {
  const rowsOfOne = sql<FactRow>`
    select fact.item_id, source_key, kind, at_ms, sequence, place, from_status, to_status, blocker, begins
    from flow.item_fact fact where fact.tenant_id = ${tenantId}::uuid and fact.item_id = wanted.item_id`;
  return ofEachItem(trx, itemIds, rowsOfOne, 'found.item_id collate "C", at_ms, sequence, place');
}

type RaisedRow = RoadblockRow & Pick<Schema["flow.roadblock"], "stage" | "kind">;

function readRoadblocks(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<readonly RaisedRow[]> {
  const rowsOfOne = sql<RaisedRow>`
    select roadblock_id, roadblock.item_id, stage, kind, raised_at_ms, resolved_at_ms from flow.roadblock roadblock
    where roadblock.tenant_id = ${tenantId}::uuid and roadblock.item_id = wanted.item_id`;
  return ofEachItem(trx, itemIds, rowsOfOne, 'found.item_id collate "C", raised_at_ms, roadblock_id');
}

function toRaised({ stage, kind, raised_at_ms: raisedAt, resolved_at_ms }: RaisedRow): RaisedRoadblock {
  return { stage, kind, raisedAt, resolvedAt: resolved_at_ms ?? undefined };
}

/** Of the atoms that the report may show, of each the latest version: those of a year's periods, the quarter, and of nine weeks at most. */
async function readAtoms(
  trx: Transaction<Schema>,
  tenantId: string,
  project: string,
  spans: readonly string[],
): Promise<readonly AtomRow[]> {
  const { quarter } = latestSpans(spans);
  const shown = [
    ...shownWeeks(spans).map(dayText),
    ...latestPeriods(spans, SHOWN_PERIODS),
    ...(quarter === null ? [] : [quarter]),
  ];
  if (shown.length === 0) return [];
  const { rows } = await sql<AtomRow>`
    select distinct on (cut, span, part_kind, part) cut, span, project, part_kind, part, version,
      rounded_minutes, contributors, elapsed_minutes, release_number
    from published.atom where tenant_id = ${tenantId}::uuid and cut in ('A', 'B', 'C', 'L') and project = ${project}
      and span in (select json_array_elements_text(${JSON.stringify(shown)}::json))
    order by cut, span, part_kind, part, version desc`.execute(trx);
  return rows;
}
