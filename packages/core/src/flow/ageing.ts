/** Age of items in progress (F9), the pace others kept (F19), stalling (F25) and one item's forecast (F20). */
import type { StagePosition } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import type { EpochDay, ReportZone } from "../time/report-zone.ts";
import type { BlockSpan } from "./blocking.ts";
import type { ItemFlow } from "./item-flow.ts";
import { percentileOfHistogram } from "./percentile.ts";

/** F9: days since start, same day = 1; undefined when the item is not in progress. */
export function ageDays(flow: ItemFlow, today: EpochDay, zone: ReportZone): number | undefined {
  if (flow.startedAt === undefined || flow.finishedAt !== undefined || flow.withdrawnAt !== undefined) return undefined;
  return today - zone.dayOf(flow.startedAt) + 1;
}

/** F19: histogram of the age at which finished items left each stage for good. */
export class StagePace {
  readonly #countByAgeByStage: Map<number, number>[];
  readonly #countByTotal = new Map<number, number>();
  readonly #map: StageMap;

  constructor(map: StageMap) {
    this.#map = map;
    this.#countByAgeByStage = map.stages.map(() => new Map());
  }

  /** Unfinished items are left out; items that moved backward count in the total only. */
  add(flow: ItemFlow, zone: ReportZone): void {
    if (flow.startedAt === undefined || flow.finishedAt === undefined) return;
    const startDay = zone.dayOf(flow.startedAt);
    count(this.#countByTotal, zone.dayOf(flow.finishedAt) - startDay + 1);
    if (flow.flags.has("backward-move") || flow.flags.has("reopened")) return;
    const leftAt = new Map<StagePosition, number>();
    for (const visit of flow.visits) {
      if (visit.stage >= this.#map.commitment && visit.start < flow.finishedAt) leftAt.set(visit.stage, visit.end);
    }
    for (const [stage, at] of leftAt) {
      const histogram = this.#countByAgeByStage[stage];
      if (histogram !== undefined) count(histogram, zone.dayOf(at) - startDay + 1);
    }
  }

  /** Age in days at which `percent` of items had left the stage, and how many items that is. */
  ageLeaving(stage: StagePosition, percent: number): number | undefined {
    return percentileOfHistogram(this.#countByAgeByStage[stage] ?? new Map(), percent);
  }

  itemsLeaving(stage: StagePosition): number {
    return sum(this.#countByAgeByStage[stage] ?? new Map());
  }

  /** Cycle time in days of all finished items. */
  total(percent: number): number | undefined {
    return percentileOfHistogram(this.#countByTotal, percent);
  }
}

export type ItemForecast =
  | { readonly daysLeft: number; readonly refusal: null }
  | { readonly daysLeft: null; readonly refusal: string };

/**
 * F20: days left at `percent` = (total − pace of the current stage) + what is left of that stage.
 * Refuses without history and when the item is already older than that pace.
 */
export function forecastItem(
  pace: StagePace,
  stage: StagePosition,
  stageName: string,
  age: number,
  percent: number,
): ItemForecast {
  const total = pace.total(percent);
  const leaving = pace.ageLeaving(stage, percent);
  if (total === undefined || leaving === undefined)
    return { daysLeft: null, refusal: `no finished item shows how long ${stageName} takes` };
  if (age > leaving) return { daysLeft: null, refusal: `already past: ${percent} % left ${stageName} by ${leaving} d` };
  return { daysLeft: Math.max(0, total - leaving) + (leaving - age), refusal: null };
}

const STALLED_MILLISECONDS_A_DAY = 86_400_000;

/**
 * F25: in progress, not blocked, and without a stage change, block, unblock, resolution or project
 * change for `stalledDays`. Logging time is no activity: a live clock would show who logged.
 */
export function isStalled(
  flow: ItemFlow,
  blocks: readonly BlockSpan[],
  lastActivityAt: number,
  stalledDays: number,
): boolean {
  if (flow.startedAt === undefined || flow.finishedAt !== undefined || flow.withdrawnAt !== undefined) return false;
  if (blocks.some((block) => block.open)) return false;
  return flow.asOf - lastActivityAt >= stalledDays * STALLED_MILLISECONDS_A_DAY;
}

function count(histogram: Map<number, number>, value: number): void {
  histogram.set(value, (histogram.get(value) ?? 0) + 1);
}

function sum(histogram: ReadonlyMap<number, number>): number {
  let total = 0;
  for (const n of histogram.values()) total += n;
  return total;
}
