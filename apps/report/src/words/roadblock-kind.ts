import { raiseRoadblockRequest } from "@stageledger/core/contract/roadblocks";
import { words } from "./words.ts";

/** One that nobody has a word for is said as it is. */
export function roadblockKind(told: string): string {
  const known = raiseRoadblockRequest.shape.kind.safeParse(told).data;
  return known === undefined ? told : words.charts.roadblocks.kinds[known];
}
