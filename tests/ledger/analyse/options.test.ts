import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { anExportedIssue, EXPORTED_STATUSES, type IssueSketch, jsonLines } from "../../support/an-exported-issue.ts";
import { readCsv } from "../../support/read-csv.ts";
import { rowsBy } from "../../support/reference-logs.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder, type FolderContent } from "../../support/temporary-folder.ts";

const figure = z.looseObject({ value: z.number().nullable(), n: z.number(), mapVersion: z.number() });
const projectFlow = z.looseObject({
  project: z.string(),
  counts: z.looseObject({ items: z.number(), finished: z.number(), withdrawn: z.number() }),
  cycleTime: z.looseObject({ p50: figure }),
  businessTime: z.looseObject({ p50: figure, p85: figure, hoursPerDay: z.number() }).nullable(),
  findings: z.array(z.looseObject({ kind: z.string(), keys: z.array(z.string()) })),
});
const flowReport = z.looseObject({
  asOf: z.string(),
  window: z.object({ firstDay: z.string(), lastDay: z.string(), weeks: z.number() }),
  map: z.looseObject({ version: z.number(), effectiveFrom: z.string().nullable(), commitment: z.string() }),
  total: projectFlow,
  projects: z.array(projectFlow),
});

/** Runs over these issues, and gives the report with the rows of the items and statuses files. */
async function analyse(sketches: readonly IssueSketch[], options: readonly string[], files: FolderContent = {}) {
  const content = { in: jsonLines(sketches.map(anExportedIssue)), "statuses.json": EXPORTED_STATUSES, ...files };
  const folder = aFolder(content);
  const outputs = ["--items", "items.csv", "--statuses-out", "times.csv", "--cfd", "cfd.csv", "--format", "json"];
  const words = ["analyse", "jira", "in", "--statuses", "statuses.json", ...outputs, ...options];
  const { exitCode, stdout, stderr } = await stageledger(words, { folder });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return {
    report: flowReport.parse(JSON.parse(stdout)),
    items: rowsBy(join(folder, "items.csv"), "key"),
    times: rowsBy(join(folder, "times.csv"), "project", "status"),
    days: readCsv(join(folder, "cfd.csv")),
  };
}

const FINISHED: IssueSketch = {
  key: "PAY-1",
  created: "2026-09-01T09:00",
  moves: ["2026-09-02T09:00 In Progress", "2026-09-03T12:00 Done"],
};
const LATER: IssueSketch = { key: "PAY-2", created: "2026-09-05T09:00" };

describe("--as-of", () => {
  test("is the last instant of the log unless said", async () => {
    const { report, items } = await analyse([FINISHED, LATER], []);
    expect(report.asOf).toBe("2026-09-05T09:00:00.000Z");
    expect([...items.keys()]).toEqual(["PAY-1", "PAY-2"]);
  });

  test("a day means its end; what came later is unknown", async () => {
    const { report, items, days } = await analyse([FINISHED, LATER], ["--as-of", "2026-09-03"]);
    expect(report.asOf).toBe("2026-09-03T23:59:59.999Z");
    expect([...items.keys()]).toEqual(["PAY-1"]);
    expect(items.get("PAY-1")).toMatchObject({ finished: "2026-09-03T12:00:00.000Z", cycle_days: "2", stage: "Done" });
    expect(days).toEqual([
      { date: "2026-09-01", "To Do": "1", "In Progress": "0", Done: "0" },
      { date: "2026-09-02", "To Do": "1", "In Progress": "1", Done: "0" },
      { date: "2026-09-03", "To Do": "1", "In Progress": "1", Done: "1" },
    ]);
  });

  test("a day ends where --zone says", async () => {
    const { report } = await analyse([FINISHED, LATER], ["--as-of", "2026-09-02", "--zone", "America/New_York"]);
    expect(report.asOf).toBe("2026-09-03T03:59:59.999Z");
  });

  test("an instant counts what happened by then, itself included", async () => {
    const before = await analyse([FINISHED, LATER], ["--as-of", "2026-09-03T11:59:59.999Z"]);
    expect(before.items.get("PAY-1")).toMatchObject({
      started: "2026-09-02T09:00:00.000Z",
      finished: "",
      stage: "In Progress",
    });
    expect(before.times.get("* | In Progress")).toMatchObject({
      completed_visits: "0",
      completed_seconds: "0.000",
      open_visits: "1",
    });
    const then = await analyse([FINISHED, LATER], ["--as-of", "2026-09-03T14:00:00+02:00"]);
    expect(then.items.get("PAY-1")).toMatchObject({ finished: "2026-09-03T12:00:00.000Z" });
    // 27 hours from 2 September, 9:00, to 3 September, 12:00.
    expect(then.times.get("* | In Progress")).toMatchObject({
      completed_visits: "1",
      completed_seconds: "97200.000",
      open_visits: "0",
    });
  });
});

