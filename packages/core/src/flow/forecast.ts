/** Monte Carlo forecasts from daily throughput (F21) and the batch warning (E20). */
import type { RandomBelow } from "../random.ts";
import { seededRandom } from "../random.ts";
import { percentileOfSorted } from "./percentile.ts";

export interface ForecastInput {
  /** Items finished on each day of the stated window, zero days included, oldest first. */
  readonly finishedByDay: readonly number[];
  /** "When" asks for this many items. */
  readonly remaining: number;
  /** "How many" asks for this many days. */
  readonly horizonDays: number;
  readonly trials: number;
  readonly seed: number;
}

export interface Forecast {
  /** Days needed, ascending, one a trial. */
  readonly daysNeeded: Float64Array;
  /** Items finished within the horizon, ascending, one a trial. */
  readonly itemsDone: Float64Array;
}

const LEAST_DAYS = 10;
/** Beyond this the past says nothing useful about the future. */
const LONGEST_DAYS = 1826;

/** Resamples the window's days; returns the reason when F21 refuses. */
export function simulateThroughput(input: ForecastInput): Forecast | string {
  const { finishedByDay, remaining, horizonDays, trials } = input;
  const finished = finishedByDay.reduce((sum, n) => sum + n, 0);
  if (finishedByDay.length < LEAST_DAYS)
    return `${finishedByDay.length} days of history: at least ${LEAST_DAYS} are needed`;
  if (finished === 0) return `nothing finished in ${finishedByDay.length} days`;
  const expectedDays = (remaining * finishedByDay.length) / finished;
  if (expectedDays > LONGEST_DAYS) return `${remaining} items would take more than five years at this pace`;

  const random = seededRandom(input.seed);
  const daysNeeded = new Float64Array(trials);
  const itemsDone = new Float64Array(trials);
  for (let trial = 0; trial < trials; trial += 1) {
    daysNeeded[trial] = daysUntil(remaining, finishedByDay, random);
    itemsDone[trial] = itemsWithin(horizonDays, finishedByDay, random);
  }
  return { daysNeeded: daysNeeded.sort(), itemsDone: itemsDone.sort() };
}

/** "When" reads p upward: in p percent of the trials everything is done within this many days. */
export function whenAt(forecast: Forecast, percent: number): number | undefined {
  return percentileOfSorted(forecast.daysNeeded, percent);
}

/** "How many" reads 1 − p: in p percent of the trials at least this many are done. */
export function howManyAt(forecast: Forecast, percent: number): number | undefined {
  return percentileOfSorted(forecast.itemsDone, 100 - percent);
}

/** E20: at least half of the finishes on at most a tenth of the days. */
export function closesInBatches(finishedByDay: readonly number[]): boolean {
  return busiestShare(finishedByDay, finishedByDay.length) >= 0.5;
}

/** Share of all finishes that fall on the busiest tenth (at least one) of `days` days; 0 without finishes. */
export function busiestShare(finishedByDay: readonly number[], days: number): number {
  const total = finishedByDay.reduce((sum, n) => sum + n, 0);
  return total === 0 ? 0 : busiestFinishes(finishedByDay, days) / total;
}

/** Finishes on the busiest tenth (at least one) of `days` days. */
export function busiestFinishes(finishedByDay: readonly number[], days: number): number {
  const busiest = Float64Array.from(finishedByDay)
    .sort()
    .reverse()
    .slice(0, Math.max(1, Math.floor(days / 10)));
  return busiest.reduce((sum, n) => sum + n, 0);
}

function daysUntil(items: number, finishedByDay: readonly number[], random: RandomBelow): number {
  let done = 0;
  let days = 0;
  while (done < items) {
    done += finishedByDay[random(finishedByDay.length)] ?? 0;
    days += 1;
  }
  return days;
}

function itemsWithin(days: number, finishedByDay: readonly number[], random: RandomBelow): number {
  let done = 0;
  for (let day = 0; day < days; day += 1) done += finishedByDay[random(finishedByDay.length)] ?? 0;
  return done;
}
