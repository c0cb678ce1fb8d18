import { describe, expect, test } from "vitest";
import { FigureSheet } from "../../../packages/core/src/flow/figure.ts";
import { percentileOfHistogram, percentileOfSorted } from "../../../packages/core/src/flow/percentile.ts";
import { flowOn } from "../../support/a-report.ts";
import { anItemStarted } from "../../support/an-item.ts";

function oneTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}

describe("percentile (F16)", () => {
  test("of 100 items the 85th is the 85th value, and so on for every percent", () => {
    for (const percent of oneTo(100)) expect(percentileOfSorted(oneTo(100), percent)).toBe(percent);
  });

  test.each([
    // Nearest rank: the smallest rank that covers p percent.
    [50, 10, 5],
    [85, 10, 9],
    [95, 10, 10],
    [50, 11, 6],
    [85, 20, 17],
    [95, 20, 19],
    [85, 7, 6],
    [85, 1, 1],
    // 0.644 × 250 = 161, whatever a float makes of it.
    [64.4, 250, 161],
    [0, 5, 1],
    [100, 5, 5],
  ])("the %sth of %s values is the %sth one", (percent, n, rank) => {
    expect(percentileOfSorted(oneTo(n), percent)).toBe(rank);
  });

  test("of nothing there is none", () => {
    expect(percentileOfSorted([], 85)).toBeUndefined();
    expect(percentileOfHistogram(new Map(), 85)).toBeUndefined();
  });

  test("of a histogram is that of its values", () => {
    // 3 × 1, 1 × 5, 6 × 9: ranks 1–3 are 1, rank 4 is 5, the rest 9.
    const histogram = new Map([
      [9, 6],
      [1, 3],
      [5, 1],
    ]);
    expect([30, 31, 40, 41, 85].map((percent) => percentileOfHistogram(histogram, percent))).toEqual([1, 5, 5, 9, 9]);
  });
});

describe("thin data (F17)", () => {
  const sheet = new FigureSheet(3, new Set(["reopened", "batch-closing"]));

  test.each([
    [0, null, "no items"],
    [9, null, "n 9: under 10"],
    [10, 9, "thin data"],
    [19, 17, "thin data"],
    [20, 17, undefined],
  ])("of %s items the 85th percentile is %s", (n, value, note) => {
    const figure = sheet.percentile(oneTo(n), 85, "days", "F5");
    expect(figure).toMatchObject({ value, n });
    expect(figure.note).toBe(note);
  });

  test("both gates are settings", () => {
    const strict = new FigureSheet(3, new Set(), { thinUnder: 60, nothingUnder: 30 });
    expect(strict.percentile(oneTo(29), 50, "days", "F5").value).toBeNull();
    expect(strict.percentile(oneTo(30), 50, "days", "F5")).toMatchObject({ value: 15, note: "thin data" });
    expect(strict.percentile(oneTo(60), 50, "days", "F5").note).toBeUndefined();
  });

  test("50, 85 and 95 are shown by default, each with n, unit, rule, map version and the findings that touch it", () => {
    const { p50, p85, p95 } = sheet.percentiles(oneTo(40), "days", "F5");
    expect([p50.value, p85.value, p95.value]).toEqual([20, 34, 38]);
    expect(p85).toEqual({ value: 34, n: 40, unit: "days", rule: "F5", mapVersion: 3, findings: ["reopened"] });
  });
});

describe("service level expectation (F18)", () => {
  /** Finished on 10-20, after so many days. */
  const taking = (days: number): ReturnType<typeof anItemStarted> =>
    anItemStarted(
      [new Date(Date.UTC(2026, 9, 21 - days, 9)).toISOString().slice(0, 16), "Build"],
      ["2026-10-20T17:00", "Done"],
    );

  test("85 % of items finish within N days, with the miss rate", () => {
    // 1 to 20 d: the 17th value is 17; 18, 19 and 20 miss it.
    const { days, percent, missRate } = flowOn(oneTo(20).map(taking)).serviceLevel;
    expect(days).toMatchObject({ value: 17, n: 20, unit: "days", rule: "F18" });
    expect(percent).toBe(85);
    expect(missRate).toMatchObject({ value: 3 / 20, n: 20, unit: "ratio", rule: "F18" });
  });

  test("the percent is a setting", () => {
    const { days, missRate } = flowOn(oneTo(20).map(taking), { settings: { servicePercent: 50 } }).serviceLevel;
    expect([days.value, missRate.value]).toEqual([10, 0.5]);
  });

  test("is not promised on nine items", () => {
    const { days, missRate } = flowOn(oneTo(9).map(taking)).serviceLevel;
    expect([days.value, missRate.value]).toEqual([null, null]);
  });
});
