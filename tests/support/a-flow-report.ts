/** Builders for flow reports: Payments, 26 weeks, with Review as the constraint. */
import type { FlowReport, MapSummary, ProjectFlow, Verdict } from "@stageledger/core";
import { aDuration, aFigure, aPercentiles } from "./a-figure.ts";
import { aStageRow } from "./a-stage-row.ts";
import { paymentsCharts } from "./payments-charts.ts";

export function aFlowReport(overrides: Partial<FlowReport> = {}): FlowReport {
  const payments = aProjectFlow();
  return {
    schema: 1,
    asOf: "2026-10-25T17:00:00.000Z",
    zone: "Europe/Berlin",
    map: aMapSummary(),
    window: { firstDay: "2026-08-31", lastDay: "2026-10-25", weeks: 8 },
    chartWindow: { firstDay: "2026-04-27", lastDay: "2026-10-25" },
    seed: 42,
    total: { ...payments, project: "*" },
    projects: [payments],
    findings: [{ kind: "renamed-status", count: 1, keys: ["10044"] }],
    ...overrides,
  };
}

function aMapSummary(): MapSummary {
  const stage = (
    name: string,
    kind: MapSummary["stages"][number]["kind"],
    id: string,
  ): MapSummary["stages"][number] => ({
    name,
    kind,
    limit: null,
    statuses: [{ id, name, formerNames: [], guessed: false }],
  });
  return {
    version: 3,
    effectiveFrom: null,
    origin: "given",
    commitment: "Build",
    stages: [
      stage("Backlog", "waiting", "10001"),
      stage("Build", "active", "10002"),
      stage("Review", "active", "10003"),
      stage("Test", "active", "10004"),
      stage("Done", "done", "10005"),
    ],
  };
}

export function aProjectFlow(overrides: Partial<ProjectFlow> = {}): ProjectFlow {
  const n = 52;
  return {
    project: "PAY",
    counts: {
      items: 230,
      wip: 16,
      waitingToStart: 12,
      subtasks: 31,
      finished: 202,
      withdrawn: 0,
      reopened: 9,
      discardedDays: 0,
    },
    verdict: aVerdict(),
    cycleTime: {
      ...aPercentiles([12, 17, 23], { unit: "days", rule: "F5", n }),
      mean: aFigure({ value: 12.3, n, unit: "days", rule: "F5" }),
      controlChart: aDuration(248, { rule: "E2", n }),
    },
    cycleTimeRange: {
      low: 16,
      high: 21,
      items: 9,
      policy: "re-opened items counted from their first time in done, or left out",
    },
    leadTime: aPercentiles([22 * 86_400_000, 34 * 86_400_000, 41 * 86_400_000], {
      unit: "milliseconds",
      rule: "F7",
      n,
    }),
    businessTime: null,
    serviceLevel: {
      days: aFigure({ value: 17, n: 168, unit: "days", rule: "F18" }),
      percent: 85,
      missRate: aFigure({ value: 0.19, n, unit: "ratio", rule: "F18" }),
    },
    stages: [
      aStageRow({
        name: "Backlog",
        kind: "waiting",
        wip: 12,
        age85: null,
        arrivals: 6.9,
        departures: 6.8,
        medianHours: 280,
        visits: 1,
        n,
      }),
      aStageRow({
        name: "Build",
        kind: "active",
        wip: 1,
        age85: 3,
        arrivals: 6.8,
        departures: 6.8,
        medianHours: 46,
        visits: 1.3,
        n,
      }),
      aStageRow({
        name: "Review",
        kind: "active",
        wip: 14,
        age85: 17,
        arrivals: 6.8,
        departures: 6.5,
        medianHours: 106,
        visits: 1.6,
        n,
      }),
      aStageRow({
        name: "Test",
        kind: "active",
        wip: 1,
        age85: 14,
        arrivals: 6.5,
        departures: 6.5,
        medianHours: 19,
        visits: 1.1,
        n: 50,
      }),
      aStageRow({
        name: "Done",
        kind: "done",
        wip: 202,
        age85: null,
        arrivals: 6.5,
        departures: 0.4,
        medianHours: 1900,
        visits: 1.1,
        n,
      }),
    ],
    weeks: [
      "2026-08-31",
      "2026-09-07",
      "2026-09-14",
      "2026-09-21",
      "2026-09-28",
      "2026-10-05",
      "2026-10-12",
      "2026-10-19",
    ].map((week, index) => {
      const arrivals = 6 + (index % 3);
      const departures = 5 + ((index * 2) % 4);
      const withdrawn = index === 0 ? 3 : 0;
      return { week, arrivals, departures, withdrawn, net: arrivals - departures - withdrawn };
    }),
    charts: paymentsCharts(),
    flowDebt: {
      approximate: aFigure({ value: 14, n: 168, unit: "days", rule: "F15" }),
      exact: aFigure({ value: 12.3, n, unit: "days", rule: "F15" }),
      difference: aFigure({ value: 1.7, n: 168, unit: "days", rule: "F15" }),
    },
    efficiency: aFigure({
      value: null,
      n: 0,
      unit: "ratio",
      rule: "F22",
      note: "no waiting stage is declared and no blocking is in use",
    }),
    blocked: { items: aFigure({ value: 6, n: 168, rule: "F24" }), time: aDuration(310, { rule: "F24", n: 6 }) },
    stalled: { items: aFigure({ value: 2, n: 16, rule: "F25" }), keys: ["PAY-296", "PAY-309"] },
    littlesLaw: {
      holds: false,
      unmet: ["WIP went from 9 to 16"],
      cycleDays: aFigure({
        value: null,
        n,
        unit: "days",
        rule: "F28",
        note: "conditions not met: WIP went from 9 to 16",
      }),
    },
    monteCarlo: {
      trials: 10_000,
      seed: 42,
      windowDays: 60,
      remaining: 16,
      when: aPercentiles([17, 21, 25], { unit: "days", rule: "F21", n: 60 }),
      horizonDays: 30,
      howMany: aPercentiles([28, 23, 20], { unit: "items", rule: "F21", n: 60 }),
      refusal: null,
      warning: null,
    },
    findings: [
      { kind: "reopened", count: 9, keys: ["PAY-105", "PAY-124", "PAY-143", "PAY-162", "PAY-181"] },
      { kind: "skipped-stage", count: 4, keys: ["PAY-108", "PAY-137", "PAY-166", "PAY-195"] },
      { kind: "unmapped-status", count: 2, keys: ["10071", "10088"] },
    ],
    ...overrides,
  };
}

