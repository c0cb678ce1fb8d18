import { describe, expect, test } from "vitest";
import { ageDays } from "../../../packages/core/src/flow/ageing.ts";
import { flowOn, measured, onDays, rowOf } from "../../support/a-report.ts";
import { aStage, aStageMap, aStageMapWith, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent, copies } from "../../support/an-item.ts";
import { aZone, day } from "../../support/moments.ts";

describe("WIP at the end of a day (F8)", () => {
  test("counts an item from the day it started to the day before it finished", () => {
    const flow = flowOn([anItemStarted(["2026-09-08T23:59", "Build"], ["2026-09-11T00:00", "Done"])]);
    //                                                                     07 08 09 10 11
    expect(onDays(flow, flow.charts.wip, "2026-09-07", "2026-09-11")).toEqual([0, 1, 1, 1, 0]);
  });

  test("does not count an item that started and finished within the day", () => {
    const flow = flowOn([anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-08T17:00", "Done"])]);
    expect(onDays(flow, flow.charts.wip, "2026-09-07", "2026-09-09")).toEqual([0, 0, 0]);
  });

  test("counts a re-opened item in its gap, as known today", () => {
    const item = anItemStarted(
      ["2026-09-08T09:00", "Build"],
      ["2026-09-10T09:00", "Done"],
      ["2026-09-14T09:00", "Build"],
    );
    const today = flowOn([item]);
    expect(onDays(today, today.charts.wip, "2026-09-09", "2026-09-14")).toEqual([1, 1, 1, 1, 1, 1]);
    const then = flowOn([item], { asOf: "2026-09-13" });
    expect(onDays(then, then.charts.wip, "2026-09-09", "2026-09-13")).toEqual([1, 0, 0, 0, 0]);
  });

  test("ends with a withdrawal", () => {
    const map = aStageMapWith(aStage("Dropped", "withdrawn"));
    const flow = flowOn([anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Dropped"])], { map });
    expect(onDays(flow, flow.charts.wip, "2026-09-08", "2026-09-10")).toEqual([1, 1, 0]);
  });

  test("takes its days from the report zone", () => {
    // 23:30 on 09-08 and 00:30 on 09-10 in Kolkata.
    const item = anItemStarted(["2026-09-08T18:00", "Build"], ["2026-09-09T19:00", "Done"]);
    const flow = flowOn([item], { zone: "Asia/Kolkata" });
    expect(onDays(flow, flow.charts.wip, "2026-09-07", "2026-09-10")).toEqual([0, 1, 1, 0]);
  });

  test("includes items that started before the charts begin", () => {
    const flow = flowOn([anItemStarted(["2025-01-08T09:00", "Build"])]);
    expect(new Set(flow.charts.wip)).toEqual(new Set([1]));
  });
});

describe("age (F9)", () => {
  test("is today minus start plus one day, whatever the item did since", () => {
    const item = anItemStarted(
      ["2026-09-08T23:00", "Build"],
      ["2026-09-10T09:00", "Review"],
      ["2026-09-11T09:00", "Build"],
      ["2026-09-12T09:00", "Backlog"],
    );
    const { flow } = measured(item, { asOf: "2026-09-14T01:00" });
    expect(ageDays(flow, day("2026-09-14"), aZone())).toBe(7);
  });

  test("is 1 on the day of the start", () => {
    const { flow } = measured(anItemStarted(["2026-09-08T09:00", "Build"]), { asOf: "2026-09-08T10:00" });
    expect(ageDays(flow, day("2026-09-08"), aZone())).toBe(1);
  });

  test.each([
    ["finished", anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Done"])],
    ["waiting to start", anItemThatWent([["2026-09-08T09:00", "Backlog"]])],
    ["withdrawn", anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Dropped"])],
  ])("a %s item has none", (_name, facts) => {
    const { flow } = measured(facts, { map: aStageMapWith(aStage("Dropped", "withdrawn")) });
    expect(ageDays(flow, day("2026-11-02"), aZone())).toBeUndefined();
  });

  test("the ageing chart shows the oldest first, with their stage", () => {
    const [young, old] = [
      anItemStarted(["2026-10-30T09:00", "Build"]),
      anItemStarted(["2026-10-20T09:00", "Build"], ["2026-10-25T09:00", "Review"]),
    ];
    const { charts } = flowOn([
      { ...young, key: "PAY-1" },
      { ...old, key: "PAY-2" },
    ]);
    expect(charts.ageing.map(({ key, stage, ageDays: age }) => [key, stage, age])).toEqual([
      ["PAY-2", "Review", 14],
      ["PAY-1", "Build", 4],
    ]);
    expect(charts.ageingOmitted).toBe(0);
  });

  test("shows at most 500 items, and says how many it left out", () => {
    const { charts } = flowOn(copies(2_101, anItemStarted(["2026-10-30T09:00", "Build"])));
    expect([charts.ageing.length, charts.ageingOmitted]).toEqual([500, 1_601]);
  });
});

describe("the stage table today", () => {
  test("counts who is in each stage now, Unmapped among them (E5)", () => {
    const flow = flowOn([
      anItemStarted(["2026-10-01T09:00", "Build"]),
      anItemStarted(["2026-10-01T09:00", "Build"]),
      anItemStarted(["2026-10-01T09:00", "Build"], ["2026-10-05T09:00", "Elsewhere"]),
    ]);
    expect(rowOf(flow, "Build").wip).toMatchObject({ value: 2, n: 2, unit: "items" });
    expect(rowOf(flow, "Unmapped").wip.value).toBe(1);
    expect(flow.counts.wip).toBe(3);
  });

  test("shows utilisation as stage WIP over WIP limit, where a limit was declared (B4)", () => {
    const stages = FIVE_STAGES.map((stage) => (stage.name === "Build" ? { ...stage, limit: 4 } : stage));
    const flow = flowOn(copies(6, anItemStarted(["2026-10-01T09:00", "Build"])), { map: aStageMap({ stages }) });
    expect(rowOf(flow, "Build").utilisation).toMatchObject({ value: 1.5, n: 6, unit: "ratio", rule: "B4" });
    expect(rowOf(flow, "Review").utilisation).toBeNull();
  });

  test("shows the 85th percentile of the ages of ten items and more", () => {
    // Ages 1 to 10 d on 11-02: the 9th value (0.85 × 10 = 8.5, rank 9).
    const items = Array.from({ length: 10 }, (_, i) =>
      anItemStarted([new Date(Date.UTC(2026, 10, 2 - i)).toISOString().slice(0, 10), "Build"]),
    );
    expect(rowOf(flowOn(items), "Build").age85).toMatchObject({ value: 9, n: 10, unit: "days", rule: "F9" });
  });

  test("shows it for fewer as well: it describes all that are there, and is no sample", () => {
    const flow = flowOn(copies(9, anItemStarted(["2026-10-01T09:00", "Build"])));
    expect(rowOf(flow, "Build").age85).toMatchObject({ value: 33, n: 9 });
    expect(rowOf(flow, "Review").age85).toMatchObject({ value: null, n: 0 });
  });
});

describe("open items (E11)", () => {
  const open = anItemStarted(["2026-09-08T09:00", "Build"]);
  const finished = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Done"]);
  const neverStarted = anItemThatWent([
    ["2026-09-07T09:00", "Backlog"],
    ["2026-09-09T09:00", "Done"],
  ]);

  test("are in WIP and age, never in cycle-time percentiles", () => {
    const flow = flowOn([...copies(10, finished), ...copies(5, open)]);
    expect(flow.cycleTime.p95).toMatchObject({ value: 2, n: 10 });
    expect(flow.counts.wip).toBe(5);
    expect(flow.charts.ageing).toHaveLength(5);
    expect(flow.charts.scatter).toHaveLength(10);
  });

  test.each([
    ["17 of 20, which is 85 %", 17, 3, undefined],
    ["16 of 20", 16, 4, { kind: "survivor-bias", count: 4, keys: [] }],
  ])("survivor bias is warned of when under 85 %% of finished items have a start: %s", (_n, started, not, finding) => {
    const flow = flowOn([...copies(started, finished), ...copies(not, neverStarted)]);
    expect(flow.findings.find(({ kind }) => kind === "survivor-bias")).toEqual(finding);
  });

  test("the warning touches the cycle time", () => {
    const flow = flowOn([...copies(16, finished), ...copies(4, neverStarted)]);
    expect(flow.cycleTime.p85.findings).toContain("survivor-bias");
    expect(flow.charts.scatter).toHaveLength(16);
  });
});
