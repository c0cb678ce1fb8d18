/** E1: the stages that an item left for an earlier one. */
import { type StagePosition, UNMAPPED } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import type { ItemFlow } from "./item-flow.ts";

/**
 * Out of done, too (E2). A stay where no stage is named, or in a withdrawn stage, is passed over: what counts is where the item was
 * before and where it came to be after it.
 */
export function stagesMovedBackFrom({ visits }: Pick<ItemFlow, "visits">, map: StageMap): ReadonlySet<StagePosition> {
  const left = new Set<StagePosition>();
  let previous = UNMAPPED;
  for (const { stage } of visits) {
    if (stage === UNMAPPED || map.stages[stage]?.kind === "withdrawn") continue;
    if (stage < previous) left.add(previous);
    previous = stage;
  }
  return left;
}
