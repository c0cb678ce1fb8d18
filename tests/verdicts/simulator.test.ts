/** The simulator against theory and by hand: nothing here asks the verdict. */
import { describe, expect, test } from "vitest";
import { boardOf } from "../simulators/pipelines/board.ts";
import { distortLog } from "../simulators/pipelines/distort-log.ts";
import type { ItemPath, Line, LineStage } from "../simulators/pipelines/line.ts";
import { runLine } from "../simulators/pipelines/run-line.ts";
import { scenarios } from "../simulators/pipelines/scenarios/all-scenarios.ts";
import { truthOf } from "../simulators/pipelines/truth.ts";
import { instantOf, nextFridayAfternoon, nextMorning } from "../simulators/pipelines/working-time.ts";
import { type Log, writeLog } from "../simulators/pipelines/write-log.ts";

const MONDAY = Date.UTC(2026, 8, 7);
const SPAN = { weeks: 26, windowWeeks: 8 };

function aLine(stages: readonly LineStage[], perWeek: number): Line {
  return { arrivals: { kind: "poisson", perWeek }, expedited: 0, stages };
}

function scenarioNamed(name: string): Line {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario.line;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function startedHours(item: ItemPath): number {
  return item.steps[0]?.atHours ?? Number.NaN;
}

function cycleHours(item: ItemPath): number {
  return (item.finishedHours ?? Number.NaN) - startedHours(item);
}

describe("queues against theory", () => {
  test("one server: the wait is Pollaczek and Khinchine's, the utilisation is arrivals × work", () => {
    // 28 a week = 0.7 an hour, 1 h of work, cv 0.8: wait = 0.7 × (1 + 0.64) / (2 × 0.3) = 1.913 h; busy 70 % of the time.
    const weeks = 2_000;
    const run = runLine(aLine([{ name: "Build", servers: 1, workHours: 1, cv: 0.8 }], 28), { seed: 1, weeks });
    const worked = run.items.filter((item) => item.finishedHours !== undefined && startedHours(item) > 400);
    const waits = worked.map((item) => (item.steps[1]?.atHours ?? Number.NaN) - startedHours(item));
    const workHours = worked.map((item) => (item.finishedHours ?? Number.NaN) - (item.steps[1]?.atHours ?? Number.NaN));
    expect(mean(waits) / 1.9133).toBeGreaterThan(0.93);
    expect(mean(waits) / 1.9133).toBeLessThan(1.07);
    const utilisation = workHours.reduce((sum, hours) => sum + hours, 0) / (weeks * 40 - 400);
    expect(utilisation).toBeGreaterThan(0.68);
    expect(utilisation).toBeLessThan(0.72);
  });

  test("Little's law: items in the line = finishes an hour × hours in the line", () => {
    const stages: LineStage[] = [
      { name: "Build", servers: 3, workHours: 10, cv: 0.7 },
      { name: "Test", servers: 2, workHours: 5, cv: 0.7, rework: { probability: 0.2, to: "Build" } },
    ];
    const hours = 1_000 * 40;
    const { items } = runLine(aLine(stages, 8), { seed: 2, weeks: 1_000 });
    const started = items.filter((item) => item.steps.length > 0);
    const inLine = new Int32Array(hours + 1);
    for (const item of started) {
      const from = Math.ceil(startedHours(item));
      const to = Math.min(hours, Math.ceil(item.finishedHours ?? hours));
      for (let hour = from; hour < to; hour++) inLine[hour] = (inLine[hour] ?? 0) + 1;
    }
    const finished = started.filter((item) => item.finishedHours !== undefined);
    const byLaw = (finished.length / hours) * mean(finished.map(cycleHours));
    expect(mean([...inLine]) / byLaw).toBeGreaterThan(0.98);
    expect(mean([...inLine]) / byLaw).toBeLessThan(1.02);
  });

  test("rework of 20 % makes 1 / (1 − 0.2) = 1.25 visits an item", () => {
    const stages: LineStage[] = [
      { name: "Build", servers: 9, workHours: 1, cv: 0 },
      { name: "Test", servers: 9, workHours: 1, cv: 0, rework: { probability: 0.2, to: "Build" } },
    ];
    const { items } = runLine(aLine(stages, 40), { seed: 3, weeks: 300 });
    const finished = items.filter((item) => item.finishedHours !== undefined);
    const visits = mean(
      finished.map((item) => item.steps.filter((step) => step.stage === 1 && step.phase === "waiting").length),
    );
    expect(visits).toBeGreaterThan(1.23);
    expect(visits).toBeLessThan(1.27);
  });

  test("no stage ever holds more than its pull limit, and the constraint's stands full", () => {
    const line = scenarioNamed("pull-test");
    const { items } = runLine(line, { seed: 4, weeks: 26 });
    const counts = new Map<number, number[]>();
    for (let hour = 400; hour < 26 * 40; hour += 3.7) {
      const present = line.stages.map(() => 0);
      for (const item of items) {
        const at = item.steps.findLast((step) => step.atHours <= hour);
        const gone = item.finishedHours !== undefined && item.finishedHours <= hour;
        if (at !== undefined && !gone) present[at.stage] = (present[at.stage] ?? 0) + 1;
      }
      for (const [stage, count] of present.entries()) counts.set(stage, [...(counts.get(stage) ?? []), count]);
    }
    for (const [position, stage] of line.stages.entries()) {
      expect(Math.max(...(counts.get(position) ?? []))).toBeLessThanOrEqual(stage.limit ?? Number.NaN);
    }
    expect(mean(counts.get(2) ?? [])).toBeGreaterThan(4.5);
    expect(mean(counts.get(3) ?? [])).toBeLessThan(1);
  });
});

describe("common random numbers", () => {
  test("the same line, seed and weeks give the same run; another seed gives another", () => {
    const line = scenarioNamed("rework-into-build");
    expect(runLine(line, { seed: 5, weeks: 12 })).toEqual(runLine(line, { seed: 5, weeks: 12 }));
    expect(runLine(line, { seed: 6, weeks: 12 }).items).not.toEqual(runLine(line, { seed: 5, weeks: 12 }).items);
  });

  test("one more server changes when work is done, never who arrives or how long the work takes", () => {
    const line = scenarioNamed("pile-over-arrival");
    const review = line.stages[1];
    if (review === undefined) throw new Error("no Review");
    const relieved = { ...line, stages: line.stages.with(1, { ...review, servers: 3 }) };
    const [before, after] = [line, relieved].map((each) => runLine(each, { seed: 7, weeks: 26 }).items);
    const reviewHours = (item: ItemPath) => {
      const [from, to] = [
        item.steps.find((s) => s.stage === 1 && s.phase === "working"),
        item.steps.find((s) => s.stage === 2),
      ];
      return from === undefined || to === undefined ? undefined : to.atHours - from.atHours;
    };
    const compared = (before ?? []).filter((item) => reviewHours(item) !== undefined);
    expect(compared.length).toBeGreaterThan(150);
    for (const item of compared) {
      const twin = after?.find((other) => other.index === item.index);
      expect(twin?.steps[0]).toEqual(item.steps[0]);
      expect(twin === undefined ? undefined : reviewHours(twin)).toBeCloseTo(reviewHours(item) ?? Number.NaN, 6);
    }
  });
});

describe("causal truth", () => {
  const cases: readonly [string, string | null][] = [
    ["capacity-middle", "Review"],
    ["pile-lost-tester", "Test"],
    ["pull-wide-build", "Test"],
    ["release-window", "Release"],
    ["under-loaded-even", null],
    ["batch-late-closing", null],
    ["dead-pile-dumped", null],
  ];
  test.each(cases)("%s: %s", (name, stage) => {
    expect(truthOf(scenarioNamed(name), SPAN, 20).stage).toBe(stage);
  });

  test("a line whose work takes long everywhere, with a server for every item, has no constraint", () => {
    const stages = ["Build", "Review"].map((name): LineStage => ({ name, servers: 50, workHours: 30, cv: 0.5 }));
    expect(truthOf(aLine(stages, 10), SPAN, 10)).toEqual({
      stage: null,
      reliefs: ["Build", "Review"].map((stage) => ({ stage, kind: "server", throughputRise: 0, p85Cut: 0 })),
    });
  });

  test("scenarios: 27 count, and every name stands once", () => {
    const counted = scenarios.filter(({ family }) => family !== "few-finishes" && family !== "never-knowable");
    expect(counted).toHaveLength(27);
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  });
});

describe("working time", () => {
  test("hours of work fall on Monday to Friday, 09:00 to 17:00", () => {
    const at = (text: string) => Date.parse(`2026-09-${text}Z`);
    expect(instantOf(MONDAY, 0)).toBe(at("07T09:00:00"));
    expect(instantOf(MONDAY, 7.5)).toBe(at("07T16:30:00"));
    expect(instantOf(MONDAY, 8)).toBe(at("08T09:00:00"));
    expect(instantOf(MONDAY, 39)).toBe(at("11T16:00:00"));
    expect(instantOf(MONDAY, 40)).toBe(at("14T09:00:00"));
    expect(instantOf(MONDAY, -1)).toBe(at("04T16:00:00"));
  });

  test("the next morning after Friday is Monday; Friday after 16:00 waits a week", () => {
    const at = (text: string) => Date.parse(`2026-09-${text}Z`);
    expect(nextMorning(at("08T11:00:00"))).toBe(at("09T09:00:00"));
    expect(nextMorning(at("11T11:00:00"))).toBe(at("14T09:00:00"));
    expect(nextFridayAfternoon(at("08T11:00:00"))).toBe(at("11T16:00:00"));
    expect(nextFridayAfternoon(at("11T16:30:00"))).toBe(at("18T16:00:00"));
  });
});

describe("the log and what people do to it", () => {
  const line = scenarioNamed("capacity-middle");
  const run = runLine(line, { seed: 8, weeks: 26 });
  const logOn = (style: "merged" | "separate") => {
    const board = boardOf(line, style);
    return { board, log: writeLog(run, board, { mondayAt: MONDAY, project: "SIM" }) };
  };
  const moves = (log: Log) => log.items.flatMap((item) => item.changes);

  test("every move leaves the status that the item was in, in order, within working hours", () => {
    for (const { log, board } of [logOn("merged"), logOn("separate")]) {
      for (const item of log.items) {
        let [status, at] = [board.backlogStatus, item.createdAt];
        for (const change of item.changes) {
          expect(change.from).toBe(status);
          expect(change.at).toBeGreaterThanOrEqual(at);
          const hour = new Date(change.at).getUTCHours();
          expect(hour >= 9 && hour < 17).toBe(true);
          expect([1, 2, 3, 4, 5]).toContain(new Date(change.at).getUTCDay());
          [status, at] = [change.to, change.at];
        }
        expect(item.currentStatus).toBe(status);
      }
    }
  });

  test("both boards show the same finishes; only the separate one shows the queue", () => {
    const done = (log: Log) => log.items.map((item) => item.changes.findLast((change) => change.to === "done")?.at);
    const [merged, separate] = [logOn("merged").log, logOn("separate").log];
    expect(done(merged)).toEqual(done(separate));
    expect(moves(merged).some((move) => move.to.startsWith("ready-for"))).toBe(false);
    expect(moves(separate).filter((move) => move.to === "ready-for-review").length).toBeGreaterThan(150);
  });

  test("a day late: each move the next working morning, none lost but those of the last day", () => {
    const { log, board } = logOn("merged");
    const late = distortLog(log, board, "day-late", 8);
    expect(moves(log).length - moves(late).length).toBeLessThan(15);
    for (const [n, item] of late.items.entries()) {
      const first = log.items[n]?.changes[0];
      if (first !== undefined && item.changes[0] !== undefined) expect(item.changes[0].at).toBe(nextMorning(first.at));
    }
  });

  test("Fridays only: about 30 % of the items move on Fridays after 16:00, the others as before", () => {
    const { log, board } = logOn("separate");
    const late = distortLog(log, board, "fridays-only", 8);
    const changed = late.items.filter(
      (item, n) => JSON.stringify(item.changes) !== JSON.stringify(log.items[n]?.changes),
    );
    expect(changed.length / log.items.length).toBeGreaterThan(0.22);
    expect(changed.length / log.items.length).toBeLessThan(0.38);
    for (const { at } of changed.flatMap((item) => item.changes)) {
      expect([new Date(at).getUTCDay(), new Date(at).getUTCHours()]).toEqual([5, 16]);
    }
  });

  test("forgotten moves: about 40 % of the moves into work are missing, no move to Done is", () => {
    for (const { log, board } of [logOn("merged"), logOn("separate")]) {
      const worse = distortLog(log, board, "forgotten-moves", 8);
      const into = (statuses: ReadonlySet<string>, which: Log) =>
        moves(which).filter((move) => statuses.has(move.to)).length;
      const kept = into(board.workStatuses, worse) / into(board.workStatuses, log);
      expect(kept).toBeGreaterThan(0.55);
      expect(kept).toBeLessThan(0.65);
      expect(into(new Set(["done"]), worse)).toBe(into(new Set(["done"]), log));
    }
  });

  test("a distorted log leaves the items and the log it came from as they were", () => {
    const { log, board } = logOn("merged");
    const before = structuredClone(log);
    for (const kind of ["day-late", "fridays-only", "forgotten-moves"] as const) {
      const worse = distortLog(log, board, kind, 8);
      expect(worse.asOf).toBe(log.asOf);
      expect(worse.items.map(({ id, key, createdAt }) => [id, key, createdAt])).toEqual(
        log.items.map(({ id, key, createdAt }) => [id, key, createdAt]),
      );
    }
    expect(log).toEqual(before);
  });
});
