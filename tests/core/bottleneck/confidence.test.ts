import { DEFAULT_VERDICT_GATES, FigureSheet, judge, type Verdict } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import type { WeekSums } from "../../../packages/core/src/flow/bottleneck/stage-samples.ts";
import { aWeek, someSamples } from "../../support/a-stage-measure.ts";

/**
 * Eight weeks. In `strong` of them Build holds nearly all open time, in the others Review does. A strong week is so
 * heavy that Build is named as soon as one of them is drawn: in 1 − ((8 − strong) / 8)⁸ of the resamples.
 */
function verdictWith(strong: number, seed = 42): Verdict {
  const week = (build: number, review: number): WeekSums[] => [aWeek(build), aWeek(review), aWeek(0.1)];
  const byWeek = Array.from({ length: 8 }, (_, i) => (i < strong ? week(1_000_000, 1) : week(1, 10)));
  const sums = [0, 1, 2].map((stage) => byWeek.map((stages) => stages[stage] ?? aWeek(0)));
  return judge(someSamples({ sums }), new FigureSheet(1, new Set()), seed, [], DEFAULT_VERDICT_GATES);
}

describe("confidence (B3)", () => {
  test("the same answer in every resample is a constraint: 200 of 200", () => {
    const verdict = verdictWith(8);
    expect(verdict).toMatchObject({ outcome: "constraint", stage: "Build", because: "queue" });
    expect(verdict.resamples).toEqual({ same: 200, of: 200, seed: 42 });
  });

  test("80 to 95 % make a candidate: two of eight weeks, 1 − (6/8)⁸ = .90", () => {
    const verdict = verdictWith(2);
    expect(verdict).toMatchObject({ outcome: "candidate", stage: "Build", because: "queue" });
    expect(verdict.resamples.same).toBeGreaterThanOrEqual(160);
    expect(verdict.resamples.same).toBeLessThan(190);
    expect(verdict.sentence).toBe("Build may hold the work up.");
    expect(verdict.accuracyNote).toMatch(/a candidate was the true constraint \d+ times in 100/);
  });

  test("below 80 % nobody is named: one of eight weeks, 1 − (7/8)⁸ = .66", () => {
    const verdict = verdictWith(1);
    expect(verdict).toMatchObject({ outcome: "none", stage: null, because: "unstable", rule: "B3" });
    expect(verdict.resamples.same).toBeGreaterThan(100);
    expect(verdict.resamples.same).toBeLessThan(160);
    expect(verdict.failedTest).toEqual({
      test: "share of resampled windows that name the same stage",
      value: verdict.resamples.same / 200,
      gate: 0.8,
    });
    expect(verdict.items).toEqual({ count: 0, keys: [] });
  });

  test("half of the weeks are enough: 1 − (4/8)⁸ = .996", () => {
    expect(verdictWith(4).outcome).toBe("constraint");
  });

  test("the same log and seed give the same k, another seed another", () => {
    const k = (seed: number): number => verdictWith(1, seed).resamples.same;
    expect(k(7)).toBe(k(7));
    expect(new Set([1, 2, 3, 4, 5, 6].map(k)).size).toBeGreaterThan(1);
  });

  test("the seed and the number of resamples are printed", () => {
    expect(verdictWith(8, 99).resamples).toMatchObject({ of: 200, seed: 99 });
  });

  test.each([
    [190, "constraint"],
    [189, "candidate"],
    [160, "candidate"],
    [159, "none"],
  ])("%s of 200 make it: %s", (same, outcome) => {
    // The gates move instead of k: the share of the verdict at hand lies exactly where `same` would lie.
    const share = verdictWith(2).resamples.same / 200;
    const gates = {
      ...DEFAULT_VERDICT_GATES,
      constraintAt: share + (190 - same) / 200,
      candidateAt: share + (160 - same) / 200,
    };
    const week = (build: number, review: number): WeekSums[] => [aWeek(build), aWeek(review), aWeek(0.1)];
    const byWeek = Array.from({ length: 8 }, (_, i) => (i < 2 ? week(1_000_000, 1) : week(1, 10)));
    const sums = [0, 1, 2].map((stage) => byWeek.map((stages) => stages[stage] ?? aWeek(0)));
    expect(judge(someSamples({ sums }), new FigureSheet(1, new Set()), 42, [], gates).outcome).toBe(outcome);
  });
});
