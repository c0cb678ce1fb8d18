import type { RoadblockAnswer } from "@stageledger/core/contract/roadblocks";
import type { Roadblock } from "@stageledger/db";

/** Pure. */
export function roadblockAnswer(found: Roadblock): RoadblockAnswer {
  const { roadblockId: id, kind, words, stage, raisedAt, resolvedAt } = found;
  return { id, kind, words: words ?? null, stage, raisedAt, resolvedAt: resolvedAt ?? null };
}
