import { buildTimeline, DEFAULT_REPORT_SETTINGS, GONE } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { CumulativeFlow } from "../../../packages/core/src/flow/cumulative-flow.ts";
import { measureItem } from "../../../packages/core/src/flow/item-flow.ts";
import { flowOn, onDays, rowOf } from "../../support/a-report.ts";
import { aStage, aStageMap, aStageMapWith } from "../../support/a-stage-map.ts";
import { anItemThatWent, copies, type Step } from "../../support/an-item.ts";
import { aZone, day, utc } from "../../support/moments.ts";

const AS_OF = utc("2026-09-30");
const BEGUN: readonly [Step, ...Step[]] = [
  ["2026-09-07T09:00", "Backlog"],
  ["2026-09-08T09:00", "Build"],
];

function flowOf(...rest: readonly Step[]) {
  const timeline = buildTimeline(anItemThatWent([...BEGUN, ...rest]), AS_OF);
  if (timeline === undefined) throw new Error("no timeline");
  return { timeline, flow: measureItem(timeline, aStageMap(), DEFAULT_REPORT_SETTINGS.flow) };
}

describe("an item that is gone (E13)", () => {
  test("leaves when it goes: a departure and no throughput", () => {
    const { timeline, flow } = flowOf(["2026-09-10T09:00", GONE]);
    expect(timeline.stays.at(-1)).toMatchObject({ status: "Build", end: utc("2026-09-10T09:00"), open: false });
    expect(timeline.goneAt).toBe(utc("2026-09-10T09:00"));
    expect(flow).toMatchObject({ withdrawnAt: utc("2026-09-10T09:00"), finishedAt: undefined });
    const flows = new CumulativeFlow(aStageMap(), aZone());
    flows.add(flow);
    expect(flows.departed(day("2026-09-09"), day("2026-09-11"))).toEqual([0, 1, 1]);
  });

  test("has the status that the source showed before it went: that is no mismatch", () => {
    const item = anItemThatWent([...BEGUN, ["2026-09-10T09:00", GONE]], { currentStatus: "Build" });
    expect(buildTimeline(item, AS_OF)?.flaws).toEqual([]);
  });

  test("stays finished when it was done before", () => {
    const { flow } = flowOf(["2026-09-10T09:00", "Done"], ["2026-09-20T09:00", GONE]);
    expect(flow).toMatchObject({ finishedAt: utc("2026-09-10T09:00"), withdrawnAt: undefined });
  });

  test("is resurrected when it reappears: the time between belongs to no stage", () => {
    const { timeline, flow } = flowOf(["2026-09-10T09:00", GONE], ["2026-09-12T09:00", "Build"]);
    expect(timeline.goneAt).toBeUndefined();
    expect(flow.withdrawnAt).toBeUndefined();
    expect(flow.visits.map(({ stage, start, end }) => [stage, start, end])).toEqual([
      [0, utc("2026-09-07T09:00"), utc("2026-09-08T09:00")],
      [1, utc("2026-09-08T09:00"), utc("2026-09-10T09:00")],
      [1, utc("2026-09-12T09:00"), AS_OF],
    ]);
  });
});

describe("a report of three that were in Build, one of which is gone", () => {
  const left = copies(2, anItemThatWent(BEGUN));
  const gone = anItemThatWent([...BEGUN, ["2026-09-10T09:00", GONE]]);
  const flow = flowOn([...left, gone]);

  test("counts it in no stage now, and in what came to Build, left it and was wasted there", () => {
    // 8 September to 2 November, both included, are 23 + 31 + 2 days; the rates are over eight weeks.
    expect(rowOf(flow, "Build")).toMatchObject({
      wip: { value: 2 },
      age85: { value: 56, n: 2 },
      arrivalsPerWeek: { value: 3 / 8 },
      departuresPerWeek: { value: 1 / 8 },
      withdrawn: { value: 1 },
    });
    expect(flow.stages.map(({ name, wip }) => [name, wip.value])).toEqual([
      ["Backlog", 0],
      ["Build", 2],
      ["Review", 0],
      ["Test", 0],
      ["Done", 0],
    ]);
  });

  test("has it in progress until it went, and among the withdrawn since", () => {
    expect(flow.counts).toMatchObject({ items: 3, wip: 2, waitingToStart: 0, finished: 0, withdrawn: 1 });
    //                                                                     08 09 10 11
    expect(onDays(flow, flow.charts.wip, "2026-09-08", "2026-09-11")).toEqual([3, 3, 2, 2]);
    expect(flow.weeks[0]).toMatchObject({ arrivals: 3, departures: 0, withdrawn: 1, net: 2 });
    expect(rowOf(flowOn([gone], { asOf: "2026-09-09" }), "Build").wip.value).toBe(1);
  });

  test("lists it nowhere, and forecasts without it", () => {
    const keys = left.map(({ key }) => key);
    expect(flow.charts.ageing.map(({ key }) => key)).toEqual(keys);
    expect(flow.stalled).toMatchObject({ items: { value: 2 }, keys });
    expect(flow.monteCarlo.remaining).toBe(2);
  });

  test("keeps the lines of the cumulative flow, which never fall (F13)", () => {
    expect(onDays(flow, flow.charts.cumulative[1], "2026-09-08", "2026-09-11")).toEqual([3, 3, 3, 3]);
  });

  test("counts it in no stage now wherever it was: before the start, done, withdrawn or in none", () => {
    const map = aStageMapWith(aStage("Dropped", "withdrawn"));
    for (const status of ["Backlog", "Done", "Dropped", "Nowhere"]) {
      const item = anItemThatWent([...BEGUN, ["2026-09-09T09:00", status], ["2026-09-10T09:00", GONE]]);
      expect(flowOn([item], { map }).stages.filter(({ wip }) => wip.value !== 0)).toEqual([]);
    }
  });

  test("one that was withdrawn and is still there stands in the withdrawn stage, and in no other", () => {
    const map = aStageMapWith(aStage("Dropped", "withdrawn"));
    const dropped = flowOn([anItemThatWent([...BEGUN, ["2026-09-10T09:00", "Dropped"]])], { map });
    expect(dropped.counts).toMatchObject({ wip: 0, withdrawn: 1 });
    expect(rowOf(dropped, "Build")).toMatchObject({ wip: { value: 0 }, age85: { n: 0 }, withdrawn: { value: 1 } });
    expect(rowOf(dropped, "Dropped")).toMatchObject({ wip: { value: 1 }, age85: { n: 0 } });
  });
});
