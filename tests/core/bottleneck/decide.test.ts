import { DEFAULT_VERDICT_GATES } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { type Decision, decide, type StageMeasure } from "../../../packages/core/src/flow/bottleneck/decide.ts";
import { aMeasure } from "../../support/a-stage-measure.ts";

function decided(...measures: StageMeasure[]): Decision {
  return decide(measures, DEFAULT_VERDICT_GATES);
}

function failed(...measures: StageMeasure[]): unknown {
  const decision = decided(...measures);
  return decision.kind === "none" ? decision.failed : decision.kind;
}

/** Two items on average, full 95 % of the time, hardly varying. */
const AT_LIMIT = aMeasure({ meanItems: 2, full: 0.95, variance: 0.49, share: 0.2 });
const SMALL = aMeasure({ meanItems: 0.5, share: 0.1, full: 0.4 });

describe("ceiling (B2.2)", () => {
  test("a stage that stands at its limit is named", () => {
    expect(decided(SMALL, AT_LIMIT, SMALL)).toEqual({ kind: "ceiling", stage: 1 });
  });

  test("of several the rightmost: work is stuck up to there and flows after it", () => {
    expect(decided(AT_LIMIT, AT_LIMIT, SMALL)).toEqual({ kind: "ceiling", stage: 1 });
    expect(decided(AT_LIMIT, SMALL, AT_LIMIT)).toEqual({ kind: "ceiling", stage: 2 });
  });

  test.each([
    ["under 2 items on average", { meanItems: 1.99, variance: 0.4 }],
    ["full under 95 % of the time", { full: 0.949 }],
    ["as variable as a quarter of its mean", { variance: 0.5 }],
  ])("not a stage that is %s", (_name, overrides) => {
    expect(decided(SMALL, { ...AT_LIMIT, ...overrides }, SMALL).kind).not.toBe("ceiling");
  });

  test("goes before the queue of another stage", () => {
    const queue = aMeasure({ share: 0.8, meanItems: 20, variance: 80 });
    expect(decided(queue, { ...AT_LIMIT, share: 0.2 })).toEqual({ kind: "ceiling", stage: 1 });
  });
});

describe("queue (B2.3)", () => {
  const second = aMeasure({ share: 0.26, full: 0.5 });

  test("the stage of the largest share is named when every test holds at its gate", () => {
    // 40 %, 1.5 times the second (0.4 / 0.266…), full 95 %, a queue 60 % of the time.
    const atGates = aMeasure({ share: 0.4, full: 0.95, queue: 0.6 });
    const next = aMeasure({ share: 0.4 / 1.5, full: 0.5 });
    expect(decided(next, atGates, next)).toEqual({ kind: "queue", stage: 1 });
  });

  test.each([
    ["share", { share: 0.399 }, { test: "share of open time", value: 0.399, gate: 0.4 }],
    ["full", { full: 0.949 }, { test: "share of hours with an item in it", value: 0.949, gate: 0.95 }],
    ["queue", { queue: 0.599 }, { test: "share of hours with a queue before it", value: 0.599, gate: 0.6 }],
  ])(
    "no clear constraint when %s fails alone, with the test, its value and its gate (B2.5)",
    (_name, off, expected) => {
      expect(failed(second, aMeasure({ share: 0.45, full: 0.96, queue: 0.7, ...off }), second)).toEqual(expected);
    },
  );

  test("no clear constraint when the second is too near", () => {
    expect(failed(aMeasure({ share: 0.42 }), aMeasure({ share: 0.3 }), aMeasure({ share: 0.28 }))).toEqual({
      test: "times the next stage's share",
      value: 0.42 / 0.3,
      gate: 1.5,
    });
  });

  test("the first failed test is told, in the order share, next share, full, queue", () => {
    const near = aMeasure({ share: 0.38, full: 0.5, queue: 0.1 });
    const told = (share: number, nextShare: number, full: number): unknown =>
      failed(aMeasure({ share, full, queue: 0.1 }), aMeasure({ share: nextShare, full: 0.5 }));
    expect(failed(near, second)).toMatchObject({ test: "share of open time" });
    expect(told(0.5, 0.4, 0.5)).toMatchObject({ test: "times the next stage's share" });
    expect(told(0.61, 0.39, 0.5)).toMatchObject({ test: "share of hours with an item in it" });
    expect(told(0.61, 0.39, 0.95)).toMatchObject({ test: "share of hours with a queue before it" });
  });

  test("60 % are 1.5 times 40 %: what a float makes of it does not matter", () => {
    expect(decided(aMeasure({ share: 0.4, full: 0.5 }), aMeasure({ share: 0.6 }))).toEqual({ kind: "queue", stage: 1 });
  });

  test("a stage without waiting of its own needs no queue", () => {
    expect(decided(aMeasure({ share: 0.7, queue: undefined }), second)).toEqual({ kind: "queue", stage: 0 });
  });

  test("a second stage with nothing in it is no rival", () => {
    expect(decided(aMeasure({ share: 1 }), aMeasure({ share: 0, meanItems: 0, full: 0 }))).toEqual({
      kind: "queue",
      stage: 0,
    });
  });

  test("an empty board names nobody", () => {
    const empty = aMeasure({ share: 0, meanItems: 0, variance: 0, full: 0 });
    expect(failed(empty, empty)).toEqual({ test: "share of open time", value: 0, gate: 0.4 });
    expect(failed()).toEqual({ test: "stages between commitment and done", value: 0, gate: 2 });
  });

  test("every gate is a setting", () => {
    const gates = { ...DEFAULT_VERDICT_GATES, queueShare: 0.6 };
    const largest = aMeasure({ share: 0.55 });
    expect(decide([largest, second], gates).kind).toBe("none");
    expect(decide([largest, second], DEFAULT_VERDICT_GATES).kind).toBe("queue");
  });
});
