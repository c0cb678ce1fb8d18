/** The columns that the verdict compares: from commitment to before done, waiting joined to the work it feeds (B1). */
import type { StagePosition } from "../../stages/stage.ts";
import type { StageMap } from "../../stages/stage-map.ts";
import type { BoardStyle } from "../bottleneck.ts";

interface LogicalStage {
  readonly name: string;
  readonly waiting: readonly StagePosition[];
  readonly waitingNames: readonly string[];
  /** Empty for waiting stages that feed nothing but done. */
  readonly active: readonly StagePosition[];
}

export interface LogicalBoard {
  readonly stages: readonly LogicalStage[];
  /** "separate" when at least one stage shows its queue apart from its work. */
  readonly style: BoardStyle;
  /** Index of the logical stage by map position; −1 outside the compared range. */
  readonly indexByPosition: readonly number[];
}

/**
 * The board as a project uses it: without the stages that no item of it ever entered. Projects that
 * share a map do not all use all of it, and a queue or a last stage that stands empty for good must
 * neither be waited for nor hide which stage is the last. `kept` holds the indexes that remain.
 */
export function usedBoard(
  board: LogicalBoard,
  isUsed: (position: StagePosition) => boolean,
): { readonly board: LogicalBoard; readonly kept: readonly number[] } {
  const trimmed = board.stages.map((stage): LogicalStage | undefined => {
    const waiting = stage.waiting.filter(isUsed);
    const waitingNames = stage.waitingNames.filter((_, i) => isUsed(stage.waiting[i] ?? -1));
    const active = stage.active.filter(isUsed);
    if (active.length > 0) return { ...stage, waiting, waitingNames, active };
    const [name] = waitingNames;
    return name === undefined ? undefined : { name, waiting, waitingNames, active };
  });
  const kept = [...trimmed.keys()].filter((index) => trimmed[index] !== undefined);
  const stages = trimmed.filter((stage) => stage !== undefined);
  const indexByPosition = board.indexByPosition.map((index) => kept.indexOf(index));
  return { board: { stages, style: styleOf(stages), indexByPosition }, kept };
}

export function logicalBoard(map: StageMap): LogicalBoard {
  const stages: LogicalStage[] = [];
  let waiting: StagePosition[] = [];
  map.stages.forEach((stage, position) => {
    if (position < map.commitment) return;
    if (stage.kind === "waiting") waiting.push(position);
    if (stage.kind === "active") {
      stages.push({ name: stage.name, waiting, waitingNames: waiting.map((at) => map.nameOf(at)), active: [position] });
      waiting = [];
    }
  });
  const [first] = waiting;
  if (first !== undefined)
    stages.push({ name: map.nameOf(first), waiting, waitingNames: waiting.map((at) => map.nameOf(at)), active: [] });

  const indexByPosition = map.stages.map(() => -1);
  stages.forEach((stage, index) => {
    for (const position of [...stage.waiting, ...stage.active]) indexByPosition[position] = index;
  });
  return { stages, style: styleOf(stages), indexByPosition };
}

function styleOf(stages: readonly LogicalStage[]): BoardStyle {
  return stages.some((stage) => stage.waiting.length > 0 && stage.active.length > 0) ? "separate" : "merged";
}
