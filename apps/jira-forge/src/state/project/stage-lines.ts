/** The lines of the stage table: the same ones, in the same order, as in the terminal. Pure. */
import type { Report, StageFigures, StageHours } from "./project-state.ts";

export interface StageLine {
  readonly name: string;
  /** Undefined where there are hours of a stage that has no flow, such as one that the present stages no longer have. */
  readonly figures: StageFigures | undefined;
  /** Undefined = not enough people to show. */
  readonly hours: StageHours | undefined;
  /** Whether the verdict names it. */
  readonly isNamed: boolean;
}

export function stageLines({ stages, verdict, hours }: Report): readonly StageLine[] {
  const hoursOf = (name: string): StageHours | undefined => hours.stages.find((part) => part.name === name);
  const shown = stages.filter(isShown);
  const others = hours.stages.filter(({ name }) => !shown.some((stage) => stage.name === name));
  return [
    ...shown.map((figures) => ({
      name: figures.name,
      figures,
      hours: hoursOf(figures.name),
      isNamed: figures.name === verdict.stage,
    })),
    ...[...others, ...(hours.otherStages === null ? [] : [hours.otherStages])].map((part) => ({
      name: part.name,
      figures: undefined,
      hours: part,
      isNamed: false,
    })),
  ];
}

/** Between the commitment and done, where anything was or is; what no stage names always. */
function isShown({ kind, isInFlow, wip, arrivalsPerWeek, departuresPerWeek, visits }: StageFigures): boolean {
  if (kind === "unmapped") return true;
  return isInFlow && (wip.value !== 0 || arrivalsPerWeek.value !== 0 || departuresPerWeek.value !== 0 || visits.n > 0);
}