test("--zone decides on which days an item started and finished", async () => {
  const overnight = { ...FINISHED, moves: ["2026-09-02T22:30 In Progress", "2026-09-03T21:00 Done"] };
  const inUtc = await analyse([overnight], []);
  expect(inUtc.items.get("PAY-1")).toMatchObject({ cycle_days: "2", cycle_seconds: "81000" });
  const inBerlin = await analyse([overnight], ["--zone", "Europe/Berlin"]);
  expect(inBerlin.items.get("PAY-1")).toMatchObject({ cycle_days: "1", cycle_seconds: "81000" });
});

describe("--project", () => {
  const issues = [FINISHED, { ...LATER, key: "SHOP-2" }, { ...LATER, key: "OPS-3" }];

  test("leaves out all others, in the total too", async () => {
    const { report, items, times } = await analyse(issues, ["--project", "SHOP"]);
    expect(report.projects.map(({ project }) => project)).toEqual(["SHOP"]);
    expect(report.total.counts.items).toBe(1);
    expect([...items.keys()]).toEqual(["SHOP-2"]);
    expect(times.has("* | Done")).toBe(false);
  });

  test("may be given several times", async () => {
    const { report } = await analyse(issues, ["--project", "SHOP", "--project", "OPS"]);
    expect(report.projects.map(({ project }) => project)).toEqual(["OPS", "SHOP"]);
    expect(report.total.counts.items).toBe(2);
  });
});

describe("--window", () => {
  // 25 October 2026 is a Sunday.
  test.each([
    [[], "2026-10-25", "2026-08-31", "2026-10-25", 8],
    [["--window", "6"], "2026-10-25", "2026-09-14", "2026-10-25", 6],
    [["--window", "12"], "2026-10-25", "2026-08-03", "2026-10-25", 12],
    [["--window", "6"], "2026-10-24", "2026-09-07", "2026-10-18", 6],
  ])("%j as of %s runs from %s to %s", async (options, asOf, firstDay, lastDay, weeks) => {
    const { report } = await analyse([FINISHED], [...options, "--as-of", asOf]);
    expect(report.window).toEqual({ firstDay, lastDay, weeks });
  });
});

describe("--calendar", () => {
  /** Twelve items from Friday noon to Monday noon. */
  const overTheWeekend = Array.from({ length: 12 }, (_, nth) => ({
    key: `PAY-${nth + 1}`,
    created: "2026-09-04T08:00",
    moves: ["2026-09-04T12:00 In Progress", "2026-09-07T12:00 Done"],
  }));
  const hours = 'hours: { from: "09:00", to: "17:30" }\nbreaks: [{ from: "12:00", to: "12:30" }]\n';
  const asOf = ["--as-of", "2026-09-13"];

  test("adds a view in working time beside the calendar time, which stays the headline", async () => {
    const { report } = await analyse(overTheWeekend, [...asOf, "--calendar", "calendar.yaml"], {
      "calendar.yaml": hours,
    });
    // Friday 12:30 to 17:30 and Monday 9:00 to 12:00.
    expect(report.total.businessTime).toMatchObject({
      p50: { value: 8 * 3_600_000, n: 12, unit: "milliseconds" },
      hoursPerDay: 8,
    });
    expect(report.total.cycleTime.p50).toMatchObject({ value: 4, n: 12, unit: "days" });
  });

  test("without a holiday", async () => {
    const calendar = `${hours}holidays: ["2026-09-07"]\n`;
    const { report } = await analyse(overTheWeekend, [...asOf, "--calendar", "calendar.yaml"], {
      "calendar.yaml": calendar,
    });
    expect(report.total.businessTime?.p50.value).toBe(5 * 3_600_000);
  });

  test("and the text says which is which", async () => {
    const files = { in: jsonLines(overTheWeekend.map(anExportedIssue)), "calendar.yaml": hours };
    const { stdout } = await stageledger(["analyse", "jira", "in", ...asOf, "--calendar", "calendar.yaml"], {
      folder: aFolder(files),
    });
    expect(stdout).toContain("calendar time, UTC");
    expect(stdout).toContain("In these weeks 85 % of items finished within 4 d (n 12, thin data)");
    expect(stdout).toContain("Business time (8.0 h a day): 85 % of items take up to 8.0 h (n 12)");
  });

  test("without one there is no such view", async () => {
    const { report } = await analyse(overTheWeekend, asOf);
    expect(report.total.businessTime).toBeNull();
  });
});

