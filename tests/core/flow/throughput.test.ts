import { describe, expect, test } from "vitest";
import { flowOn, onDays, rowOf } from "../../support/a-report.ts";
import { aStage, aStageMapWith } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent, copies } from "../../support/an-item.ts";

describe("throughput (F10)", () => {
  const map = aStageMapWith(aStage("Dropped", "withdrawn"));
  const finishedOn = (finish: string): ReturnType<typeof anItemStarted> =>
    anItemStarted(["2026-09-08T09:00", "Build"], [finish, "Done"]);
  const flow = flowOn(
    [
      finishedOn("2026-09-09T09:00"),
      finishedOn("2026-09-09T23:59"),
      finishedOn("2026-09-12T00:00"),
      anItemThatWent([
        ["2026-09-08T09:00", "Backlog"],
        ["2026-09-12T09:00", "Done"],
      ]),
      anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-11T09:00", "Dropped"]),
    ],
    { map },
  );

  test("is zero, not missing, on days without a finish; counts the never started and not the withdrawn", () => {
    //                                                                            08 09 10 11 12 13
    expect(onDays(flow, flow.charts.throughput, "2026-09-08", "2026-09-13")).toEqual([0, 2, 0, 0, 2, 0]);
    expect(flow.charts.throughput).toHaveLength(182);
  });

  test("weeks without finishes are there as well", () => {
    expect(flow.weeks.map(({ departures }) => departures)).toEqual([4, 0, 0, 0, 0, 0, 0, 0]);
    expect(flow.weeks.map(({ week }) => week)).toEqual([
      "2026-09-07",
      "2026-09-14",
      "2026-09-21",
      "2026-09-28",
      "2026-10-05",
      "2026-10-12",
      "2026-10-19",
      "2026-10-26",
    ]);
  });
});

describe("net flow (F26)", () => {
  const early = anItemStarted(
    ["2026-09-08T09:00", "Build"],
    ["2026-09-10T09:00", "Review"],
    ["2026-09-15T09:00", "Done"],
  );
  const late = anItemStarted(["2026-09-15T09:00", "Build"]);

  test("of a week at commitment: arrivals and departures", () => {
    // Week 1: 3 start; week 2: 2 start, 3 finish: net flow +3, then −1.
    const { weeks } = flowOn([...copies(3, early), ...copies(2, late)]);
    expect(weeks.slice(0, 3)).toEqual([
      { week: "2026-09-07", arrivals: 3, departures: 0, withdrawn: 0, net: 3 },
      { week: "2026-09-14", arrivals: 2, departures: 3, withdrawn: 0, net: -1 },
      { week: "2026-09-21", arrivals: 0, departures: 0, withdrawn: 0, net: 0 },
    ]);
  });

  test("a withdrawal is a departure (E12)", () => {
    const map = aStageMapWith(aStage("Dropped", "withdrawn"));
    const dropped = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-15T09:00", "Dropped"]);
    const { weeks } = flowOn([...copies(2, dropped), early, late], { map });
    // Week 2: 1 starts, 1 finishes, 2 are withdrawn.
    expect(weeks[1]).toEqual({ week: "2026-09-14", arrivals: 1, departures: 1, withdrawn: 2, net: -2 });
  });

  test("of each stage: entries and exits a week, over eight weeks", () => {
    const flow = flowOn([...copies(3, early), ...copies(2, late)]);
    expect(rowOf(flow, "Build").arrivalsPerWeek).toMatchObject({ value: 5 / 8, n: 5, unit: "items/week", rule: "F26" });
    expect(rowOf(flow, "Build").departuresPerWeek).toMatchObject({ value: 3 / 8, n: 3 });
    expect(rowOf(flow, "Review").arrivalsPerWeek.value).toBe(3 / 8);
    expect(rowOf(flow, "Review").departuresPerWeek.value).toBe(3 / 8);
    expect(rowOf(flow, "Done").departuresPerWeek.value).toBe(0);
  });

  test("every visit is an arrival of its own (E1)", () => {
    const back = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Review"],
      ["2026-09-10T09:00", "Build"],
    );
    const row = rowOf(flowOn([back]), "Build");
    expect([row.arrivalsPerWeek.n, row.departuresPerWeek.n]).toEqual([2, 1]);
  });

  test("an item that is still there has not departed", () => {
    // The as-of instant lies in the last hour of the window's last day.
    const row = rowOf(flowOn([late], { asOf: "2026-11-01T23:30" }), "Build");
    expect([row.arrivalsPerWeek.n, row.departuresPerWeek.n]).toEqual([1, 0]);
  });

  test("moves outside the window are no part of it", () => {
    // The window begins on 2026-09-07.
    const before = anItemStarted(["2026-09-06T23:59", "Build"], ["2026-09-07T00:00", "Review"]);
    const row = rowOf(flowOn([before]), "Build");
    expect([row.arrivalsPerWeek.n, row.departuresPerWeek.n]).toEqual([0, 1]);
  });
});
