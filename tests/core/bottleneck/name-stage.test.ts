import { DEFAULT_VERDICT_GATES, measureStages, type Naming, nameStage } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { logicalBoard } from "../../../packages/core/src/flow/bottleneck/logical-stages.ts";
import type { StageSamples, WeekSums } from "../../../packages/core/src/flow/bottleneck/stage-samples.ts";
import { aStage, aStageMap, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { aWeek, someSamples, WEEK_HOURS } from "../../support/a-stage-measure.ts";

function named(samples: StageSamples): Naming {
  const weeks = samples.finishesByWeek.map((_, week) => week);
  return nameStage(samples, measureStages(samples, weeks), DEFAULT_VERDICT_GATES);
}

function weeks(count: number, week: WeekSums): WeekSums[] {
  return Array.from({ length: count }, () => week);
}

/** Most open time in the given one of the three stages. */
function heavyAt(stage: number, heavy: WeekSums = aWeek(8)): WeekSums[][] {
  return [0, 1, 2].map((i) => weeks(4, i === stage ? heavy : aWeek(1)));
}

describe("too few finishes (B2.1)", () => {
  const nine = { ...someSamples({ sums: heavyAt(1) }), finishes: 9 };

  test("nine refuse, whatever the stages show", () => {
    expect(named(nine)).toEqual({
      stage: undefined,
      because: "too-few-finishes",
      failed: { test: "items finished in the window", value: 9, gate: 10 },
    });
  });

  test("ten are enough", () => {
    expect(named({ ...nine, finishes: 10 })).toEqual({ stage: 1, because: "queue", failed: undefined });
  });
});

describe("no clear constraint (B2.5)", () => {
  test("tells the first failed test", () => {
    const even = [0, 1, 2].map(() => weeks(4, aWeek(2)));
    const naming = named(someSamples({ sums: even }));
    expect(naming).toMatchObject({ stage: undefined, because: "no-clear-constraint" });
    expect(naming.failed).toEqual({ test: "share of open time", value: 1 / 3, gate: 0.4 });
  });
});

describe("batches (B2.4)", () => {
  // 4 weeks: 20 working days, the busiest 10 % are two.
  const fridays = [0, 0, 0, 0, 10, 0, 0];
  /** Eight items in Test, so many of them waiting on average. */
  const waiting = (items: number): WeekSums => aWeek(8, { waitingItems: items * WEEK_HOURS, queueHours: WEEK_HOURS });
  const separate = logicalBoard(
    aStageMap({ stages: [...FIVE_STAGES.slice(0, 3), aStage("Ready for test", "waiting"), ...FIVE_STAGES.slice(3)] }),
  );

  test("half of the finishes on the busiest tenth of the working days: the last stage is not named", () => {
    // Ten on each of four Fridays: 20 of 40 on two days.
    expect(named(someSamples({ sums: heavyAt(2), finishesAWeek: fridays }))).toEqual({
      stage: undefined,
      because: "batch",
      failed: { test: "share of finishes on the busiest tenth of working days", value: 0.5, gate: 0.5 },
    });
  });

  test("less than half: it is named", () => {
    // Ten on each of four Fridays and one on a Monday each week: 20 of 44.
    const samples = someSamples({ sums: heavyAt(2), finishesAWeek: [1, 0, 0, 0, 10, 0, 0] });
    expect(named(samples)).toEqual({ stage: 2, because: "queue", failed: undefined });
  });

  test("finishes on weekends count against the working days as well", () => {
    const saturdays = someSamples({ sums: heavyAt(2), finishesAWeek: [0, 0, 0, 0, 0, 10, 0] });
    expect(named(saturdays).because).toBe("batch");
  });

  test("the busiest tenth is one of the working days, not of all days", () => {
    // Eight weeks: 40 working days, the busiest four of them with 40 of 88 finishes. Five of 56 days would hold 50.
    const sums = [aWeek(1), aWeek(1), aWeek(8)].map((week) => weeks(8, week));
    const samples = someSamples({ sums, finishesAWeek: [1, 0, 0, 0, 10, 0, 0] });
    expect(named(samples)).toEqual({ stage: 2, because: "queue", failed: undefined });
  });

  test("a stage before the last is named all the same", () => {
    expect(named(someSamples({ sums: heavyAt(1), finishesAWeek: fridays }))).toMatchObject({
      stage: 1,
      because: "queue",
    });
  });

  test("the ceiling of the last stage is named all the same", () => {
    // Always exactly 4 items: no variance.
    const steady = aWeek(4, { itemsSquared: 16 * WEEK_HOURS });
    const samples = someSamples({ sums: heavyAt(2, steady), finishesAWeek: fridays });
    expect(named(samples)).toMatchObject({ stage: 2, because: "ceiling" });
  });

  test("with more than 80 % of its WIP waiting it is a policy queue", () => {
    const samples = (items: number): StageSamples =>
      someSamples({ sums: heavyAt(2, waiting(items)), finishesAWeek: fridays, board: separate });
    // 6.4 of 8 are 80 %.
    expect(named(samples(6.5))).toEqual({ stage: 2, because: "policy-queue", failed: undefined });
    expect(named(samples(6.4))).toMatchObject({ stage: undefined, because: "batch" });
  });

  test("waiting alone makes no policy queue without batches", () => {
    const samples = someSamples({ sums: heavyAt(2, waiting(8)), board: separate });
    expect(named(samples)).toMatchObject({ stage: 2, because: "queue" });
  });
});
