/** B2: which stage holds the work up in a selection of weeks, or the first test that failed. Pure. */
import type { StageSamples } from "./stage-samples.ts";

/** Gates of B2, all settings. */
export interface VerdictGates {
  readonly leastFinishes: number;
  readonly thinFinishes: number;
  readonly ceilingMeanItems: number;
  readonly ceilingFull: number;
  readonly ceilingVariancePerMean: number;
  readonly queueShare: number;
  readonly queueOverSecond: number;
  readonly queueFull: number;
  readonly queueStood: number;
  readonly batchShare: number;
  readonly policyWaitingShare: number;
  readonly resamples: number;
  readonly constraintAt: number;
  readonly candidateAt: number;
}

export const DEFAULT_VERDICT_GATES: VerdictGates = {
  leastFinishes: 10,
  thinFinishes: 20,
  ceilingMeanItems: 2,
  ceilingFull: 0.95,
  ceilingVariancePerMean: 0.25,
  queueShare: 0.4,
  queueOverSecond: 1.5,
  queueFull: 0.95,
  queueStood: 0.6,
  batchShare: 0.5,
  policyWaitingShare: 0.8,
  resamples: 200,
  constraintAt: 0.95,
  candidateAt: 0.8,
};

/** B1's measures of one logical stage. */
export interface StageMeasure {
  readonly meanItems: number;
  readonly variance: number;
  readonly share: number;
  readonly full: number;
  /** Share of hours with a waiting item; undefined when the stage has no waiting part of its own. */
  readonly queue: number | undefined;
  /** Waiting items / all items. */
  readonly waitingShare: number;
}

export interface FailedTest {
  readonly test: string;
  readonly value: number;
  readonly gate: number;
}

export type Decision =
  | { readonly kind: "ceiling" | "queue"; readonly stage: number }
  | { readonly kind: "none"; readonly failed: FailedTest };

/** Measures over the given weeks (indexes, repeats allowed: B3). */
export function measureStages(samples: StageSamples, weeks: readonly number[]): StageMeasure[] {
  const totals = samples.sums.map((sumsByWeek) => {
    const total = { hours: 0, items: 0, itemsSquared: 0, fullHours: 0, waitingItems: 0, queueHours: 0 };
    for (const week of weeks) {
      const sums = sumsByWeek[week];
      if (sums === undefined) continue;
      total.hours += sums.hours;
      total.items += sums.items;
      total.itemsSquared += sums.itemsSquared;
      total.fullHours += sums.fullHours;
      total.waitingItems += sums.waitingItems;
      total.queueHours += sums.queueHours;
    }
    return total;
  });
  const all = totals.reduce((sum, total) => sum + total.items, 0);
  return totals.map((total, i) => {
    const hours = Math.max(1, total.hours);
    const meanItems = total.items / hours;
    const stage = samples.board.stages[i];
    const hasQueue = stage !== undefined && stage.waiting.length > 0 && stage.active.length > 0;
    return {
      meanItems,
      variance: total.itemsSquared / hours - meanItems * meanItems,
      share: all === 0 ? 0 : total.items / all,
      full: total.fullHours / hours,
      queue: hasQueue ? total.queueHours / hours : undefined,
      waitingShare: total.items === 0 ? 0 : total.waitingItems / total.items,
    };
  });
}

/** Keeps 0.6 / 0.4 = 1.4999999999999998 from failing a gate of 1.5. */
const ROUNDING = 1e-9;

/** Rules 2 and 3 of B2. */
export function decide(measures: readonly StageMeasure[], gates: VerdictGates): Decision {
  if (measures.length < 2)
    return { kind: "none", failed: { test: "stages between commitment and done", value: measures.length, gate: 2 } };
  const ceiling = measures.findLastIndex(
    (m) =>
      m.meanItems >= gates.ceilingMeanItems &&
      m.full >= gates.ceilingFull &&
      m.variance < gates.ceilingVariancePerMean * m.meanItems,
  );
  if (ceiling !== -1) return { kind: "ceiling", stage: ceiling };

  const [first, second] = byShare(measures);
  const largest = first === undefined ? undefined : measures[first];
  if (first === undefined || largest === undefined)
    return { kind: "none", failed: { test: "stages between commitment and done", value: 0, gate: 2 } };
  const nextShare = second === undefined ? 0 : (measures[second]?.share ?? 0);
  const overSecond = nextShare === 0 ? Number.MAX_SAFE_INTEGER : largest.share / nextShare;
  const tests: readonly FailedTest[] = [
    { test: "share of open time", value: largest.share, gate: gates.queueShare },
    { test: "times the next stage's share", value: overSecond, gate: gates.queueOverSecond },
    { test: "share of hours with an item in it", value: largest.full, gate: gates.queueFull },
    ...(largest.queue === undefined
      ? []
      : [{ test: "share of hours with a queue before it", value: largest.queue, gate: gates.queueStood }]),
  ];
  const failed = tests.find(({ value, gate }) => value < gate - ROUNDING);
  if (largest.share === 0 || failed !== undefined)
    return { kind: "none", failed: failed ?? { test: "share of open time", value: 0, gate: gates.queueShare } };
  return { kind: "queue", stage: first };
}

/** Indexes of the stages by share, largest first; ties in flow order. */
export function byShare(measures: readonly StageMeasure[]): number[] {
  return measures.map((_, i) => i).sort((a, b) => (measures[b]?.share ?? 0) - (measures[a]?.share ?? 0) || a - b);
}
