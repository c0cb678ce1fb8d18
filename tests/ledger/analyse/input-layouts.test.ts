import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { JiraIssue } from "../../simulators/jira-log/jira-shapes.ts";
import { quarterOfThreeTeams } from "../../simulators/jira-log/quarter-of-three-teams.ts";
import { jsonLines } from "../../support/an-exported-issue.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder, type FolderContent } from "../../support/temporary-folder.ts";

/** Everything that could lead a reader of brackets and quotes astray. */
const TRICKY_SUMMARY = 'ü € 🙂 \\ " \\" {"issues":[{ ]} \u2028 end\n';

const world = quarterOfThreeTeams({ seed: 7, summary: () => TRICKY_SUMMARY });
const STATUSES = JSON.stringify(world.statuses);
/** A fifth of the three teams: enough for figures in every field. */
const issues = world.issues.filter((_, nth) => nth % 5 === 0);
const lines = jsonLines(issues);
const halfway = Math.floor(issues.length / 2);

const report = z.looseObject({
  findings: z.array(z.object({ kind: z.string(), count: z.number(), keys: z.array(z.string()) })),
});

/** The JSON report over these files, in the order of their names unless said. */
async function reportOver(
  files: FolderContent,
  options: readonly string[] = [],
  stdin?: string | Buffer,
): Promise<string> {
  const folder = aFolder({ ...files, "statuses.json": STATUSES });
  const names = stdin === undefined ? Object.keys(files) : ["-"];
  const words = ["analyse", "jira", ...names, "--statuses", "statuses.json", "--format", "json", ...options];
  const { exitCode, stdout, stderr } = await stageledger(words, { folder, ...(stdin === undefined ? {} : { stdin }) });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

let expectedOnce: Promise<string> | undefined;

/** The report over the issues as JSON lines; the first test that asks runs it. */
function expectedReport(): Promise<string> {
  expectedOnce ??= reportOver({ "lines.jsonl": lines });
  return expectedOnce;
}

const page = (of: readonly JiraIssue[]) => ({
  expand: "schema,names",
  startAt: 0,
  issues: of,
  names: { issues: "Issues" },
});
const pageLines = jsonLines([page(issues.slice(0, halfway)), page(issues.slice(halfway))]);

test("the report is no trifle", async () => {
  expect(report.parse(JSON.parse(await expectedReport()))).toMatchObject({
    total: { counts: { items: issues.length } },
  });
});

describe("the same issues give the same report, byte for byte, as", () => {
  test.each<[string, FolderContent]>([
    ["a compact array", { "a.json": JSON.stringify(issues) }],
    ["an indented array", { "a.json": JSON.stringify(issues, null, 2) }],
    ["a compact search page", { "a.json": JSON.stringify(page(issues)) }],
    ["an indented search page", { "a.json": JSON.stringify(page(issues), null, 2) }],
    [
      "several pages in files of their own",
      {
        "a.json": JSON.stringify(page(issues.slice(0, halfway)), null, 2),
        "b.json": JSON.stringify(page(issues.slice(halfway))),
      },
    ],
    ["pages as lines", { "a.jsonl": pageLines }],
    ["lines without a last line break", { "a.jsonl": lines.trimEnd() }],
    ["lines with line ends of Windows, empty ones between", { "a.jsonl": lines.replaceAll("\n", "\r\n\r\n") }],
    ["lines after a byte order mark", { "a.jsonl": `\ufeff${lines}` }],
    ["an array after a byte order mark", { "a.json": `\ufeff${JSON.stringify(issues)}` }],
    ["gzipped lines", { "a.gz": gzipSync(lines) }],
    ["a gzipped indented page", { "a.json.gz": gzipSync(JSON.stringify(page(issues), null, 1)) }],
    ["gzipped pages as lines", { "a.gz": gzipSync(pageLines) }],
    [
      "gzipped parts put together",
      { "a.gz": Buffer.concat([gzipSync(lines.slice(0, 10_000)), gzipSync(lines.slice(10_000))]) },
    ],
    [
      "lines in a file and an array in another, gzipped",
      { "a.jsonl": jsonLines(issues.slice(0, 7)), "b.gz": gzipSync(JSON.stringify(issues.slice(7))) },
    ],
    ["issues in another order", { "a.jsonl": jsonLines(shuffled(issues)) }],
    [
      "histories oldest first",
      {
        "a.jsonl": jsonLines(
          issues.map((issue) => ({ ...issue, changelog: { histories: issue.changelog.histories.toReversed() } })),
        ),
      },
    ],
    [
      "histories as the changelog endpoint names them",
      { "a.jsonl": jsonLines(issues.map((issue) => ({ ...issue, changelog: { values: issue.changelog.histories } }))) },
    ],
  ])("%s", async (_layout, files) => {
    expect(await reportOver(files)).toBe(await expectedReport());
  });

  test.each([
    ["standard input", lines],
    ["gzipped standard input", gzipSync(lines)],
    ["an indented page on standard input", JSON.stringify(page(issues), null, 2)],
  ])("%s", async (_layout, stdin) => {
    expect(await reportOver({}, [], stdin)).toBe(await expectedReport());
  });

  test("a run that lists the items in a file beside it", async () => {
    expect(await reportOver({ "a.jsonl": jsonLines(shuffled(issues)) }, ["--items", "items.csv"])).toBe(
      await expectedReport(),
    );
  });
});

test("issues that were exported twice count once, and a finding names them", async () => {
  const twice = await reportOver({ "a.jsonl": lines, "b.json": JSON.stringify(issues.slice(0, 3).toReversed()) });
  const { findings, ...rest } = report.parse(JSON.parse(twice));
  expect(findings.filter((finding) => finding.kind === "duplicate-item")).toEqual([
    { kind: "duplicate-item", count: 3, keys: issues.slice(0, 3).map((issue) => issue.key) },
  ]);
  const { findings: others, ...once } = report.parse(JSON.parse(await expectedReport()));
  expect(findings.filter((finding) => finding.kind !== "duplicate-item")).toEqual(others);
  expect(rest).toEqual(once);
});

test("an issue whose history comes in two exports has all of it", async () => {
  const parted = issues.flatMap((issue) => {
    const { histories } = issue.changelog;
    const middle = Math.floor(histories.length / 2);
    return [histories.slice(0, middle), histories.slice(middle)].map((part) => ({
      ...issue,
      changelog: { histories: part },
    }));
  });
  const { findings, ...rest } = report.parse(JSON.parse(await reportOver({ "a.jsonl": jsonLines(parted) })));
  const { findings: others, ...whole } = report.parse(JSON.parse(await expectedReport()));
  expect(rest).toEqual(whole);
  expect(findings.filter((finding) => finding.kind !== "duplicate-item")).toEqual(others);
});

/** Another order, the same each time. */
function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((each, nth) => [(nth * 7_919) % 1_013, each] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, each]) => each);
}
