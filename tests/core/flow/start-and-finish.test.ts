import type { ItemFlow, StageMap } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { cycleDays } from "../../../packages/core/src/flow/cycle-time.ts";
import { flowOn, measured, rowOf } from "../../support/a-report.ts";
import { aStage, aStageMap, aStageMapWith, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent, type Step } from "../../support/an-item.ts";
import { aZone, HOUR, utc } from "../../support/moments.ts";

const CREATED: Step = ["2026-09-07T09:00", "Backlog"];

function flowThrough(steps: readonly [Step, ...Step[]], map?: StageMap): ItemFlow {
  return measured(anItemThatWent(steps), map === undefined ? {} : { map }).flow;
}

describe("start (F2)", () => {
  test("is the first entry into the commitment stage", () => {
    const flow = flowThrough([CREATED, ["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Review"]]);
    expect(flow.startedAt).toBe(utc("2026-09-08T09:00"));
  });

  test("is the first entry into a stage right of it when the commitment stage was skipped", () => {
    const flow = flowThrough([CREATED, ["2026-09-09T09:00", "Test"], ["2026-09-10T09:00", "Build"]]);
    expect(flow.startedAt).toBe(utc("2026-09-09T09:00"));
  });

  test("does not exist left of the commitment stage", () => {
    const map = aStageMap({ commitment: "Review" });
    expect(flowThrough([CREATED, ["2026-09-08T09:00", "Build"]], map).startedAt).toBeUndefined();
  });

  test("is no withdrawal (E12)", () => {
    const map = aStageMapWith(aStage("Dropped", "withdrawn"));
    const flow = flowThrough([CREATED, ["2026-09-08T09:00", "Dropped"], ["2026-09-10T09:00", "Build"]], map);
    expect(flow.startedAt).toBe(utc("2026-09-10T09:00"));
  });

  test("is not moved by Unmapped (F1)", () => {
    const flow = flowThrough([CREATED, ["2026-09-08T09:00", "Elsewhere"], ["2026-09-10T09:00", "Build"]]);
    expect(flow.startedAt).toBe(utc("2026-09-10T09:00"));
  });
});

describe("finish (F3)", () => {
  const closing = aStageMapWith(aStage("Closed", "done"));
  const built: Step = ["2026-09-08T09:00", "Build"];

  test("is not moved by Done → Closed", () => {
    const flow = flowThrough([CREATED, built, ["2026-09-10T09:00", "Done"], ["2026-09-20T09:00", "Closed"]], closing);
    expect(flow.finishedAt).toBe(utc("2026-09-10T09:00"));
  });

  test("is not moved by two statuses of one done stage", () => {
    const stages = [...FIVE_STAGES.slice(0, 4), aStage("Done", "done", { statuses: ["Done", "Closed"] })];
    const flow = flowThrough(
      [CREATED, built, ["2026-09-10T09:00", "Done"], ["2026-09-20T09:00", "Closed"]],
      aStageMap({ stages }),
    );
    expect(flow.finishedAt).toBe(utc("2026-09-10T09:00"));
    expect(flow.visits.at(-1)?.start).toBe(utc("2026-09-10T09:00"));
  });

  test("does not exist once the item left done", () => {
    const flow = flowThrough([CREATED, built, ["2026-09-10T09:00", "Done"], ["2026-09-11T09:00", "Review"]]);
    expect(flow.finishedAt).toBeUndefined();
    expect(flow.startedAt).toBe(utc("2026-09-08T09:00"));
  });

  test("is not moved by Unmapped between two stays in done (F1)", () => {
    const flow = flowThrough([
      CREATED,
      built,
      ["2026-09-10T09:00", "Done"],
      ["2026-09-11T09:00", "Elsewhere"],
      ["2026-09-12T09:00", "Done"],
    ]);
    expect(flow.finishedAt).toBe(utc("2026-09-10T09:00"));
    expect(flow.reopenCount).toBe(0);
  });
});

describe("started and finished at one instant (F4)", () => {
  const straight = anItemThatWent([CREATED, ["2026-09-10T09:00", "Done"]]);

  test("is finished, never started, and flagged", () => {
    const { flow } = measured(straight);
    expect(flow.finishedAt).toBe(utc("2026-09-10T09:00"));
    expect(flow.startedAt).toBeUndefined();
    expect(flow.flags.has("never-started")).toBe(true);
    expect(cycleDays(flow, aZone())).toBeUndefined();
  });

  test("a start of a minute is a start", () => {
    const { flow } = measured(anItemThatWent([CREATED, ["2026-09-10T09:00", "Build"], ["2026-09-10T09:01", "Done"]]));
    expect(cycleDays(flow, aZone())).toBe(1);
    expect(flow.flags.has("never-started")).toBe(false);
  });

  test("arrives as it leaves, counts in lead time, is left out of cycle time, and is listed", () => {
    const report = flowOn([straight]);
    expect(report.counts).toMatchObject({ finished: 1, wip: 0 });
    expect(report.weeks[0]).toEqual({ week: "2026-09-07", arrivals: 1, departures: 1, withdrawn: 0, net: 0 });
    expect(report.cycleTime.mean).toMatchObject({ value: null, n: 0 });
    expect(report.leadTime.p50.n).toBe(1);
    expect(report.findings).toContainEqual({ kind: "never-started", count: 1, keys: ["PAY-88"] });
  });
});

