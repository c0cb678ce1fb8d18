import { UNMAPPED } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import {
  controlChartMilliseconds,
  erasedTimeInStages,
  timeInStages,
} from "../../../packages/core/src/flow/time-in-stage.ts";
import { flowOn, measured, rowOf } from "../../support/a-report.ts";
import { aStage, aStageMap, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent, copies } from "../../support/an-item.ts";
import { DAY, HOUR, utc } from "../../support/moments.ts";

const [BACKLOG, BUILD, REVIEW, TEST, DONE] = [0, 1, 2, 3, 4];

describe("time in stage (F11)", () => {
  test("joins two statuses of one stage to one visit", () => {
    const stages = FIVE_STAGES.map((stage) =>
      stage.name === "Build" ? { ...stage, statuses: ["Build", "Code"] } : stage,
    );
    const item = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Code"],
      ["2026-09-11T09:00", "Done"],
    );
    const { flow } = measured(item, { map: aStageMap({ stages }) });
    expect(timeInStages(flow).find(({ stage }) => stage === BUILD)).toEqual({
      stage: BUILD,
      visits: 1,
      total: 72 * HOUR,
      first: 72 * HOUR,
      last: 72 * HOUR,
      average: 72 * HOUR,
    });
  });

  test("counts a visit that is still open up to the as-of instant", () => {
    const { flow } = measured(anItemStarted(["2026-09-08T09:00", "Build"]), { asOf: "2026-09-08T12:00" });
    expect(timeInStages(flow).find(({ stage }) => stage === BUILD)?.total).toBe(3 * HOUR);
  });

  test("comes in map order, with Unmapped last", () => {
    const { flow } = measured(
      anItemStarted(["2026-09-08T09:00", "Elsewhere"], ["2026-09-09T09:00", "Test"], ["2026-09-10T09:00", "Build"]),
    );
    expect(timeInStages(flow).map(({ stage }) => stage)).toEqual([BACKLOG, BUILD, TEST, UNMAPPED]);
  });

  test("in the table: items that finished in the window, with n, unit and rule", () => {
    // Ten items spend 1 to 10 days in Build: the median is the 5th value, the 85th percentile the 9th.
    const items = Array.from({ length: 10 }, (_, i) =>
      anItemStarted(["2026-09-08T09:00", "Build"], [`2026-09-${String(9 + i).padStart(2, "0")}T09:00`, "Done"]),
    );
    const row = rowOf(flowOn([...items, anItemStarted(["2026-09-08T09:00", "Build"])]), "Build");
    expect(row.median).toMatchObject({ value: 5 * DAY, n: 10, unit: "milliseconds", rule: "F11", note: "thin data" });
    expect(row.p85).toMatchObject({ value: 9 * DAY, n: 10 });
  });

  test("in the table: nothing of items that finished before the window, which the chart still shows", () => {
    const before = anItemStarted(["2026-08-20T09:00", "Build"], ["2026-08-25T09:00", "Done"]);
    const flow = flowOn(copies(10, before));
    expect(rowOf(flow, "Build").median).toMatchObject({ value: null, n: 0 });
    expect(flow.charts.timeInStage[0]).toEqual({ stage: "Build", n: 10, quantiles: [5, 5, 5, 5, 5] });
  });

  test("in the chart: days at p25, p50, p75, p85, p95, from commitment to before done", () => {
    const items = Array.from({ length: 20 }, (_, i) =>
      anItemStarted(
        ["2026-09-08T00:00", "Build"],
        [new Date(Date.UTC(2026, 8, 9 + i)).toISOString().slice(0, 10), "Done"],
      ),
    );
    // Of 20 values 1…20 the ranks are 5, 10, 15, 17, 19.
    expect(flowOn(items).charts.timeInStage).toEqual([
      { stage: "Build", n: 20, quantiles: [5, 10, 15, 17, 19] },
      { stage: "Review", n: 0, quantiles: [null, null, null, null, null] },
      { stage: "Test", n: 0, quantiles: [null, null, null, null, null] },
    ]);
  });
});

describe("never visited is not zero (F12)", () => {
  test("a skipped stage has no value and no items", () => {
    const item = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Done"]);
    expect(rowOf(flowOn(copies(10, item)), "Review").median).toMatchObject({ value: null, n: 0, note: "no items" });
  });

  test("a stage that was passed at once has the value 0 and its items", () => {
    const item = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Review"],
      ["2026-09-09T09:00", "Done"],
    );
    expect(rowOf(flowOn(copies(10, item)), "Review").median).toMatchObject({ value: 0, n: 10 });
    expect(rowOf(flowOn(copies(10, item)), "Review").visits).toMatchObject({ value: 1, n: 10 });
  });
});

