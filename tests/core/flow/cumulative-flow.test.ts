import { describe, expect, test } from "vitest";
import {
  approximateCycleDays,
  CumulativeFlow,
  regressionLine,
} from "../../../packages/core/src/flow/cumulative-flow.ts";
import { flowOn, measured, onDays, type ReportSketch } from "../../support/a-report.ts";
import { aStage, aStageMap, aStageMapWith } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent } from "../../support/an-item.ts";
import { aZone, day } from "../../support/moments.ts";

const map = aStageMap();

describe("cumulative flow (F13)", () => {
  const cfd = new CumulativeFlow(map, aZone());
  for (const facts of [
    anItemThatWent([
      ["2026-09-07T09:00", "Backlog"],
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Review"],
      ["2026-09-10T09:00", "Test"],
      ["2026-09-11T09:00", "Done"],
    ]),
    // Back from Test to Build on the 10th, on again to Review on the 11th (still behind its mark) and to Test on the 12th.
    anItemThatWent([
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Test"],
      ["2026-09-10T09:00", "Build"],
      ["2026-09-11T09:00", "Review"],
      ["2026-09-12T09:00", "Test"],
    ]),
  ])
    cfd.add(measured(facts).flow);

  test("counts each item at its high-water mark and never falls", () => {
    //                                                                  07 08 09 10 11 12
    expect(cfd.cumulative(day("2026-09-07"), day("2026-09-12"))).toEqual([
      [1, 2, 2, 2, 2, 2],
      [0, 2, 2, 2, 2, 2],
      [0, 0, 2, 2, 2, 2],
      [0, 0, 1, 2, 2, 2],
      [0, 0, 0, 0, 1, 1],
    ]);
  });

  test("opens a correction window at the mark for each stay behind it", () => {
    expect(cfd.corrected(day("2026-09-07"), day("2026-09-12"))).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 1, 1, 0],
      [0, 0, 0, 0, 0, 0],
    ]);
  });

  test("carries what happened before the drawn range in its first value", () => {
    expect(cfd.cumulative(day("2026-09-11"), day("2026-09-11"))).toEqual([[2], [2], [2], [2], [1]]);
    expect(cfd.firstDay).toBe(day("2026-09-07"));
  });

  test("an item that came to stay behind its mark leaves its window open", () => {
    const open = new CumulativeFlow(map, aZone());
    const back = anItemStarted(["2026-09-08T09:00", "Review"], ["2026-09-09T09:00", "Build"]);
    open.add(measured(back).flow);
    expect(open.corrected(day("2026-09-08"), day("2026-11-02"))[2]?.slice(0, 2)).toEqual([0, 1]);
    expect(open.corrected(day("2026-09-08"), day("2026-11-02"))[2]?.at(-1)).toBe(1);
  });

  test("does not move for Unmapped (F1)", () => {
    const quiet = new CumulativeFlow(map, aZone());
    const strayed = anItemThatWent([
      ["2026-09-07T09:00", "Elsewhere"],
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Elsewhere"],
    ]);
    quiet.add(measured(strayed).flow);
    const columns = quiet.cumulative(day("2026-09-07"), day("2026-09-09"));
    expect(columns.slice(0, 3)).toEqual([
      [0, 1, 1],
      [0, 1, 1],
      [0, 0, 0],
    ]);
    expect(quiet.corrected(day("2026-09-07"), day("2026-09-09")).flat()).not.toContain(1);
  });

  test("a withdrawn item stays at the mark from which it left, and is counted in its own column (E12)", () => {
    const dropping = aStageMapWith(aStage("Dropped", "withdrawn"));
    const dropped = anItemStarted(["2026-09-08T09:00", "Review"], ["2026-09-09T09:00", "Dropped"]);
    const withdrawn = new CumulativeFlow(dropping, aZone());
    withdrawn.add(measured(dropped, { map: dropping }).flow);
    expect(withdrawn.cumulative(day("2026-09-08"), day("2026-09-09"))).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 1],
    ]);
  });

  test("takes its days from the report zone", () => {
    // 00:30 on 09-09 in Kolkata.
    const kolkata = new CumulativeFlow(map, aZone("Asia/Kolkata"));
    kolkata.add(measured(anItemStarted(["2026-09-08T19:00", "Build"])).flow);
    expect(kolkata.cumulative(day("2026-09-08"), day("2026-09-09"))[1]).toEqual([0, 1]);
  });

  test("differs from WIP inside a correction window, so both are printed (F8)", () => {
    const back = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Done"],
      ["2026-09-10T09:00", "Build"],
    );
    const flow = flowOn([back]);
    const [committed, done] = [flow.charts.cumulative[1], flow.charts.cumulative[4]];
    expect(onDays(flow, committed, "2026-09-08", "2026-09-11")).toEqual([1, 1, 1, 1]);
    expect(onDays(flow, done, "2026-09-08", "2026-09-11")).toEqual([0, 1, 1, 1]);
    expect(onDays(flow, flow.charts.wip, "2026-09-08", "2026-09-11")).toEqual([1, 1, 1, 1]);
    expect(onDays(flow, flow.charts.corrected[4], "2026-09-08", "2026-09-11")).toEqual([0, 0, 1, 1]);
  });
});

