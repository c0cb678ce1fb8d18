/** Which stages have anything to say, and which of them there is room for: boards without a stage map can have thirty columns. Pure. */
import type { PageFlow } from "@stageledger/core/contract/page-flow";

type StageRow = PageFlow["stages"][number];

/** Stages that hold, took in or let go items, or in which finished items have been; withdrawn ones never. */
export function movingStages({ stages }: PageFlow): readonly StageRow[] {
  return stages.filter((stage) => stage.kind !== "withdrawn" && isMoving(stage));
}

/** How many stages {@link movingStages} leaves out for want of items. */
export function stillStages({ stages }: PageFlow): number {
  return stages.filter((stage) => !isMoving(stage)).length;
}

function isMoving(stage: StageRow): boolean {
  return (
    stage.wip.value !== 0 ||
    stage.arrivalsPerWeek.value !== 0 ||
    stage.departuresPerWeek.value !== 0 ||
    stage.visits.n > 0
  );
}

/** Items there and a week's arrivals; a done stage only by its arrivals. */
export function weightOf({ kind, wip, arrivalsPerWeek }: StageRow): number {
  return (kind === "done" ? 0 : (wip.value ?? 0)) + (arrivalsPerWeek.value ?? 0);
}

/** Names of the `most` heaviest stages, in the order given; a `kept` one is always among them. */
export function chosenStages(
  stages: readonly { readonly name: string; readonly weight: number }[],
  most: number,
  kept: ReadonlySet<string>,
): readonly string[] {
  const chosen = new Set(
    stages
      .toSorted((a, b) => Number(kept.has(b.name)) - Number(kept.has(a.name)) || b.weight - a.weight)
      .slice(0, most)
      .map((stage) => stage.name),
  );
  return stages.filter((stage) => chosen.has(stage.name)).map((stage) => stage.name);
}
