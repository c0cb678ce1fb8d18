/** Rebuilds every timeline from its item's facts, a page of items at a time. */
import { sql, type Transaction } from "kysely";
import { type FactRow, type ItemRow, toItemFacts } from "../record/item-rows.ts";
import { type TimelineRow, timelineRow } from "../record/timeline-row.ts";
import type { Schema } from "../schema.ts";
import type { Difference } from "./difference.ts";

const ITEMS_A_PAGE = 1000;

export async function verifyTimelines(trx: Transaction<Schema>, tenantId: string): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (let after: string | undefined = ""; after !== undefined; ) {
    const items = await readPage(trx, tenantId, after);
    const ids = JSON.stringify(items.map(({ item_id }) => item_id));
    const { rows: facts } = await sql<FactRow>`
      select item_id, source_key, kind, at_ms, sequence, place, from_status, to_status, blocker, begins
      from flow.item_fact
      where tenant_id = ${tenantId}::uuid and item_id in (select json_array_elements_text(${ids}::json))`.execute(trx);
    const { rows: timelines } = await sql<TimelineRow>`
      select item_id, project, status_id, last_activity_at_ms, stays, flaws from flow.timeline
      where tenant_id = ${tenantId}::uuid and item_id in (select json_array_elements_text(${ids}::json))`.execute(trx);
    const factsByItem = Map.groupBy(facts, ({ item_id }) => item_id);
    const foundByItem = new Map(timelines.map((row) => [row.item_id, row]));
    for (const item of items) {
      const expected = inWords(timelineRow(toItemFacts(item, factsByItem.get(item.item_id) ?? [])));
      const found = inWords(foundByItem.get(item.item_id));
      if (expected !== found) differences.push({ kind: "timeline", what: item.item_id, expected, found });
    }
    after = items.length < ITEMS_A_PAGE ? undefined : items.at(-1)?.item_id;
  }
  return differences;
}

async function readPage(trx: Transaction<Schema>, tenantId: string, after: string): Promise<readonly ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select item_id, project, key, created_at_ms, snapshot_at_ms, current_status, resolution, is_subtask, parent_id,
      has_history, is_truncated, is_repeated
    from flow.item where tenant_id = ${tenantId}::uuid and item_id > ${after}
    order by item_id limit ${ITEMS_A_PAGE}`.execute(trx);
  return rows;
}

function inWords(row: TimelineRow | undefined): string {
  if (row === undefined) return "no timeline";
  const { project, status_id, last_activity_at_ms, stays, flaws } = row;
  return JSON.stringify([project, status_id, last_activity_at_ms, stays, flaws]);
}
