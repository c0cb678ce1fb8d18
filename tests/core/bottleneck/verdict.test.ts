import { DEFAULT_VERDICT_GATES, FigureSheet, judge, type Verdict } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { logicalBoard } from "../../../packages/core/src/flow/bottleneck/logical-stages.ts";
import type { StageSamples, WeekSums } from "../../../packages/core/src/flow/bottleneck/stage-samples.ts";
import { evidenceFor } from "../../../packages/core/src/flow/bottleneck/verdict-words.ts";
import { flowOn, rowOf } from "../../support/a-report.ts";
import { aStage, aStageMap, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { aWeek, type SamplesSketch, someSamples, WEEK_HOURS } from "../../support/a-stage-measure.ts";
import { anItemStarted } from "../../support/an-item.ts";

const NOBODY = { count: 0, keys: [] };

function judged(sketch: Partial<SamplesSketch>, overrides: Partial<StageSamples> = {}): Verdict {
  const samples = { ...someSamples({ sums: reviewHeavy(), ...sketch }), ...overrides };
  const inReview = { count: 36, keys: ["PAY-1", "PAY-2"] };
  return judge(samples, new FigureSheet(3, new Set()), 42, [NOBODY, inReview, NOBODY], DEFAULT_VERDICT_GATES);
}

/** Eight weeks: Build 2, Review 7, Test 1 items on average; shares 20, 70 and 10 %. */
function reviewHeavy(review: WeekSums = aWeek(7)): WeekSums[][] {
  return [aWeek(2), review, aWeek(1)].map((week) => Array.from({ length: 8 }, () => week));
}

describe("verdict (B5)", () => {
  // 40 hours with 1 to 40 items: 85 % of the time at most 34.
  const hours = Array.from({ length: 40 }, (_, i) => i + 1);
  const verdict = judged({ itemsByHour: [[], hours, []], parked: ["PAY-10", "PAY-9"] });

  test("names the stage, the rule, the map version and k", () => {
    expect(verdict).toMatchObject({
      outcome: "constraint",
      because: "queue",
      stage: "Review",
      sentence: "Review holds the work up.",
      rule: "B2.3",
      mapVersion: 3,
      failedTest: null,
    });
    expect(verdict.resamples).toEqual({ same: 200, of: 200, seed: 42 });
  });

  test("lists the items behind it and the parked ones", () => {
    expect(verdict.items).toEqual({ count: 36, keys: ["PAY-1", "PAY-2"] });
    expect(verdict.parked).toEqual({ count: 2, keys: ["PAY-9", "PAY-10"] });
  });

  test("shows the second stage with its share", () => {
    expect(verdict.second).toEqual({ stage: "Build", share: 0.2 });
  });

  test("says of each stage what was measured (B1)", () => {
    expect(verdict.stages.map(({ stage, meanItems, share, full }) => [stage, meanItems, share, full])).toEqual([
      ["Build", 2, 0.2, 1],
      ["Review", 7, 0.7, 1],
      ["Test", 1, 0.1, 1],
    ]);
  });

  test("hints the WIP limit that covers 85 % of the time, and proposes to try it (F27)", () => {
    expect(verdict.stages[1]?.limitHint).toMatchObject({ value: 34, n: 40, unit: "items", rule: "F27", mapVersion: 3 });
    expect(verdict.tryFirst).toBe("a WIP limit of 34 in Review (it covers 85 % of the time today)");
    // A limit of 36 would allow all that is there already.
    const full = judged({ itemsByHour: [[], hours.map((n) => n + 2), []] });
    expect(full.tryFirst).toBe(
      "let no new work into Review until fewer than 36 items are there, parked ones aside; then set a limit",
    );
  });

  test("the hint covers 85 % of the hours, neither more nor less (F27)", () => {
    // A hundred hours with 1 to 100 items.
    const byHour = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(judged({ itemsByHour: [byHour, [], []] }).stages[0]?.limitHint).toMatchObject({ value: 85, n: 100 });
  });

  test("grounds: share, times the next, never empty", () => {
    expect(verdict.evidence).toEqual(["70 % of open time sits here, 3.5 × the next (Build); it never ran empty."]);
  });

  test("says that a merged board cannot tell queue from work", () => {
    expect(verdict.boardStyle).toBe("merged");
    expect(verdict.boardNote).toContain("this board cannot tell queue from work");
  });

  test("prints the measured accuracy for the board style with the base-rate note", () => {
    expect(verdict.accuracyNote).toMatch(/\d+ times in 100; \d+ if half of all projects have none/);
  });

  test("lists the data-quality findings that touch it, and no others", () => {
    const sheet = new FigureSheet(3, new Set(["unmapped-status", "back-to-backlog", "batch-closing"] as const));
    const { findings } = judge(someSamples({ sums: reviewHeavy() }), sheet, 42, [], DEFAULT_VERDICT_GATES);
    expect([...findings].sort()).toEqual(["batch-closing", "unmapped-status"]);
    expect(verdict.findings).toEqual([]);
  });

  test("on a separate board it shows the queue apart", () => {
    const stages = [...FIVE_STAGES.slice(0, 2), aStage("Ready for review", "waiting"), ...FIVE_STAGES.slice(2)];
    const queued = aWeek(7, { waitingItems: 5 * WEEK_HOURS, queueHours: 0.75 * WEEK_HOURS });
    const separate = judged({ sums: reviewHeavy(queued), board: logicalBoard(aStageMap({ stages })) });
    expect(separate.boardStyle).toBe("separate");
    expect(separate.stages[1]).toMatchObject({ stage: "Review", waitingStages: ["Ready for review"], queue: 0.75 });
    expect(separate.stages[0]).toMatchObject({ stage: "Build", waitingStages: [], queue: null });
    expect(separate.evidence[0]).toContain("its queue stood 75 % of the hours");
  });

  test("a ceiling says that work flows after it", () => {
    const steady = aWeek(3, { itemsSquared: 9 * WEEK_HOURS });
    const ceiling = judged({ sums: reviewHeavy(steady) });
    expect(ceiling).toMatchObject({ because: "ceiling", stage: "Review", rule: "B2.2" });
    expect(ceiling.evidence[0]).toContain("stuck at its limit up to here and flows after it");
  });

  test("a policy queue says that work waits for a release, not that anybody is slow", () => {
    const released = aWeek(7, { waitingItems: 7 * WEEK_HOURS, queueHours: WEEK_HOURS });
    const sums = [aWeek(2), aWeek(1), released].map((week) => Array.from({ length: 8 }, () => week));
    const policy = judged({ sums, finishesAWeek: [0, 0, 0, 0, 10, 0, 0] }, { finishesByWeek: fortnightly(20) });
    expect(policy).toMatchObject({ because: "policy-queue", stage: "Test", rule: "B2.4" });
    expect(policy.sentence).toBe("Work waits for a release after Test.");
    expect(policy.tryFirst).toContain("more frequent releases");
  });

  test("10 to 19 finishes are thin data, 20 are not (B2.1)", () => {
    expect(judged({}, { finishes: 19 })).toMatchObject({ thin: true, finishes: 19 });
    expect(judged({}, { finishes: 19 }).evidence).toContain("Thin data: 19 items finished in the window.");
    expect(judged({}, { finishes: 20 }).thin).toBe(false);
  });
});

describe("refusals (B2)", () => {
  test("too few finishes", () => {
    const verdict = judged({}, { finishes: 9 });
    expect(verdict).toMatchObject({
      outcome: "none",
      because: "too-few-finishes",
      stage: null,
      rule: "B2.1",
      tryFirst: null,
      accuracyNote: null,
      failedTest: { value: 9, gate: 10 },
    });
    expect(verdict.resamples.same).toBe(0);
    expect(verdict.evidence[0]).toBe("First failed test: items finished in the window, 9 against a gate of 10.");
  });

  test("batches: a release window or late closing, the log cannot tell", () => {
    const sums = [aWeek(2), aWeek(1), aWeek(7)].map((week) => Array.from({ length: 8 }, () => week));
    const verdict = judged({ sums }, { finishesByWeek: fortnightly(20) });
    expect(verdict).toMatchObject({ because: "batch", stage: null, rule: "B2.4" });
    expect(verdict.evidence[0]).toContain("a release window or late closing, the log cannot tell");
  });

  test("no clear constraint: the first failed test, its value and its gate, and the two largest stages", () => {
    const sums = [aWeek(3.5), aWeek(4), aWeek(3)].map((week) => Array.from({ length: 8 }, () => week));
    const verdict = judged({ sums });
    expect(verdict).toMatchObject({ because: "no-clear-constraint", stage: null, rule: "B2.5" });
    expect(verdict.evidence).toEqual(["First failed test: share of open time, 38 % against a gate of 40 %."]);
    expect(verdict.second).toEqual({ stage: "Build", share: 3.5 / 10.5 });
  });

  test.each([
    ["times the next stage's share", 1.46, 1.5, "1.46 against a gate of 1.5"],
    ["times the next stage's share", 1.1, 1.5, "1.1 against a gate of 1.5"],
    ["share of hours with an item in it", 0.947, 0.95, "94.7 % against a gate of 95 %"],
    ["share of open time", 0.3, 0.4, "30 % against a gate of 40 %"],
  ])("a value that missed its gate is never rounded to it: %s %d", (test, value, gate, says) => {
    const lines = evidenceFor("no-clear-constraint", undefined, undefined, { test, value, gate }, 50, false);
    expect(lines).toEqual([`First failed test: ${test}, ${says}.`]);
  });

  test("parked items count neither for the hinted limit nor for what is there against it", () => {
    // The hint is 34; 36 stand in Review, 3 of them parked.
    const hours = Array.from({ length: 40 }, (_, i) => i + 1);
    const verdict = judged({ itemsByHour: [[], hours, []] }, { parkedByStage: [0, 3, 0] });
    expect(verdict.tryFirst).toBe(
      "let no new work into Review until fewer than 33 items are there, parked ones aside; then set a limit",
    );
  });

  test("parked items are listed even when nobody is named", () => {
    expect(judged({ parked: ["PAY-3"] }, { finishes: 0 }).parked).toEqual({ count: 1, keys: ["PAY-3"] });
  });
});

describe("what a verdict never says (B6)", () => {
  test.each(["queue", "ceiling", "batch", "few"])("%s: no word about people", (kind) => {
    const steady = aWeek(3, { itemsSquared: 9 * WEEK_HOURS });
    const last = [aWeek(2), aWeek(1), aWeek(7)].map((week) => Array.from({ length: 8 }, () => week));
    const verdicts: Record<string, Verdict> = {
      queue: judged({}),
      ceiling: judged({ sums: reviewHeavy(steady) }),
      batch: judged({ sums: last }, { finishesByWeek: fortnightly(20) }),
      few: judged({}, { finishes: 0 }),
    };
    const { sentence, evidence, boardNote, tryFirst } = verdicts[kind] ?? judged({});
    const words = [sentence, ...evidence, boardNote, tryFirst ?? ""].join(" ");
    expect(words).not.toMatch(/people|person|staff|hire|developer|reviewer|tester|who\b|team|slow|% sure/i);
  });
});

describe("verdict in a report", () => {
  /** Every day one item starts; it takes 1 d in Build, 8 d in Review, 1 d in Test, always from 09:00 to 09:00. */
  const items = Array.from({ length: 120 }, (_, i) => {
    const at = (days: number): string => new Date(Date.UTC(2026, 6, 6 + i + days, 9)).toISOString().slice(0, 16);
    const facts = anItemStarted([at(0), "Build"], [at(1), "Review"], [at(9), "Test"], [at(10), "Done"]);
    return { ...facts, id: String(i), key: `PAY-${i + 1}` };
  });
  const flow = flowOn(items);

  test("names Review, whose 8 items never change: a ceiling (B2.2)", () => {
    expect(flow.verdict).toMatchObject({ outcome: "constraint", because: "ceiling", stage: "Review", finishes: 56 });
    expect(flow.verdict.stages.map(({ meanItems, variance }) => [meanItems, variance])).toEqual([
      [1, 0],
      [8, 0],
      [1, 0],
    ]);
  });

  test("lists who sits there now, and the limit hint in the stage table (F27)", () => {
    expect(flow.verdict.items.count).toBe(8);
    expect(rowOf(flow, "Review").limitHint).toMatchObject({ value: 8, n: 320, rule: "F27" });
    expect(rowOf(flow, "Backlog").limitHint).toMatchObject({ value: null, note: "outside the flow" });
  });

  test("is refused where too little finished in the window", () => {
    expect(flowOn(items.slice(100, 109)).verdict).toMatchObject({ because: "too-few-finishes", finishes: 9 });
  });
});

/** So many finishes every second Friday: at eight weeks all of them on four of forty working days. */
function fortnightly(finishes: number): number[][] {
  return Array.from({ length: 8 }, (_, week) => [0, 0, 0, 0, week % 2 === 1 ? finishes : 0, 0, 0]);
}