describe("--withdrawn", () => {
  const issues = [FINISHED, { ...FINISHED, key: "PAY-3", resolution: "Won't Do" }];

  test("without it a resolution changes nothing, but is pointed out", async () => {
    const { report } = await analyse(issues, []);
    expect(report.total.counts).toMatchObject({ finished: 2, withdrawn: 0 });
    expect(report.total.findings).toContainEqual({ kind: "resolution-looks-withdrawn", count: 1, keys: ["PAY-3"] });
  });

  test("with it the item left, and is no throughput", async () => {
    const { report, items } = await analyse(issues, ["--withdrawn", "won't do"]);
    expect(report.total.counts).toMatchObject({ finished: 1, withdrawn: 1 });
    expect(items.get("PAY-3")).toMatchObject({ finished: "", withdrawn: "2026-09-03T12:00:00.000Z", cycle_days: "" });
    expect(report.total.findings.map(({ kind }) => kind)).not.toContain("resolution-looks-withdrawn");
  });
});

test("--withdrawn with a resolution that no issue has says which there are", async () => {
  const moves = ["2026-09-02T09:00 In Progress", "2026-09-04T09:00 Done"];
  const folder = aFolder({ in: jsonLines([anExportedIssue({ key: "PAY-1", created: "2026-09-01T09:00", moves })]) });
  const { exitCode, stderr } = await stageledger(["analyse", "jira", "in", "--withdrawn", "Nonsense"], { folder });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('No issue has the resolution "Nonsense" of --withdrawn; the log has: ');
});

test("--sample takes a form and a file for the answer", async () => {
  const folder = aFolder({});
  const { exitCode, stdout } = await stageledger(["analyse", "--sample", "--format", "json"], { folder });
  expect(exitCode).toBe(0);
  expect(flowReport.parse(JSON.parse(stdout)).window.lastDay).toBe("2026-10-25");
});

describe("--back-to-backlog", () => {
  const back: IssueSketch = {
    key: "PAY-1",
    created: "2026-09-01T09:00",
    moves: [
      "2026-09-01T10:00 In Progress",
      "2026-09-05T10:00 To Do",
      "2026-09-08T10:00 In Progress",
      "2026-09-10T10:00 Done",
    ],
  };

  test.each([
    [[], "2026-09-01T10:00:00.000Z", "10"],
    [["--back-to-backlog", "keep"], "2026-09-01T10:00:00.000Z", "10"],
    [["--back-to-backlog", "reset"], "2026-09-08T10:00:00.000Z", "3"],
  ])("%j: the clock starts at %s, %s days", async (options, started, days) => {
    const { items } = await analyse([back], options);
    expect(items.get("PAY-1")).toMatchObject({ started, cycle_days: days });
    expect(items.get("PAY-1")?.flags?.split(";")).toContain("back-to-backlog");
  });
});

describe("--map-version", () => {
  const stages = (commitment: string, review: string) => `commitment: ${commitment}
stages:
  - { name: Wait, kind: waiting, statuses: [To Do] }
  - { name: Build, kind: active, statuses: [In Progress] }
  - { name: ${review}, kind: active, statuses: [10002] }
  - { name: Done, kind: done, statuses: ["10001"] }
`;
  const VERSIONS = {
    "stages.yaml": `version: 1\n${stages("Build", "Check")}---\nversion: 2\neffective_from: 2026-09-04\n${stages("Review", "Review")}`,
  };
  const reviewed: IssueSketch = {
    key: "PAY-1",
    created: "2026-09-01T09:00",
    moves: ["2026-09-02T09:00 In Progress", "2026-09-03T09:00 In Review", "2026-09-05T09:00 Done"],
  };

  test.each([
    ["the one in force at the end", [], 2, "2026-09-04T00:00:00.000Z", "3", "Wait,Build,Review,Done"],
    ["an earlier one, when asked for", ["--map-version", "1"], 1, null, "4", "Wait,Build,Check,Done"],
    ["the one in force at --as-of", ["--as-of", "2026-09-03"], 1, null, "", "Wait,Build,Check,Done"],
  ])("%s", async (_case, options, version, effectiveFrom, days, columns) => {
    const { report, items, days: flow } = await analyse([reviewed], ["--stages", "stages.yaml", ...options], VERSIONS);
    expect(report.map).toMatchObject({ version, effectiveFrom });
    expect(report.total.cycleTime.p50.mapVersion).toBe(version);
    expect(items.get("PAY-1")?.cycle_days).toBe(days);
    expect(Object.keys(flow[0] ?? {}).join()).toBe(`date,${columns}`);
  });

  test("a version that there is not", async () => {
    const folder = aFolder({ in: jsonLines([anExportedIssue(reviewed)]), ...VERSIONS });
    const { exitCode, stderr } = await stageledger(
      ["analyse", "jira", "in", "--stages", "stages.yaml", "--map-version", "3"],
      { folder },
    );
    expect(exitCode).toBe(3);
    expect(stderr).toBe("stageledger: The stages file has no version 3. [SETTING_INVALID]\n  It has: 1, 2.\n");
  });
});
