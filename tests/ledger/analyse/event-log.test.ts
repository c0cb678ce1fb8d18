import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { EXPORTED_STATUSES } from "../../support/an-exported-issue.ts";
import { rowsBy } from "../../support/reference-logs.ts";
import { expectRefusal } from "../../support/refusal.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder, type FolderContent } from "../../support/temporary-folder.ts";

const COLUMNS = "item=case,status=status,at=at,project=team";
const HEADER = "case,status,at,team,who\n";
const ROWS = [
  "A,To Do,2026-09-01T09:00:00Z,Shop,Ann",
  "A,In Progress,2026-09-02 09:00:00+02:00,Shop,Ben",
  'A,"Done",2026-09-04T09:00:00Z,Shop,"Cy, ""the boss"""',
  "B,To Do,2026-09-01T10:00:00Z,,Dan",
  "B,In Progress,2026-09-03T10:00:00Z,,Dan",
  "B,In Progress,2026-09-03T11:00:00Z,,Dan",
];

async function itemsOf(files: FolderContent, options: readonly string[] = []) {
  const folder = aFolder({ ...files, "statuses.json": EXPORTED_STATUSES });
  const words = ["analyse", "jira", ...Object.keys(files), "--csv", COLUMNS, "--statuses", "statuses.json"];
  const { exitCode, stderr } = await stageledger([...words, "--items", "items.csv", ...options], { folder });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return rowsBy(join(folder, "items.csv"), "key");
}

const EXPECTED = {
  A: {
    project: "Shop",
    created: "2026-09-01T09:00:00.000Z",
    started: "2026-09-02T07:00:00.000Z",
    finished: "2026-09-04T09:00:00.000Z",
    cycle_days: "3",
    cycle_seconds: "180000",
    visits: "3",
  },
  B: { project: "", started: "2026-09-03T10:00:00.000Z", finished: "", stage: "In Progress", visits: "2" },
};

/** Rows in files of one each: every file numbers its rows from the beginning. */
function inFilesOfTheirOwn(rows: readonly string[]): FolderContent {
  return Object.fromEntries(rows.map((row, nth) => [`${nth}.csv`, `${HEADER}${row}\n`]));
}

describe("an event log gives the same items", () => {
  test.each<[string, FolderContent]>([
    ["in order", { "log.csv": `${HEADER}${ROWS.join("\n")}\n` }],
    ["in the opposite order", { "log.csv": HEADER + ROWS.toReversed().join("\n") }],
    [
      "with line ends of Windows and empty lines",
      { "log.csv": `${HEADER}${ROWS.join("\n\n")}`.replaceAll("\n", "\r\n") },
    ],
    ["after a byte order mark", { "log.csv": `\ufeff${HEADER}${ROWS.join("\n")}` }],
    ["gzipped", { "log.csv.gz": gzipSync(HEADER + ROWS.join("\n")) }],
    ["with each row in a file of its own", inFilesOfTheirOwn(ROWS)],
    ["with each row in a file of its own, in the opposite order", inFilesOfTheirOwn(ROWS.toReversed())],
    ["with all rows twice", { "a.csv": HEADER + ROWS.join("\n"), "b.csv": HEADER + ROWS.join("\n") }],
  ])("%s", async (_case, files) => {
    const items = await itemsOf(files);
    expect(items.size).toBe(2);
    expect(items.get("A")).toMatchObject(EXPECTED.A);
    expect(items.get("B")).toMatchObject(EXPECTED.B);
  });
});

test("of several rows at one instant the later row is where the item went last", async () => {
  const at = "2026-09-02T09:00:00Z";
  const rows = [`A,To Do,2026-09-01T09:00:00Z,X`, `A,In Progress,${at},X`, `A,In Review,${at},X`, `A,Done,${at},X`];
  const items = await itemsOf({ "log.csv": `case,status,at,team\n${rows.join("\n")}` });
  // Started and finished in one moment: finished, never started (F4).
  expect(items.get("A")).toMatchObject({ stage: "Done", started: "", finished: "2026-09-02T09:00:00.000Z" });
});