describe("arrival and departure lines (F14)", () => {
  test("are least squares over the days", () => {
    expect(regressionLine([1, 3, 5])).toEqual({ perDay: 2, atFirstDay: 1 });
    // Mean of x 1.5, of y 2; Σ(x−1.5)(y−2) = 4, Σ(x−1.5)² = 5: slope 0.8, at the first day 2 − 1.5 × 0.8 = 0.8.
    const line = regressionLine([1, 1, 3, 3]);
    expect(line?.perDay).toBeCloseTo(0.8, 12);
    expect(line?.atFirstDay).toBeCloseTo(0.8, 12);
  });

  test("need three points", () => {
    expect(regressionLine([1, 3])).toBeUndefined();
    expect(regressionLine([])).toBeUndefined();
    expect(regressionLine([4, 4, 4])).toEqual({ perDay: 0, atFirstDay: 4 });
  });

  test("run over the drawn days: one start a day is one arrival a day, at the commitment and not before it", () => {
    const items = Array.from({ length: 182 }, (_, i) =>
      anItemStarted([new Date(Date.UTC(2026, 4, 5 + i, 9)).toISOString().slice(0, 16), "Build"]),
    );
    const backlog = Array.from({ length: 50 }, () => anItemThatWent([["2026-10-01", "Backlog"]]));
    const { arrivalLine, departureLine } = flowOn([...items, ...backlog], { asOf: "2026-11-02T12:00" }).charts;
    expect(arrivalLine?.perDay).toBeCloseTo(1, 9);
    expect(arrivalLine?.atFirstDay).toBeCloseTo(1, 9);
    expect(departureLine).toEqual({ perDay: 0, atFirstDay: 0 });
  });
});

describe("flow debt (F15)", () => {
  test.each([
    // Day on which the 7th had arrived: the 7th of 10 days; read on day 10, both days counted: 4 d.
    ["one in and, three days later, one out a day", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0, 0, 0, 1, 2, 3, 4, 5, 6, 7], 4],
    ["all out on the day they came in", [1, 2, 3], [1, 2, 3], 1],
    ["a batch of five on day 1, two of them out", [5, 5, 5, 5], [0, 0, 1, 2], 4],
    ["the same, three quiet days later", [5, 5, 5, 5, 5, 5, 5], [0, 0, 1, 2, 2, 2, 2], 4],
  ])("reads the average cycle time off the diagram: %s", (_name, arrived, departed, days) => {
    expect(approximateCycleDays(arrived, departed)).toBe(days);
  });

  test("is not readable while nothing has departed", () => {
    expect(approximateCycleDays([1, 2, 3], [0, 0, 0])).toBeUndefined();
    expect(approximateCycleDays([], [])).toBeUndefined();
  });

  /** One item a day from 10-12 to 10-21, each finished on the same day. */
  const sameDay = Array.from({ length: 10 }, (_, i) =>
    anItemStarted([`2026-10-${12 + i}T09:00`, "Build"], [`2026-10-${12 + i}T17:00`, "Done"]),
  );
  const stuckSince = (date: string): ReturnType<typeof anItemStarted>[] =>
    Array.from({ length: 5 }, () => anItemStarted([`${date}T09:00`, "Build"]));
  const sketch: ReportSketch = { asOf: "2026-10-21T18:00" };

  test("is none when items leave as fast as they come", () => {
    const { approximate, exact, difference } = flowOn(sameDay, sketch).flowDebt;
    expect([approximate.value, exact.value, difference.value]).toEqual([1, 1, 0]);
    expect([approximate.rule, approximate.unit]).toEqual(["F15", "days"]);
  });

  test("is positive when old items are left lying: ten of fifteen arrivals have gone, by the diagram in 6 d", () => {
    // Arrived: 5 on 10-01, then 6 … 15 on 10-12 … 10-21. The tenth arrived on 10-16: 6 d; the finished ones took 1 d.
    // The verdict's window ends on Sunday 10-18: the mean is over the seven that finished by then.
    const { approximate, exact, difference } = flowOn([...stuckSince("2026-10-01"), ...sameDay], sketch).flowDebt;
    expect([approximate.value, exact.value, difference.value]).toEqual([6, 1, 5]);
  });

  // The five were withdrawn on the day they came: departures, of which the diagram must not make a debt (E12).
  test("is none when what did not finish was withdrawn", () => {
    const dropping = aStageMapWith(aStage("Dropped", "withdrawn"));
    const dropped = Array.from({ length: 5 }, () =>
      anItemStarted(["2026-10-01T09:00", "Build"], ["2026-10-01T17:00", "Dropped"]),
    );
    const { approximate, exact, difference } = flowOn([...dropped, ...sameDay], { ...sketch, map: dropping }).flowDebt;
    expect([approximate.value, exact.value, difference.value]).toEqual([1, 1, 0]);
  });
});
