import { raiseRoadblockRequest } from "@stageledger/core/contract/roadblocks";
import type { Words } from "./english.ts";

/** One that nobody has a word for is said as it is. */
export function sayRoadblockKind(told: string, { roadblocks }: Words): string {
  const known = raiseRoadblockRequest.shape.kind.safeParse(told).data;
  return known === undefined ? told : roadblocks.kinds[known];
}
