/** The flow rules told once more, slowly and straight from their words, as a referee for the fast ones. */
import { buildTimeline, type ItemFacts, type StageMap, UNMAPPED } from "@stageledger/core";
import { localDayText } from "./moments.ts";

export interface PlainFlow {
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly withdrawnAt: number | undefined;
  /** Each mapped stay: position and entry. */
  readonly entries: readonly { readonly position: number; readonly at: number }[];
}

/** F2, F3, F4 and E12 by stage, without settings. */
export function plainFlow(facts: ItemFacts, map: StageMap, asOf: number): PlainFlow | undefined {
  const timeline = buildTimeline(facts, asOf);
  if (timeline === undefined) return undefined;
  const entries = timeline.stays
    .map((stay) => ({ position: map.positionOf(stay.status), at: stay.start }))
    .filter(({ position }) => position !== UNMAPPED);
  const kindAt = (i: number): string | undefined => map.stages[entries[i]?.position ?? -1]?.kind;
  const start = entries.find(
    ({ position }) => position >= map.commitment && map.stages[position]?.kind !== "withdrawn",
  )?.at;
  const endOfRun = (kind: string): number | undefined => {
    let first = entries.length;
    while (first > 0 && kindAt(first - 1) === kind) first -= 1;
    return entries[first]?.at;
  };
  const finishedAt = endOfRun("done");
  const withdrawnAt = endOfRun("withdrawn");
  return {
    startedAt: start === (finishedAt ?? withdrawnAt) ? undefined : start,
    finishedAt,
    withdrawnAt,
    entries,
  };
}

/** F8 by definition: started by the end of the day, neither finished nor withdrawn by then. Days are `2026-09-08`. */
export function isInProgress(flow: PlainFlow, day: string, zone: string): boolean {
  const isBy = (instant: number | undefined): boolean => instant !== undefined && localDayText(instant, zone) <= day;
  return isBy(flow.startedAt) && !isBy(flow.finishedAt) && !isBy(flow.withdrawnAt);
}

/** F13 by definition: the rightmost stage that was entered by the end of the day; withdrawn stages move no mark. */
export function markBy(flow: PlainFlow, day: string, zone: string, map: StageMap): number {
  const reached = flow.entries
    .filter(({ position, at }) => map.stages[position]?.kind !== "withdrawn" && localDayText(at, zone) <= day)
    .map(({ position }) => position);
  return Math.max(UNMAPPED, ...reached);
}
