/** The columns that the verdict compares: from commitment to before done, waiting joined to the work it feeds (B1). */
import type { StagePosition } from "../../stages/stage.ts";
import type { StageMap } from "../../stages/stage-map.ts";
import type { BoardStyle } from "../bottleneck.ts";

export interface LogicalStage {
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
 * The board without the waiting stages that no item ever entered: projects that share a map do not
 * all keep waiting apart, and a queue that is never used must not make a verdict wait for it.
 */
export function usedBoard(board: LogicalBoard, isUsed: (position: StagePosition) => boolean): LogicalBoard {
  const stages = board.stages.map((stage): LogicalStage => {
    const kept = stage.waiting.flatMap((position, i) =>
      isUsed(position) ? [{ position, name: stage.waitingNames[i] ?? "" }] : [],
    );
    const isQueueOnly = stage.active.length === 0;
    if (isQueueOnly || kept.length === stage.waiting.length) return stage;
    return { ...stage, waiting: kept.map(({ position }) => position), waitingNames: kept.map(({ name }) => name) };
  });
  return { ...board, stages, style: styleOf(stages) };
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
