/** Items as a report takes them, from the rows that were read. Pure. */
import { type BlockChange, GONE, type ItemFacts, lastActivity, type StageMap } from "@stageledger/core";
import { type FactRow, type ItemRow, toItemFacts } from "../record/item-rows.ts";
import type { Schema } from "../schema.ts";

export type RoadblockRow = Pick<
  Schema["flow.roadblock"],
  "roadblock_id" | "item_id" | "raised_at_ms" | "resolved_at_ms"
>;

/** Items in these move in no report, unless they moved since its charts began. */
export function endedStatuses(map: StageMap): readonly string[] {
  return map.stages.flatMap((stage, position) => (map.isOpen(position) ? [] : stage.statuses)).concat(GONE);
}

/** What people said to be in the way becomes blocks like any other (F24). In the order of `items`. */
export function itemsOfReport(
  items: readonly ItemRow[],
  facts: readonly FactRow[],
  roadblocks: readonly RoadblockRow[],
): readonly ItemFacts[] {
  const factsByItem = Map.groupBy(facts, ({ item_id }) => item_id);
  const roadblocksByItem = Map.groupBy(roadblocks, ({ item_id }) => item_id);
  return items.map((row) => {
    const told = toItemFacts(row, factsByItem.get(row.item_id) ?? []);
    const raised = (roadblocksByItem.get(row.item_id) ?? []).flatMap(blocksOf);
    return raised.length === 0 ? told : { ...told, blocks: [...told.blocks, ...raised] };
  });
}

/** Neither words nor kinds: a report counts time. */
function blocksOf({ roadblock_id: source, raised_at_ms, resolved_at_ms }: RoadblockRow): readonly BlockChange[] {
  const one = { reason: "roadblock", source, index: 0 } as const;
  const raised = { ...one, at: raised_at_ms, sequence: 0, begins: true };
  if (resolved_at_ms === null) return [raised];
  // After its beginning, also when both were within one millisecond.
  return [raised, { ...one, at: resolved_at_ms, sequence: 1, begins: false }];
}

/**
 * Last activity of sub-tasks by the as-of instant, epoch milliseconds by parent (E10). A sub-task that was not read stood still for
 * half a year: it moves no stall clock.
 */
export function subtaskActivity(items: readonly ItemFacts[], asOf: number): ReadonlyMap<string, number> {
  const lastByParent = new Map<string, number>();
  for (const item of items) {
    if (!item.isSubtask || item.parentId === undefined || item.createdAt > asOf) continue;
    const last = lastActivity(item, asOf);
    lastByParent.set(item.parentId, Math.max(last, lastByParent.get(item.parentId) ?? last));
  }
  return lastByParent;
}
