/** Which stages of a table or strip have anything to say: boards without a stage map can have thirty columns. */
import type { ProjectFlow, StageRow } from "@stageledger/core";

/** Stages that hold, took in or let go items, or in which finished items have been; withdrawn ones never. */
export function movingStages(flow: ProjectFlow): readonly StageRow[] {
  return flow.stages.filter((stage) => stage.kind !== "withdrawn" && isMoving(stage));
}

/** How many stages {@link movingStages} leaves out for want of items. */
export function stillStages(flow: ProjectFlow): number {
  return flow.stages.filter((stage) => !isMoving(stage)).length;
}

function isMoving(stage: StageRow): boolean {
  return (
    stage.wip.value !== 0 ||
    stage.arrivalsPerWeek.value !== 0 ||
    stage.departuresPerWeek.value !== 0 ||
    stage.visits.n > 0
  );
}