describe("re-opened (E2)", () => {
  test("finish moves to the last done run that still holds; each re-opening counts", () => {
    const flow = flowThrough([
      CREATED,
      ["2026-09-08T09:00", "Build"],
      ["2026-09-10T09:00", "Done"],
      ["2026-09-11T09:00", "Build"],
      ["2026-09-12T09:00", "Done"],
      ["2026-09-13T09:00", "Test"],
      ["2026-09-14T09:00", "Done"],
    ]);
    expect(flow.finishedAt).toBe(utc("2026-09-14T09:00"));
    expect(flow.firstDoneAt).toBe(utc("2026-09-10T09:00"));
    expect(flow.reopenCount).toBe(2);
    expect(flow.flags.has("reopened")).toBe(true);
    // 09-08 to 09-14, the two days in done included.
    expect(cycleDays(flow, aZone())).toBe(7);
  });
});

describe("back to backlog (E3)", () => {
  const wentBack = anItemThatWent([
    CREATED,
    ["2026-09-08T09:00", "Build"],
    ["2026-09-10T09:00", "Backlog"],
    ["2026-09-14T09:00", "Build"],
    ["2026-09-16T09:00", "Done"],
  ]);

  test("keeps the clock and flags the item", () => {
    const { flow } = measured(wentBack);
    expect(flow.startedAt).toBe(utc("2026-09-08T09:00"));
    expect(cycleDays(flow, aZone())).toBe(9);
    expect(flow.discardedMilliseconds).toBe(0);
    expect(flow.flags.has("back-to-backlog")).toBe(true);
  });

  test("resets the clock where a project chose so, and reports what was discarded", () => {
    const settings = { flow: { backToBacklog: "reset" as const, withdrawnResolutions: new Set<string>() } };
    const { flow } = measured(wentBack, { settings });
    expect(flow.startedAt).toBe(utc("2026-09-14T09:00"));
    expect(cycleDays(flow, aZone())).toBe(3);
    expect(flow.discardedMilliseconds).toBe(48 * HOUR);
    expect(flow.flags.has("back-to-backlog")).toBe(true);
    expect(flowOn([wentBack], { settings }).counts.discardedDays).toBe(2);
    expect(flowOn([wentBack]).counts.discardedDays).toBe(0);
  });

  test("with a reset clock the item is not in progress while it lies in the backlog", () => {
    const settings = { flow: { backToBacklog: "reset" as const, withdrawnResolutions: new Set<string>() } };
    expect(flowOn([wentBack], { asOf: "2026-09-12", settings }).counts).toMatchObject({ wip: 0, waitingToStart: 1 });
    expect(flowOn([wentBack], { asOf: "2026-09-12" }).counts).toMatchObject({ wip: 1, waitingToStart: 0 });
  });
});

describe("created mid-workflow (E15)", () => {
  test("starts at creation and is flagged", () => {
    const flow = flowThrough([
      ["2026-09-07T09:00", "Review"],
      ["2026-09-09T09:00", "Done"],
    ]);
    expect(flow.startedAt).toBe(utc("2026-09-07T09:00"));
    expect(flow.flags.has("created-mid-workflow")).toBe(true);
  });

  test("an item that was created before the commitment is not flagged", () => {
    expect(measured(anItemStarted(["2026-09-08T09:00", "Build"])).flow.flags.size).toBe(0);
  });

  test("nor one on a board whose first stage is the commitment", () => {
    const map = aStageMap({ stages: FIVE_STAGES.slice(1) });
    expect(flowThrough([["2026-09-07T09:00", "Build"]], map).flags.size).toBe(0);
  });

  test("an item whose first status is Unmapped was not created mid-workflow: its start lies after creation", () => {
    const flow = flowThrough([
      ["2026-09-07T09:00", "Elsewhere"],
      ["2026-09-08T09:00", "Build"],
    ]);
    expect(flow.startedAt).toBe(utc("2026-09-08T09:00"));
    expect(flow.flags.has("created-mid-workflow")).toBe(false);
  });

  test("without a changelog: one stay, in progress since creation", () => {
    const { flow, timeline } = measured({ ...anItemThatWent([["2026-09-07T09:00", "Review"]]), hasHistory: false });
    expect(flow.startedAt).toBe(utc("2026-09-07T09:00"));
    expect(flow.visits).toHaveLength(1);
    expect(timeline.flaws).toEqual(["no-history"]);
  });
});

