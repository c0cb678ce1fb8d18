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

/**
 * A waiting stage belongs to the active stage that its name names ("Ready for Review"), wherever it
 * stands; else to the next active one; else it is a stage of its own.
 */
export function logicalBoard(map: StageMap): LogicalBoard {
  const compared = map.stages
    .map((stage, position) => ({ ...stage, position }))
    .filter(({ position }) => position >= map.commitment);
  const actives = compared.filter(({ kind }) => kind === "active");
  const fedBy = new Map<StagePosition, StagePosition[]>();
  const ownQueue: StagePosition[] = [];
  for (const { name, kind, position } of compared) {
    if (kind !== "waiting") continue;
    const fed =
      actives.find((active) => isQueueOf(name, active.name)) ?? actives.find((active) => active.position > position);
    if (fed === undefined) ownQueue.push(position);
    else fedBy.set(fed.position, [...(fedBy.get(fed.position) ?? []), position]);
  }
  const named = (waiting: readonly StagePosition[]): string[] => waiting.map((position) => map.nameOf(position));
  const stages: LogicalStage[] = actives.map(({ name, position }) => {
    const waiting = fedBy.get(position) ?? [];
    return { name, waiting, waitingNames: named(waiting), active: [position] };
  });
  const [first] = ownQueue;
  if (first !== undefined)
    stages.push({ name: map.nameOf(first), waiting: ownQueue, waitingNames: named(ownQueue), active: [] });

  const indexByPosition = map.stages.map(() => -1);
  stages.forEach((stage, index) => {
    for (const position of [...stage.waiting, ...stage.active]) indexByPosition[position] = index;
  });
  return { stages, style: styleOf(stages), indexByPosition };
}

/** "Ready for Review", "Waiting for review", "To Review", "Review queue": queues named after what they wait for. */
function isQueueOf(waiting: string, active: string): boolean {
  const queue = waiting.trim().toLowerCase();
  const work = active.trim().toLowerCase();
  const isNamed = queue.endsWith(` ${work}`) && QUEUE_WORDS.test(queue.slice(0, -work.length).trim());
  return isNamed || queue === `${work} queue` || queue === `${work} (queue)`;
}

const QUEUE_WORDS = /^(ready (for|to)|waiting (for|on)|awaiting|pending|queued? (for|to)|to( be)?|for|in queue for)$/u;

function styleOf(stages: readonly LogicalStage[]): BoardStyle {
  return stages.some((stage) => stage.waiting.length > 0 && stage.active.length > 0) ? "separate" : "merged";
}
