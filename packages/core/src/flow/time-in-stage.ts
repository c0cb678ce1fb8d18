/** Time in stage of one item, in every selectable reading (F11, F12, E1). Milliseconds. */
import { type StagePosition, UNMAPPED } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import type { ItemFlow } from "./item-flow.ts";

export interface StageTime {
  readonly stage: StagePosition;
  readonly visits: number;
  /** Sum of all visits: the default. */
  readonly total: number;
  readonly first: number;
  readonly last: number;
  readonly average: number;
}

/** Per visited stage, in map order, Unmapped last; a stage never visited has no entry (F12). Open visits count up to the as-of instant. */
export function timeInStages(flow: Pick<ItemFlow, "visits">): StageTime[] {
  const times = new Map<StagePosition, { visits: number; total: number; first: number; last: number }>();
  for (const visit of flow.visits) {
    const spent = visit.end - visit.start;
    const known = times.get(visit.stage);
    if (known === undefined) times.set(visit.stage, { visits: 1, total: spent, first: spent, last: spent });
    else {
      known.visits += 1;
      known.total += spent;
      known.last = spent;
    }
  }
  return [...times]
    .sort((a, b) => rightmostUnmapped(a[0]) - rightmostUnmapped(b[0]))
    .map(([stage, time]) => ({ stage, ...time, average: time.total / time.visits }));
}

/**
 * The "erased into the earlier stage" view (E1): each instant belongs to the leftmost stage that
 * the item is in from then on until it finishes, so a step forward that was undone never happened.
 * Covers creation to finish (or as-of); Unmapped time stays where it is.
 */
export function erasedTimeInStages(flow: Pick<ItemFlow, "visits" | "finishedAt">): ReadonlyMap<StagePosition, number> {
  const timeByStage = new Map<StagePosition, number>();
  let leftmost = Number.POSITIVE_INFINITY;
  for (let i = flow.visits.length - 1; i >= 0; i -= 1) {
    const visit = flow.visits[i];
    if (visit === undefined || (flow.finishedAt !== undefined && visit.start >= flow.finishedAt)) continue;
    if (visit.stage !== UNMAPPED) leftmost = Math.min(leftmost, visit.stage);
    const stage = visit.stage === UNMAPPED ? UNMAPPED : leftmost;
    timeByStage.set(stage, (timeByStage.get(stage) ?? 0) + visit.end - visit.start);
  }
  return timeByStage;
}

/** What Jira's control chart adds up: stays from commitment to before done, without the gap of a re-opened item (E2). */
export function controlChartMilliseconds(flow: Pick<ItemFlow, "visits" | "finishedAt">, map: StageMap): number {
  let sum = 0;
  for (const { stage, start, end } of flow.visits) {
    if (stage >= map.commitment && map.isOpen(stage) && (flow.finishedAt === undefined || start < flow.finishedAt))
      sum += end - start;
  }
  return sum;
}

function rightmostUnmapped(stage: StagePosition): number {
  return stage === UNMAPPED ? Number.MAX_SAFE_INTEGER : stage;
}
