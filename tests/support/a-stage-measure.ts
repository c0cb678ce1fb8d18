/** Builders for what the verdict looks at: measures of logical stages, and the weekly sums behind them. */

import type { StageMeasure } from "../../packages/core/src/flow/bottleneck/decide.ts";
import { logicalBoard } from "../../packages/core/src/flow/bottleneck/logical-stages.ts";
import type { StageSamples, WeekSums } from "../../packages/core/src/flow/bottleneck/stage-samples.ts";
import { KeySample } from "../../packages/core/src/flow/data-quality.ts";
import { aStageMap } from "./a-stage-map.ts";

/** A stage that is always full, with an unsteady number of items and half of the open time. */
export function aMeasure(overrides: Partial<StageMeasure> = {}): StageMeasure {
  return { meanItems: 3, variance: 9, share: 0.5, full: 1, queue: undefined, waitingShare: 0, ...overrides };
}

/** Hours of a week with office hours. */
export const WEEK_HOURS = 40;

/** A week in which so many items on average stood in the stage, never fewer than one, and unsteadily. */
export function aWeek(meanItems: number, overrides: Partial<WeekSums> = {}): WeekSums {
  return {
    hours: WEEK_HOURS,
    items: meanItems * WEEK_HOURS,
    itemsSquared: 2 * meanItems * meanItems * WEEK_HOURS,
    fullHours: WEEK_HOURS,
    waitingItems: 0,
    queueHours: 0,
    ...overrides,
  };
}

export interface SamplesSketch {
  /** Weekly sums of Build, Review and Test; all of the same length. */
  readonly sums: readonly (readonly WeekSums[])[];
  /** Items finished on each day of a week, the same every week. */
  readonly finishesAWeek?: readonly number[];
  readonly board?: StageSamples["board"];
  readonly itemsByHour?: readonly (readonly number[])[];
  readonly parked?: readonly string[];
}

/** Samples of the golden board: Build, Review, Test; two finishes every working day unless said otherwise. */
export function someSamples(sketch: SamplesSketch): StageSamples {
  const { sums, finishesAWeek = [2, 2, 2, 2, 2, 0, 0], board = logicalBoard(aStageMap()) } = sketch;
  const weeks = sums[0]?.length ?? 0;
  const parked = new KeySample();
  for (const key of sketch.parked ?? []) parked.add(key);
  return {
    board,
    sums,
    itemsByHour: (sketch.itemsByHour ?? sums.map(() => [])).map((items) => Int32Array.from(items)),
    finishesByWeek: Array.from({ length: weeks }, () => finishesAWeek),
    workingDays: weeks * 5,
    finishes: weeks * finishesAWeek.reduce((sum, n) => sum + n, 0),
    parked,
    parkedByStage: sketch.sums.map(() => 0),
  };
}
