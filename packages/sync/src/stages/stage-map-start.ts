/** From when on a new version of the stages holds. Pure. */
import { type EpochDay, periodOf, type ReportZone, type StageMap, weeksOf } from "@stageledger/core";
import type { StageProposal } from "./stage-proposal.ts";

const WEEK_DAYS = 7;

export interface LedgerMoment {
  readonly zone: ReportZone;
  /** Its Monday; undefined while no week is closed. */
  readonly lastClosedWeek: EpochDay | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * - The first version holds since ever.
 * - One that only adds to the version before holds as long as that one: what a new source brings from earlier days has a stage too,
 *   and nothing that was mapped moves.
 * - One that moves something holds from the first period on of which nothing is closed, or from now if that is earlier. Hours
 *   of a period are booked by one version, and closed ones stay as they were.
 *
 * @returns epoch milliseconds; undefined = since ever
 */
export function stageMapStart(
  previous: StageMap | undefined,
  next: StageProposal,
  { zone, lastClosedWeek, now }: LedgerMoment,
): number | undefined {
  if (previous === undefined) return undefined;
  if (lastClosedWeek === undefined || onlyAdds(previous, next)) return previous.effectiveFrom;
  let week = lastClosedWeek;
  while (periodOf(week) === periodOf(lastClosedWeek)) week += WEEK_DAYS;
  const openFrom = zone.startOfDay(weeksOf(periodOf(week))[0] ?? week);
  return Math.max(previous.effectiveFrom ?? Number.NEGATIVE_INFINITY, Math.min(openFrom, now));
}

/** Every status that had a stage is in the same one, of the same kind, and the clock starts where it did. */
export function onlyAdds(previous: StageMap, next: StageProposal): boolean {
  const before = previous.stages.map(({ name }) => name);
  const kept = next.stages.filter(({ name }) => before.includes(name));
  return (
    next.commitment === previous.nameOf(previous.commitment) &&
    JSON.stringify(kept.map(({ name }) => name)) === JSON.stringify(before) &&
    previous.stages.every((stage) => {
      const now = next.stages.find(({ name }) => name === stage.name);
      return now?.kind === stage.kind && stage.statuses.every((status) => now.statuses.includes(status));
    }) &&
    [...previous.blockedStatuses].every((status) => next.blockedStatuses?.includes(status) === true)
  );
}

/** Nothing is different at all. */
export function isSameMap(previous: StageMap, next: StageProposal): boolean {
  return (
    JSON.stringify(plain(previous, previous.nameOf(previous.commitment))) ===
    JSON.stringify(plain(next, next.commitment))
  );
}

function plain(
  { stages, blockedStatuses }: Pick<StageMap, "stages"> & { readonly blockedStatuses?: Iterable<string> },
  commitment: string,
): unknown {
  return [
    commitment,
    stages.map(({ name, kind, statuses, limit }) => [name, kind, statuses.toSorted(), limit ?? null]),
    [...(blockedStatuses ?? [])].sort(),
  ];
}
