import type { MonteCarlo } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import {
  busiestShare,
  closesInBatches,
  type Forecast,
  type ForecastInput,
  howManyAt,
  simulateThroughput,
  whenAt,
} from "../../../packages/core/src/flow/forecast.ts";
import { flowOn } from "../../support/a-report.ts";
import { anItemStarted, copies } from "../../support/an-item.ts";

function simulated(input: Partial<ForecastInput>): Forecast {
  const forecast = simulateThroughput({
    finishedByDay: days(10, 1),
    remaining: 7,
    horizonDays: 28,
    trials: 10_000,
    seed: 42,
    ...input,
  });
  if (typeof forecast === "string") throw new Error(`refused: ${forecast}`);
  return forecast;
}

function refused(input: Partial<ForecastInput>): unknown {
  return simulateThroughput({
    finishedByDay: days(10, 1),
    remaining: 7,
    horizonDays: 28,
    trials: 10,
    seed: 42,
    ...input,
  });
}

function days(count: number, finishes: number): number[] {
  return new Array<number>(count).fill(finishes);
}

/** So many days of one finish and as many of none. */
function halfEmpty(count: number): number[] {
  return [...days(count, 0), ...days(count, 1)];
}

describe("Monte Carlo (F21)", () => {
  test.each([50, 85, 95])("one finish every day: 7 items need 7 days and 28 days bring 28 items, at p%s", (percent) => {
    const forecast = simulated({});
    expect(whenAt(forecast, percent)).toBe(7);
    expect(howManyAt(forecast, percent)).toBe(28);
  });

  test("three finishes every day: 7 items need 3 days", () => {
    expect(whenAt(simulated({ finishedByDay: days(60, 3) }), 85)).toBe(3);
  });

  test("zero days are drawn as well: when reads p upward", () => {
    // A finish on every other day: 1 − ½ⁿ of the trials need at most n days: .5, .75, .875, .9375, .969.
    const forecast = simulated({ finishedByDay: halfEmpty(20), remaining: 1 });
    expect([whenAt(forecast, 60), whenAt(forecast, 85), whenAt(forecast, 95)]).toEqual([2, 3, 5]);
  });

  test("how many reads 1 − p: more certain means fewer", () => {
    // Four such days bring 0 to 4 items; at most 0 in .0625, at most 1 in .3125, at most 2 in .6875 of the trials.
    const forecast = simulated({ finishedByDay: halfEmpty(20), horizonDays: 4 });
    expect([50, 85, 95].map((percent) => howManyAt(forecast, percent))).toEqual([2, 1, 0]);
  });

  test("the same seed gives the same trials, another seed others", () => {
    const input = { finishedByDay: halfEmpty(30), remaining: 20, trials: 200 };
    expect(simulated({ ...input, seed: 7 })).toEqual(simulated({ ...input, seed: 7 }));
    expect(simulated({ ...input, seed: 8 })).not.toEqual(simulated({ ...input, seed: 7 }));
  });

  test("runs as many trials as asked, each in ascending order", () => {
    const { daysNeeded, itemsDone } = simulated({ finishedByDay: halfEmpty(20), trials: 300 });
    expect([daysNeeded.length, itemsDone.length]).toEqual([300, 300]);
    expect([...daysNeeded]).toEqual([...daysNeeded].sort((a, b) => a - b));
    expect([...itemsDone]).toEqual([...itemsDone].sort((a, b) => a - b));
  });

  test("refuses nine days of history and takes ten", () => {
    expect(refused({ finishedByDay: days(9, 1) })).toBe("9 days of history: at least 10 are needed");
    expect(refused({ finishedByDay: days(10, 1) })).not.toBeTypeOf("string");
  });

  test("refuses when nothing finished and takes one finish", () => {
    expect(refused({ finishedByDay: days(60, 0) })).toBe("nothing finished in 60 days");
    expect(refused({ finishedByDay: [1, ...days(59, 0)] })).not.toBeTypeOf("string");
  });

  test("refuses to look more than five years ahead", () => {
    // One finish in 60 days: 31 items would take 1,860 days, 30 take 1,800.
    const slow = [1, ...days(59, 0)];
    expect(refused({ finishedByDay: slow, remaining: 31 })).toBe(
      "31 items would take more than five years at this pace",
    );
    expect(refused({ finishedByDay: slow, remaining: 30 })).not.toBeTypeOf("string");
  });

  test("needs no day for no items", () => {
    expect(whenAt(simulated({ remaining: 0 }), 95)).toBe(0);
  });
});

