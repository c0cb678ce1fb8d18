/** The stages that the page marks: the one that the verdict names, and those that wait for it. Pure. */
import type { PageFlow } from "@stageledger/core/contract/page-flow";

export function queuesFor({ verdict }: PageFlow): readonly string[] {
  return verdict.stages.find((stage) => stage.stage === verdict.stage)?.waitingStages ?? [];
}

export function markedStages(flow: PageFlow): ReadonlySet<string> {
  const { stage } = flow.verdict;
  return new Set(stage === null ? [] : [stage, ...queuesFor(flow)]);
}
