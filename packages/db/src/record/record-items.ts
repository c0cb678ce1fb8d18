/** Records items and their facts, and rebuilds the timelines of those that changed. Set-based: a few statements a batch. */
import type { ItemPart } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import { factConflict } from "./fact-conflict.ts";
import {
  type FactRow,
  type FactToRecord,
  factsOf,
  type ItemRow,
  isSameItem,
  mergeItem,
  toItemFacts,
} from "./item-rows.ts";
import { type Touched, touchProjects } from "./project-revisions.ts";
import { type TimelineRow, timelineRow } from "./timeline-row.ts";

export interface RecordedItems {
  readonly changedItemIds: ReadonlySet<string>;
  readonly newItems: number;
  readonly newFacts: number;
}

/** @throws StageledgerError FACT_CONFLICT */
export async function recordItems(
  trx: Transaction<Schema>,
  tenantId: string,
  parts: readonly ItemPart[],
): Promise<RecordedItems> {
  if (parts.length === 0) return { changedItemIds: new Set(), newItems: 0, newFacts: 0 };
  const known = await loadItems(trx, tenantId, [...new Set(parts.map(({ id }) => id))]);
  const rowById = new Map(known);
  for (const part of parts) rowById.set(part.id, mergeItem(rowById.get(part.id), part));
  const changedRows = [...rowById.values()].filter((row) => {
    const before = known.get(row.item_id);
    return before === undefined || !isSameItem(before, row);
  });
  await upsertItems(trx, tenantId, changedRows);

  const facts = onceEach(parts.flatMap(factsOf));
  const added = await insertFacts(trx, tenantId, facts);
  const changedItemIds = new Set([...changedRows.map(({ item_id }) => item_id), ...added.keys()]);
  const timelines = await rebuildTimelines(trx, tenantId, changedItemIds, rowById, known, facts);
  await touchProjects(trx, tenantId, touchedBy(timelines, rowById, known, added));
  return {
    changedItemIds,
    newItems: rowById.size - known.size,
    newFacts: [...added.values()].reduce((sum, count) => sum + count, 0),
  };
}