test("names that JavaScript or a spreadsheet would take for something else are names", async () => {
  const rows = [
    "=HYPERLINK(1),toString,2026-09-01T09:00:00Z,__proto__",
    "=HYPERLINK(1),Done,2026-09-02T09:00:00Z,__proto__",
  ];
  const folder = aFolder({
    "log.csv": `case,status,at,team\n${rows.join("\n")}\nB,constructor,2026-09-01,constructor\n`,
  });
  const outputs = ["--items", "items.csv", "--statuses-out", "times.csv"];
  const words = ["analyse", "jira", "log.csv", "--csv", COLUMNS, ...outputs, "--format", "json"];
  const { exitCode, stdout, stderr } = await stageledger(words, { folder });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const { projects } = JSON.parse(stdout);
  expect(projects.map(({ project }: { readonly project: string }) => project)).toEqual(["__proto__", "constructor"]);
  // A cell that began with an equals sign would be run as a formula.
  expect([...rowsBy(join(folder, "items.csv"), "key").keys()]).toEqual(["'=HYPERLINK(1)", "B"]);
  const times = rowsBy(join(folder, "times.csv"), "project", "status");
  expect(times.get("__proto__ | toString")).toMatchObject({ completed_visits: "1", completed_seconds: "86400.000" });
});

test("without a list of statuses their names decide", async () => {
  const folder = aFolder({ "log.csv": HEADER + ROWS.join("\n") });
  const words = ["analyse", "jira", "log.csv", "--csv", COLUMNS, "--items", "items.csv"];
  const { exitCode, stdout } = await stageledger(words, { folder });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("status categories guessed");
  expect(rowsBy(join(folder, "items.csv"), "key").get("A")).toMatchObject(EXPECTED.A);
});

test("--keep-going leaves out the rows that cannot be read", async () => {
  const folder = aFolder({
    "log.csv": `${HEADER}${ROWS.join("\n")}\nA,Done,2026-02-30,Shop,Ann\nC,,2026-09-01,Shop,Ann\n`,
  });
  const words = ["analyse", "jira", "log.csv", "--csv", COLUMNS, "--keep-going", "--format", "json"];
  const { exitCode, stdout, stderr } = await stageledger(words, { folder });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: "stageledger: 2 unreadable values left out, as asked.\n",
  });
  expect(JSON.parse(stdout).findings).toContainEqual({
    kind: "skipped-line",
    count: 2,
    keys: ["log.csv:8", "log.csv:9"],
  });
});

describe("an event log is refused, and nothing is left on the disk:", () => {
  const MEND = "--keep-going";
  test.each([
    [
      "a column that it does not have",
      "item,status,at,team\nA,To Do,2026-09-01,X\n",
      "INPUT_CSV_COLUMNS",
      'no column "case"',
      "It has: item, status, at, team.",
    ],
    [
      "cells parted by semicolons",
      "case;status;at;team\nA;To Do;2026-09-01;X\n",
      "INPUT_CSV_COLUMNS",
      'no column "case"',
      "parted by commas",
    ],
    [
      "no header",
      "A,To Do,2026-09-01,X\nA,Done,2026-09-02,X\n",
      "INPUT_CSV_COLUMNS",
      'no column "case"',
      "first row should name the columns",
    ],
    [
      "an impossible date",
      `${HEADER}A,To Do,2026-09-01,X,\n\nA,Done,2026-02-30,X,\n`,
      "INPUT_IMPOSSIBLE_DATE",
      "log.csv, line 4: Column at",
      MEND,
    ],
    [
      "an item without a name",
      `${HEADER} ,To Do,2026-09-01,X,\n`,
      "INPUT_WRONG_SHAPE",
      "log.csv, line 2: Column case is empty",
      MEND,
    ],
    ["a quote that is never closed", `${HEADER}A,"To Do,2026-09-01,X,\n`, "INPUT_WRONG_SHAPE", "not CSV", "quote"],
    [
      "a misplaced quote",
      `${HEADER}A,"To" Do,2026-09-01,X,\n`,
      "INPUT_WRONG_SHAPE",
      "log.csv, line 2: this is not CSV",
      "quote",
    ],
    ["nothing but a header", HEADER, "INPUT_EMPTY", "holds no issues", "--csv"],
    ["an empty file", "", "INPUT_EMPTY", "holds no issues", "--csv"],
    [
      "truncated gzip",
      gzipSync(HEADER + ROWS.join("\n")).subarray(0, 60),
      "INPUT_TRUNCATED_GZIP",
      "log.csv is damaged",
      "gzip -t",
    ],
  ])("%s", async (_case, content, code, says, next) => {
    await expectRefusal(
      { words: ["analyse", "jira", "log.csv", "--csv", COLUMNS], files: { "log.csv": content } },
      { code, says, next },
    );
  });
});
