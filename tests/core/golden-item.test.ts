import { type ItemFlow, leadMilliseconds } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { CumulativeFlow } from "../../packages/core/src/flow/cumulative-flow.ts";
import { cycleDays, cycleMilliseconds } from "../../packages/core/src/flow/cycle-time.ts";
import {
  controlChartMilliseconds,
  erasedTimeInStages,
  type StageTime,
  timeInStages,
} from "../../packages/core/src/flow/time-in-stage.ts";
import { flowOn, measured, onDays, rowOf } from "../support/a-report.ts";
import { aStageMap } from "../support/a-stage-map.ts";
import { copies } from "../support/an-item.ts";
import { GOLDEN_ITEM } from "../support/golden-item.ts";
import { aZone, day, HOUR, utc } from "../support/moments.ts";

const map = aStageMap();
const [BACKLOG, BUILD, REVIEW, TEST, DONE] = [0, 1, 2, 3, 4];

function goldenFlow(): ItemFlow {
  return measured(GOLDEN_ITEM).flow;
}

function hoursIn(stage: number): Partial<Record<keyof StageTime, number>> | undefined {
  const time = timeInStages(goldenFlow()).find((candidate) => candidate.stage === stage);
  if (time === undefined) return undefined;
  const { visits, total, first, last, average } = time;
  return { visits, total: total / HOUR, first: first / HOUR, last: last / HOUR, average: average / HOUR };
}

describe("golden item, our row", () => {
  test("starts on 09-08, finishes on 09-18, and takes 11 d, that is 240 h (F2, F3, F5)", () => {
    const flow = goldenFlow();
    expect(flow.startedAt).toBe(utc("2026-09-08T09:00"));
    expect(flow.finishedAt).toBe(utc("2026-09-18T09:00"));
    expect(cycleDays(flow, aZone())).toBe(11);
    expect(cycleMilliseconds(flow)).toBe(240 * HOUR);
  });

  // Build 48 + 72; Review 24 + 48 + 24.
  test("spends 120 h in Build in 2 visits and 96 h in Review in 3 (F11)", () => {
    expect(hoursIn(BUILD)).toMatchObject({ total: 120, visits: 2 });
    expect(hoursIn(REVIEW)).toMatchObject({ total: 96, visits: 3 });
  });

  test("was never in Test: no entry, not 0 (E4, F12)", () => {
    expect(hoursIn(TEST)).toBeUndefined();
    expect(goldenFlow().skipped).toEqual([TEST]);
  });

  test("spends 24 of its 240 h in the gap in done, which belongs to no stage of the flow (E2)", () => {
    const inStages = (hoursIn(BUILD)?.total ?? 0) + (hoursIn(REVIEW)?.total ?? 0);
    expect(240 - inStages).toBe(24);
    expect(goldenFlow().visits).toContainEqual({
      stage: DONE,
      start: utc("2026-09-16T09:00"),
      end: utc("2026-09-17T09:00"),
      open: false,
    });
  });

  test("has a lead time of 264 h, 12 d (F7)", () => {
    expect(leadMilliseconds(goldenFlow())).toBe(264 * HOUR);
    expect(day("2026-09-18") - day("2026-09-07") + 1).toBe(12);
  });

  test("was in done first on 09-16, which would give 9 d", () => {
    const { startedAt, firstDoneAt } = goldenFlow();
    expect(firstDoneAt).toBe(utc("2026-09-16T09:00"));
    expect(cycleDays({ startedAt, finishedAt: firstDoneAt }, aZone())).toBe(9);
  });

  test("carries its edge cases as flags (E1, E2, E4)", () => {
    expect([...goldenFlow().flags].sort()).toEqual(["backward-move", "reopened", "skipped-stage"]);
    expect(goldenFlow().reopenCount).toBe(1);
  });
});

describe("golden item, other readings", () => {
  test("first, last and average visit: Build 48, 72, 60 h; Review 24, 24, 32 h (F11)", () => {
    expect(hoursIn(BUILD)).toMatchObject({ first: 48, last: 72, average: 60 });
    expect(hoursIn(REVIEW)).toMatchObject({ first: 24, last: 24, average: 32 });
  });

  test("Jira's control chart adds up 216 h: the gap is missing (E2)", () => {
    expect(controlChartMilliseconds(goldenFlow(), map)).toBe(216 * HOUR);
  });

  test("erased into the earlier stage: Build 144 h, Review 96 h, Backlog 24 h (E1)", () => {
    const hours = [...erasedTimeInStages(goldenFlow())].map(([stage, time]) => [stage, time / HOUR]);
    expect(Object.fromEntries(hours)).toEqual({ [BACKLOG]: 24, [BUILD]: 144, [REVIEW]: 96 });
  });
});

describe("golden item in the cumulative flow diagram (F13)", () => {
  const cfd = new CumulativeFlow(map, aZone());
  cfd.add(goldenFlow());
  const [first, last] = [day("2026-09-07"), day("2026-09-19")];

  //                                     07 08 09 10 11 12 13 14 15 16 17 18 19
  test("never falls, and counts the skipped Test as passed", () => {
    expect(cfd.cumulative(first, last)).toEqual([
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
    ]);
  });

  test("has one correction window behind Review's mark and one behind Done's", () => {
    expect(cfd.corrected(first, last)).toEqual([
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    ]);
  });
});

describe("ten golden items in a report", () => {
  const flow = flowOn(copies(10, GOLDEN_ITEM));

  test("show our row in the stage table", () => {
    const figures = ["median", "visits", "firstVisit", "lastVisit", "averageVisit", "erased"] as const;
    const inHours = (stage: string): (number | null)[] =>
      figures.map((figure) => {
        const { value, unit } = rowOf(flow, stage)[figure];
        return value !== null && unit === "milliseconds" ? value / HOUR : value;
      });
    expect(inHours("Build")).toEqual([120, 2, 48, 72, 60, 144]);
    expect(inHours("Review")).toEqual([96, 3, 24, 24, 32, 96]);
    expect(inHours("Test")).toEqual([null, null, null, null, null, null]);
  });

  test("show 11 d, a lead time of 264 h and the control chart's 216 h beside it", () => {
    expect(flow.cycleTime.p85).toMatchObject({ value: 11, n: 10, unit: "days", rule: "F5" });
    expect(flow.leadTime.p85).toMatchObject({ value: 264 * HOUR, n: 10, unit: "milliseconds", rule: "F7" });
    expect(flow.cycleTime.controlChart).toMatchObject({ value: 216 * HOUR, rule: "E2" });
  });

  test("count as WIP in the gap of 09-16 and no more from 09-18 on (F8)", () => {
    expect(onDays(flow, flow.charts.wip, "2026-09-07", "2026-09-08")).toEqual([0, 10]);
    expect(onDays(flow, flow.charts.wip, "2026-09-15", "2026-09-19")).toEqual([10, 10, 10, 0, 0]);
  });

  test("finish once, on 09-18 (F10)", () => {
    expect(onDays(flow, flow.charts.throughput, "2026-09-16", "2026-09-18")).toEqual([0, 0, 10]);
    expect(flow.counts).toMatchObject({ items: 10, finished: 10, reopened: 10, wip: 0 });
  });

  test("have no row for Unmapped, where nothing was", () => {
    expect(flow.stages.map(({ name }) => name)).toEqual(["Backlog", "Build", "Review", "Test", "Done"]);
  });
});