describe("withdrawn (E12)", () => {
  const dropping = aStageMapWith(aStage("Dropped", "withdrawn"));
  const dropped: readonly [Step, ...Step[]] = [CREATED, ["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Dropped"]];
  const duplicate = {
    ...anItemThatWent([CREATED, ["2026-09-08T09:00", "Build"], ["2026-09-10T09:00", "Done"]]),
    resolution: "Duplicate",
  };
  const listed = { flow: { backToBacklog: "keep" as const, withdrawnResolutions: new Set(["Duplicate"]) } };

  test("by a stage: a departure, not a finish", () => {
    const flow = flowThrough(dropped, dropping);
    expect(flow.withdrawnAt).toBe(utc("2026-09-10T09:00"));
    expect(flow.finishedAt).toBeUndefined();
  });

  test("by a listed resolution: a departure, not a finish", () => {
    const { flow } = measured(duplicate, { settings: listed });
    expect(flow.withdrawnAt).toBe(utc("2026-09-10T09:00"));
    expect(flow.finishedAt).toBeUndefined();
  });

  test("no resolution is listed by default, but Duplicate is proposed", () => {
    const report = flowOn([duplicate]);
    expect(report.counts).toMatchObject({ finished: 1, withdrawn: 0 });
    expect(report.findings).toContainEqual({ kind: "resolution-looks-withdrawn", count: 1, keys: ["PAY-88"] });
  });

  test("a resolution withdraws nothing while the item is not done", () => {
    const open = { ...anItemStarted(["2026-09-08T09:00", "Build"]), resolution: "Duplicate" };
    expect(measured(open, { settings: listed }).flow.withdrawnAt).toBeUndefined();
  });

  test.each([
    ["stage", flowOn([anItemThatWent(dropped)], { map: dropping })],
    ["resolution", flowOn([duplicate], { settings: listed })],
  ])("by %s: out of WIP, not in throughput, counted as withdrawn", (_how, report) => {
    expect(report.counts).toMatchObject({ finished: 0, withdrawn: 1, wip: 0 });
    expect(report.weeks[0]).toEqual({ week: "2026-09-07", arrivals: 1, departures: 0, withdrawn: 1, net: 0 });
    // Both were in Build when they were withdrawn: its waste.
    expect(rowOf(report, "Build").withdrawn).toMatchObject({ value: 1, unit: "items", rule: "E12" });
    expect(rowOf(report, "Review").withdrawn.value).toBe(0);
    expect(report.charts.wip.at(-1)).toBe(0);
    expect(report.charts.throughput.reduce((sum, n) => sum + n, 0)).toBe(0);
    expect(report.cycleTime.mean.n).toBe(0);
  });

  test("withdrawn and taken up again in the same stage, it has not moved back", () => {
    const flow = flowThrough(
      [CREATED, ["2026-09-08T09:00", "Review"], ["2026-09-10T09:00", "Dropped"], ["2026-09-14T09:00", "Review"]],
      dropping,
    );
    expect(flow.flags.has("backward-move")).toBe(false);
  });

  test("taken up again it is in progress, from its first start", () => {
    const flow = flowThrough([...dropped, ["2026-09-14T09:00", "Review"]], dropping);
    expect(flow.withdrawnAt).toBeUndefined();
    expect(flow.startedAt).toBe(utc("2026-09-08T09:00"));
    expect(flow.reopenCount).toBe(1);
  });

  test("withdrawn from the backlog it was never in progress, whichever way it was withdrawn", () => {
    const byStage = flowOn([anItemThatWent([CREATED, ["2026-09-10T09:00", "Dropped"]])], { map: dropping });
    const byResolution = flowOn(
      [{ ...anItemThatWent([CREATED, ["2026-09-10T09:00", "Done"]]), resolution: "Duplicate" }],
      { settings: listed },
    );
    for (const report of [byStage, byResolution]) {
      expect(report.weeks[0]).toEqual({ week: "2026-09-07", arrivals: 0, departures: 0, withdrawn: 0, net: 0 });
      expect(report.counts).toMatchObject({ finished: 0, withdrawn: 1 });
      expect(report.findings.map(({ kind }) => kind)).not.toContain("never-started");
    }
  });
});
