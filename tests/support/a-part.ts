import type { ItemFacts, ItemPart } from "@stageledger/core";

/** An item's facts as one part that a source brought, seen at its last change unless said otherwise. */
export function aPart(
  item: ItemFacts,
  snapshot: { readonly project?: string; readonly updatedAt?: number } = {},
): ItemPart {
  const { id, createdAt, changes, blocks, otherActivity, hasHistory, isTruncated } = item;
  const { key, project, currentStatus, resolution, isSubtask, parentId } = item;
  const updatedAt = Math.max(createdAt, ...changes.map(({ at }) => at));
  return {
    id,
    createdAt,
    changes,
    blocks,
    otherActivity,
    hasHistory,
    isTruncated,
    snapshot: { updatedAt, key, project, currentStatus, resolution, isSubtask, parentId, ...snapshot },
  };
}