async function loadItems(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<Map<string, ItemRow>> {
  const { rows } = await sql<ItemRow>`
    select item_id, project, key, created_at_ms, snapshot_at_ms, current_status, resolution, is_subtask, parent_id,
      has_history, is_truncated, is_repeated
    from flow.item
    where tenant_id = ${tenantId}::uuid
      and item_id in (select json_array_elements_text(${JSON.stringify(itemIds)}::json))`.execute(trx);
  return new Map(rows.map((row) => [row.item_id, row]));
}

async function upsertItems(trx: Transaction<Schema>, tenantId: string, rows: readonly ItemRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into flow.item (tenant_id, item_id, project, key, created_at_ms, snapshot_at_ms, current_status, resolution,
      is_subtask, parent_id, has_history, is_truncated, is_repeated)
    select ${tenantId}::uuid, item_id, project, key, created_at_ms, snapshot_at_ms, current_status, resolution,
      is_subtask, parent_id, has_history, is_truncated, is_repeated
    from json_to_recordset(${JSON.stringify(rows)}::json) as part (item_id text, project text, key text,
      created_at_ms bigint, snapshot_at_ms bigint, current_status text, resolution text, is_subtask boolean,
      parent_id text, has_history boolean, is_truncated boolean, is_repeated boolean)
    on conflict (tenant_id, item_id) do update set project = excluded.project, key = excluded.key,
      created_at_ms = excluded.created_at_ms, snapshot_at_ms = excluded.snapshot_at_ms,
      current_status = excluded.current_status, resolution = excluded.resolution, is_subtask = excluded.is_subtask,
      parent_id = excluded.parent_id, has_history = excluded.has_history, is_truncated = excluded.is_truncated,
      is_repeated = excluded.is_repeated`.execute(trx);
}

/** @throws StageledgerError FACT_CONFLICT when two facts of one key say different things */
function onceEach(facts: readonly FactToRecord[]): FactToRecord[] {
  const factByKey = new Map<string, FactToRecord>();
  for (const fact of facts) {
    const key = `${fact.item_id}\n${fact.source_key}`;
    const same = factByKey.get(key);
    if (same !== undefined && same.input_hash !== fact.input_hash) throw factConflict("change of an item");
    factByKey.set(key, fact);
  }
  return [...factByKey.values()];
}

/** Number of new facts by item. @throws StageledgerError FACT_CONFLICT */
async function insertFacts(
  trx: Transaction<Schema>,
  tenantId: string,
  facts: readonly FactToRecord[],
): Promise<ReadonlyMap<string, number>> {
  if (facts.length === 0) return new Map();
  const json = JSON.stringify(facts);
  const { rows } = await sql<{ item_id: string; added: number }>`
    with added as (
      insert into flow.item_fact (tenant_id, item_id, source_key, input_hash, kind, at_ms, sequence, place, from_status,
        to_status, blocker, begins)
      select ${tenantId}::uuid, item_id, source_key, decode(input_hash, 'hex'), kind, at_ms, sequence, place,
        from_status, to_status, blocker, begins
      from json_to_recordset(${json}::json) as fact (item_id text, source_key text, input_hash text, kind text,
        at_ms bigint, sequence bigint, place integer, from_status text, to_status text, blocker text, begins boolean)
      on conflict (tenant_id, item_id, source_key) do nothing
      returning item_id
    )
    select item_id, count(*) as added from added group by item_id`.execute(trx);
  const added = new Map(rows.map((row) => [row.item_id, row.added]));
  const sum = rows.reduce((total, row) => total + row.added, 0);
  if (sum < facts.length) await refuseConflicts(trx, tenantId, json);
  return added;
}

async function refuseConflicts(trx: Transaction<Schema>, tenantId: string, factsJson: string): Promise<void> {
  const { rows } = await sql`
    select 1 from flow.item_fact known
    join json_to_recordset(${factsJson}::json) as fact (item_id text, source_key text, input_hash text)
      on known.item_id = fact.item_id and known.source_key = fact.source_key
    where known.tenant_id = ${tenantId}::uuid and known.input_hash <> decode(fact.input_hash, 'hex')
    limit 1`.execute(trx);
  if (rows.length > 0) throw factConflict("change of an item");
}

/** When a source last touched an item shows in no report: it moves with a worklog, too. */
function touchedBy(
  timelines: readonly TimelineRow[],
  rowById: ReadonlyMap<string, ItemRow>,
  known: ReadonlyMap<string, ItemRow>,
  added: ReadonlyMap<string, number>,
): readonly Touched[] {
  const lastById = new Map(timelines.map((row) => [row.item_id, row.last_activity_at_ms]));
  return [...rowById].flatMap(([id, row]): Touched[] => {
    const before = known.get(id);
    const isSame = before !== undefined && isSameItem({ ...before, snapshot_at_ms: row.snapshot_at_ms }, row);
    if (isSame && !added.has(id)) return [];
    const at_ms = lastById.get(id) ?? row.created_at_ms;
    return [row, ...(before === undefined ? [] : [before])].map(({ project, is_subtask, parent_id }) => ({
      project,
      parent_id: is_subtask ? parent_id : null,
      at_ms,
    }));
  });
}

/** Returns those that were written. */
async function rebuildTimelines(
  trx: Transaction<Schema>,
  tenantId: string,
  changedItemIds: ReadonlySet<string>,
  rowById: ReadonlyMap<string, ItemRow>,
  known: ReadonlyMap<string, ItemRow>,
  batch: readonly FactRow[],
): Promise<readonly TimelineRow[]> {
  // Of an item that is new all facts are at hand.
  const earlier = await loadFacts(
    trx,
    tenantId,
    [...changedItemIds].filter((id) => known.has(id)),
  );
  const fresh = Map.groupBy(batch, ({ item_id }) => item_id);
  const timelines = [...changedItemIds].flatMap((id) => {
    const row = rowById.get(id);
    const facts = known.has(id) ? earlier.get(id) : fresh.get(id);
    const timeline = row === undefined ? undefined : timelineRow(toItemFacts(row, facts ?? []));
    return timeline === undefined ? [] : [timeline];
  });
  if (timelines.length === 0) return [];
  await sql`
    insert into flow.timeline (tenant_id, item_id, project, status_id, last_activity_at_ms, stays, flaws)
    select ${tenantId}::uuid, item_id, project, status_id, last_activity_at_ms, stays, flaws
    from json_to_recordset(${JSON.stringify(timelines)}::json) as timeline (item_id text, project text, status_id text,
      last_activity_at_ms bigint, stays jsonb, flaws jsonb)
    on conflict (tenant_id, item_id) do update set project = excluded.project, status_id = excluded.status_id,
      last_activity_at_ms = excluded.last_activity_at_ms, stays = excluded.stays, flaws = excluded.flaws`.execute(trx);
  return timelines;
}

async function loadFacts(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<Map<string, FactRow[]>> {
  if (itemIds.length === 0) return new Map();
  const { rows } = await sql<FactRow>`
    select item_id, source_key, kind, at_ms, sequence, place, from_status, to_status, blocker, begins
    from flow.item_fact
    where tenant_id = ${tenantId}::uuid
      and item_id in (select json_array_elements_text(${JSON.stringify(itemIds)}::json))`.execute(trx);
  return Map.groupBy(rows, ({ item_id }) => item_id);
}