describe("backward moves (E1)", () => {
  const back = anItemStarted(
    ["2026-09-08T09:00", "Build"],
    ["2026-09-10T09:00", "Test"],
    ["2026-09-13T09:00", "Review"],
    ["2026-09-14T09:00", "Done"],
  );

  test("keep the real time where it was spent, and flag the item", () => {
    const { flow } = measured(back);
    const days = timeInStages(flow).map(({ stage, total }) => [stage, total / DAY]);
    expect(Object.fromEntries(days)).toMatchObject({ [BUILD]: 2, [REVIEW]: 1, [TEST]: 3 });
    expect(flow.flags.has("backward-move")).toBe(true);
  });

  test("moved to the earlier stage in the erased view: Test never happened, Review took 4 d", () => {
    const days = [...erasedTimeInStages(measured(back).flow)].map(([stage, time]) => [stage, time / DAY]);
    expect(Object.fromEntries(days)).toEqual({ [BACKLOG]: 0, [BUILD]: 2, [REVIEW]: 4 });
  });

  test("in the table: the erased view stands beside the real one", () => {
    const flow = flowOn(copies(10, back));
    const days = (stage: string): (number | null)[] =>
      [rowOf(flow, stage).median, rowOf(flow, stage).erased].map(({ value }) => (value === null ? null : value / DAY));
    expect([days("Build"), days("Review"), days("Test")]).toEqual([
      [2, 2],
      [1, 4],
      [3, null],
    ]);
  });

  test("the erased view leaves Unmapped time where it is", () => {
    const item = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Review"],
      ["2026-09-11T09:00", "Elsewhere"],
      ["2026-09-12T09:00", "Build"],
      ["2026-09-14T09:00", "Done"],
    );
    const days = [...erasedTimeInStages(measured(item).flow)].map(([stage, time]) => [stage, time / DAY]);
    expect(Object.fromEntries(days)).toEqual({ [BACKLOG]: 0, [BUILD]: 5, [UNMAPPED]: 1 });
  });

  test("an item that only moves forward is not flagged", () => {
    const item = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Review"]);
    expect(measured(item).flow.flags.has("backward-move")).toBe(false);
  });

  test("a second step back is counted as well, and both are one flag in the findings", () => {
    const twice = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Test"],
      ["2026-09-10T09:00", "Review"],
      ["2026-09-11T09:00", "Build"],
    );
    expect(flowOn([twice]).findings).toContainEqual({ kind: "backward-move", count: 1, keys: ["PAY-88"] });
  });
});

describe("skipped stages (E4)", () => {
  test("are those that the item passed and never visited", () => {
    const item = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Done"]);
    const { flow } = measured(item);
    expect(flow.skipped).toEqual([REVIEW, TEST]);
    expect(flow.flags.has("skipped-stage")).toBe(true);
  });

  test("a stage that the item visited later was not skipped", () => {
    const item = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-10T09:00", "Test"],
      ["2026-09-11T09:00", "Review"],
      ["2026-09-12T09:00", "Done"],
    );
    expect(measured(item).flow.skipped).toEqual([]);
  });

  test("stages left of where the item was created were not skipped (E15)", () => {
    expect(measured(anItemThatWent([["2026-09-08T09:00", "Test"]])).flow.skipped).toEqual([]);
  });

  test("a waiting stage may be passed over", () => {
    const stages = [...FIVE_STAGES.slice(0, 2), aStage("Ready for review", "waiting"), ...FIVE_STAGES.slice(2)];
    const item = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Review"]);
    expect(measured(item, { map: aStageMap({ stages }) }).flow.flags.has("skipped-stage")).toBe(false);
  });

  test("a withdrawn stage in between is none that can be skipped", () => {
    const stages = [...FIVE_STAGES.slice(0, 4), aStage("Dropped", "withdrawn"), aStage("Done", "done")];
    const item = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-09T09:00", "Review"],
      ["2026-09-10T09:00", "Test"],
      ["2026-09-11T09:00", "Done"],
    );
    expect(measured(item, { map: aStageMap({ stages }) }).flow.skipped).toEqual([]);
  });
});

describe("Unmapped (E5)", () => {
  const item = anItemStarted(
    ["2026-09-08T09:00", "Build"],
    ["2026-09-09T09:00", "Elsewhere"],
    ["2026-09-12T09:00", "Build"],
    ["2026-09-14T09:00", "Done"],
  );

  test("its time is visible and never dropped", () => {
    const flow = flowOn(copies(10, item));
    expect(rowOf(flow, "Unmapped")).toMatchObject({ kind: "unmapped", median: { value: 3 * DAY, n: 10 } });
    expect(rowOf(flow, "Build").median.value).toBe(3 * DAY);
    expect(rowOf(flow, "Build").visits.value).toBe(2);
    expect(rowOf(flow, "Build").firstVisit.value).toBe(DAY);
  });

  test("the report lists the status ids, each once", () => {
    expect(flowOn(copies(10, item)).findings).toContainEqual({
      kind: "unmapped-status",
      count: 1,
      keys: ["Elsewhere"],
    });
  });

  test("it moves neither start nor finish nor mark, and is no backward move (F1)", () => {
    const { flow } = measured(item);
    expect(flow.marks.map(({ stage }) => stage)).toEqual([BACKLOG, BUILD, DONE]);
    expect([...flow.flags].sort()).toEqual(["skipped-stage", "unmapped-status"]);
    expect([flow.startedAt, flow.finishedAt]).toEqual([utc("2026-09-08T09:00"), utc("2026-09-14T09:00")]);
  });

  test("it is no part of the control chart's sum", () => {
    expect(controlChartMilliseconds(measured(item).flow, aStageMap())).toBe(3 * DAY);
  });
});