export function aVerdict(overrides: Partial<Verdict> = {}): Verdict {
  const hint = (value: number): Verdict["stages"][number]["limitHint"] => aFigure({ value, n: 336, rule: "F27" });
  return {
    findings: [],
    outcome: "constraint",
    because: "queue",
    stage: "Review",
    sentence: "Review holds the work up.",
    evidence: ["47 % of open time sits here, 2.1 × the next (Build); it never ran empty."],
    failedTest: null,
    resamples: { same: 194, of: 200, seed: 42 },
    thin: false,
    finishes: 52,
    boardStyle: "merged",
    boardNote: "waiting not kept apart: this board cannot tell queue from work",
    accuracyNote:
      "On simulated boards of this style a named stage was the true constraint 95 times in 100; 87 if half of all projects have none.",
    stages: [
      {
        stage: "Build",
        waitingStages: [],
        meanItems: 4.1,
        variance: 3.2,
        share: 0.22,
        full: 0.93,
        queue: null,
        limitHint: hint(6),
      },
      {
        stage: "Review",
        waitingStages: [],
        meanItems: 8.7,
        variance: 6.9,
        share: 0.47,
        full: 1,
        queue: null,
        limitHint: hint(11),
      },
      {
        stage: "Test",
        waitingStages: [],
        meanItems: 1.9,
        variance: 1.6,
        share: 0.1,
        full: 0.71,
        queue: null,
        limitHint: hint(3),
      },
    ],
    second: { stage: "Build", share: 0.22 },
    items: {
      count: 14,
      keys: [
        "PAY-296",
        "PAY-304",
        "PAY-305",
        "PAY-307",
        "PAY-308",
        "PAY-309",
        "PAY-310",
        "PAY-311",
        "PAY-312",
        "PAY-313",
        "PAY-314",
        "PAY-315",
        "PAY-316",
        "PAY-317",
      ],
    },
    parked: { count: 3, keys: ["PAY-88", "PAY-102", "PAY-117"] },
    tryFirst: "a WIP limit of 11 in Review (it covers 85 % of the time today)",
    rule: "B2.3",
    mapVersion: 3,
    ...overrides,
  };
}

/** A verdict that names no stage: too few items were finished. */
export function aRefusal(): Verdict {
  return aVerdict({
    outcome: "none",
    because: "too-few-finishes",
    stage: null,
    sentence: "Too few items finished to tell.",
    evidence: ["First failed test: items finished in the window, 6 against a gate of 10."],
    failedTest: { test: "items finished in the window", value: 6, gate: 10 },
    resamples: { same: 0, of: 200, seed: 42 },
    finishes: 6,
    items: { count: 0, keys: [] },
    parked: { count: 0, keys: [] },
    tryFirst: null,
    rule: "B2.1",
  });
}