describe("batch closing (E20)", () => {
  test.each([
    ["half of the finishes on one day of ten", [5, 5, ...days(8, 0)], true],
    ["a third on one day of ten", [1, 1, 1, ...days(7, 0)], false],
    ["half on 6 days of 60", [...days(6, 5), ...days(30, 1), ...days(24, 0)], true],
    ["one less than half on 6 days of 60", [...days(5, 5), 4, ...days(31, 1), ...days(23, 0)], false],
    ["the same number every day", days(60, 2), false],
    ["nothing at all", days(60, 0), false],
  ])("%s", (_name, finishedByDay, expected) => expect(closesInBatches(finishedByDay)).toBe(expected));

  test("the share of the busiest tenth of the days", () => {
    // 20 working days: the two busiest hold 6 + 4 of 20.
    expect(busiestShare([6, 4, ...days(10, 1), ...days(8, 0)], 20)).toBe(0.5);
    expect(busiestShare([6, 4, ...days(10, 1), ...days(8, 0)], 29)).toBe(0.5);
    expect(busiestShare([6, 4, 3, ...days(7, 1), ...days(10, 0)], 30)).toBe(0.65);
  });
});

describe("forecast in a report", () => {
  /** Started and finished on the days before 2026-11-02, so many a day. */
  function history(dayCount: number, aDay: number): ReturnType<typeof anItemStarted>[] {
    return Array.from({ length: dayCount }, (_, i) => {
      const date = new Date(Date.UTC(2026, 10, 1 - i)).toISOString().slice(0, 10);
      return copies(aDay, anItemStarted([`${date}T09:00`, "Build"], [`${date}T17:00`, "Done"]));
    }).flat();
  }
  const open = anItemStarted(["2026-10-30T09:00", "Build"]);

  function forecastOn(items: readonly ReturnType<typeof anItemStarted>[]): MonteCarlo {
    return flowOn(items).monteCarlo;
  }

  test("states its window, trials and seed, and asks for the present WIP", () => {
    const forecast = forecastOn([...history(60, 1), ...copies(7, open)]);
    expect(forecast).toMatchObject({ trials: 10_000, seed: 42, windowDays: 60, remaining: 7, horizonDays: 28 });
    expect(forecast.when?.p85).toMatchObject({ value: 7, n: 60, unit: "days", rule: "F21" });
    expect(forecast.howMany?.p85).toMatchObject({ value: 28, n: 60, unit: "items", rule: "F21" });
    expect([forecast.refusal, forecast.warning]).toEqual([null, null]);
  });

  test("looks at the 60 days before the as-of day, no further back", () => {
    // Two finishes a day further back would bring more than 28.
    const older = Array.from({ length: 30 }, (_, i) => {
      const date = new Date(Date.UTC(2026, 8, 2 - i)).toISOString().slice(0, 10);
      return copies(9, anItemStarted([`${date}T09:00`, "Build"], [`${date}T17:00`, "Done"]));
    }).flat();
    expect(forecastOn([...history(60, 1), ...older]).howMany?.p50.value).toBe(28);
  });

  test("with a shorter history takes the days since the first start", () => {
    const forecast = forecastOn(history(12, 1));
    expect([forecast.windowDays, forecast.howMany?.p95.value]).toEqual([12, 28]);
  });

  test("is refused on nine days of history", () => {
    expect(forecastOn(history(9, 1))).toMatchObject({
      refusal: "9 days of history: at least 10 are needed",
      when: null,
      howMany: null,
    });
  });

  test("warns of batch closing and says what it touches (E20)", () => {
    const batch = copies(20, anItemStarted(["2026-10-01T09:00", "Build"], ["2026-10-20T17:00", "Done"]));
    const flow = flowOn([...history(20, 1), ...batch]);
    expect(flow.monteCarlo.warning).toContain("items close in batches");
    expect(flow.findings.some(({ kind }) => kind === "batch-closing")).toBe(true);
    expect(flow.monteCarlo.howMany?.p85.findings).toContain("batch-closing");
  });

  // Twelve days of two finishes each: no day is busier than another. The days before the first start are no days of it.
  test("does not take a short, even history for batches (E20)", () => {
    const flow = flowOn(history(12, 2));
    expect(flow.monteCarlo.warning).toBeNull();
    expect(flow.findings.map(({ kind }) => kind)).not.toContain("batch-closing");
  });
});
