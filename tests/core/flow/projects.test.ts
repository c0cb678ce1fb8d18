import { FlowReportBuilder } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { measured, reportOn, settingsOf } from "../../support/a-report.ts";
import { aStage, aStageMap, FIVE_STAGES } from "../../support/a-stage-map.ts";
import { anItemStarted, anItemThatWent } from "../../support/an-item.ts";
import { day, utc } from "../../support/moments.ts";

const FINISHED = anItemStarted(["2026-09-08T09:00", "Build"], ["2026-09-09T09:00", "Done"]);
const OPEN = anItemStarted(["2026-09-08T09:00", "Build"]);

describe("several projects (E8)", () => {
  const report = reportOn([
    { ...FINISHED, id: "1", key: "WEB-2", project: "WEB" },
    { ...FINISHED, id: "2", key: "PAY-10", project: "PAY" },
    { ...OPEN, id: "3", key: "PAY-9", project: "PAY" },
  ]);

  test("each item counts once in its project's row", () => {
    expect(report.projects.map(({ project, counts }) => [project, counts.finished, counts.wip])).toEqual([
      ["PAY", 1, 1],
      ["WEB", 1, 0],
    ]);
  });

  test("and once in the total", () => {
    expect(report.total.project).toBe("*");
    expect(report.total.counts).toMatchObject({ items: 3, finished: 2, wip: 1 });
    expect(report.total.weeks[0]).toMatchObject({ arrivals: 3, departures: 2 });
  });
});

describe("sub-tasks (E10)", () => {
  const subtask = { ...FINISHED, id: "7", key: "PAY-7", isSubtask: true, parentId: "3" };

  test("are no items: counted as sub-tasks and nowhere else", () => {
    const { total } = reportOn([OPEN, subtask]);
    expect(total.counts).toEqual({
      items: 1,
      wip: 1,
      waitingToStart: 0,
      subtasks: 1,
      finished: 0,
      withdrawn: 0,
      reopened: 0,
      discardedDays: 0,
    });
    expect(total.weeks[0]).toMatchObject({ arrivals: 1, departures: 0 });
    expect(total.charts.cumulative.map((column) => column.at(-1))).toEqual([1, 1, 0, 0, 0]);
    expect(total.charts.scatter).toEqual([]);
    expect(total.cycleTime.mean.n).toBe(0);
    expect(total.verdict.finishes).toBe(0);
  });

  test("leave no findings of their own", () => {
    const odd = { ...subtask, changes: [], currentStatus: "Elsewhere", hasHistory: false };
    expect(reportOn([odd]).total.findings).toEqual([]);
  });
});

describe("moved items (E14)", () => {
  const statuses = FIVE_STAGES.map((stage) =>
    stage.name === "Build" ? { ...stage, statuses: ["Build", "Old build"] } : stage,
  );
  const moved = {
    ...anItemThatWent([
      ["2026-09-07T09:00", "Backlog"],
      ["2026-09-08T09:00", "Old build"],
      ["2026-09-10T09:00", "Review"],
      ["2026-09-11T09:00", "Done"],
    ]),
    id: "10088",
    key: "WEB-3",
    project: "WEB",
    otherActivity: [utc("2026-09-09T09:00")],
  };

  test("keep one timeline over the move, and count in the project where they are now", () => {
    const report = reportOn([moved], { map: aStageMap({ stages: statuses }) });
    expect(report.projects.map(({ project, counts }) => [project, counts.finished])).toEqual([["WEB", 1]]);
    expect(measured(moved, { map: aStageMap({ stages: statuses }) })).toMatchObject({
      key: "WEB-3",
      startDay: day("2026-09-08"),
      finishDay: day("2026-09-11"),
    });
  });

  test("the same facts under a new key give the same flow", () => {
    const before = measured({ ...moved, key: "PAY-88", project: "PAY" }).flow;
    expect(measured(moved).flow).toEqual(before);
  });
});

describe("deleted and renamed statuses in a report (E6, E7)", () => {
  const map = aStageMap({
    stages: [aStage("To Do", "waiting", { statuses: ["1"] }), aStage("Work", "active", { statuses: ["3", "5"] })],
    commitment: "Work",
  });
  const status = { category: "indeterminate" as const, formerNames: [] };
  const builder = new FlowReportBuilder(
    map,
    new Map([
      [
        "3",
        {
          ...status,
          id: "3",
          name: "In Progress",
          categoryFrom: "source",
          formerNames: ["Doing"],
          deleted: false,
          inUse: true,
        },
      ],
      ["5", { ...status, id: "5", name: "In Review", categoryFrom: "name", deleted: true, inUse: true }],
    ]),
    settingsOf(),
  );
  const stages = builder.finish([{ kind: "renamed-status", count: 1, keys: ["3"] }]).map.stages;

  test("the map shows what a status was called, and which ones are guesses", () => {
    expect(stages[1]?.statuses).toEqual([
      { id: "3", name: "In Progress", formerNames: ["Doing"], guessed: false },
      { id: "5", name: "In Review", formerNames: [], guessed: true },
    ]);
  });

  test("an id of which nothing is known goes by its id", () => {
    expect(stages[0]?.statuses).toEqual([{ id: "1", name: "1", formerNames: [], guessed: false }]);
  });
});
