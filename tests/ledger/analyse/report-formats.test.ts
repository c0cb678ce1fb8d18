import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { quarterOfThreeTeams } from "../../simulators/jira-log/quarter-of-three-teams.ts";
import { jsonLines } from "../../support/an-exported-issue.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const world = quarterOfThreeTeams({ seed: 1 });
const FILES = {
  "in.jsonl": jsonLines(world.issues),
  "statuses.json": JSON.stringify(world.statuses),
  "stages.yaml": world.stagesYaml,
};
const ANALYSE = ["analyse", "jira", "in.jsonl", "--statuses", "statuses.json", "--stages", "stages.yaml"];

interface Answer {
  readonly stdout: string;
  readonly files: Readonly<Record<string, string>>;
}

async function analyse(options: readonly string[], outputs: readonly string[] = []): Promise<Answer> {
  const folder = aFolder(FILES);
  const { exitCode, stdout, stderr } = await stageledger([...ANALYSE, ...options], { folder });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return { stdout, files: Object.fromEntries(outputs.map((name) => [name, readFileSync(join(folder, name), "utf8")])) };
}

/** Every object below this one, with the path that leads to it. */
function* objectsIn(value: unknown, path = "report"): Generator<readonly [path: string, object]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [path, value];
  for (const [name, member] of Object.entries(value)) yield* objectsIn(member, `${path}.${name}`);
}

/** Paths at which two values of the same shape differ. */
function differences(a: unknown, b: unknown, path = "report"): string[] {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return Object.is(a, b) ? [] : [path];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].flatMap((name) => differences(Reflect.get(a, name), Reflect.get(b, name), `${path}.${name}`));
}

const UNITS = ["items", "days", "milliseconds", "items/week", "ratio", "visits", "weeks", "resamples"] as const;

const figure = z.strictObject({
  value: z.number().nullable(),
  n: z.int().nonnegative(),
  unit: z.enum(UNITS),
  rule: z.string().regex(/^[FEB]\d{1,2}(\.\d)?$/),
  mapVersion: z.literal(1),
  findings: z.array(z.string()),
  note: z.string().min(1).optional(),
});

const percentiles = z.looseObject({ p50: figure, p85: figure, p95: figure });

const stageRow = z.looseObject({
  wip: figure,
  age85: figure,
  arrivalsPerWeek: figure,
  departuresPerWeek: figure,
  median: figure,
  p85: figure,
  visits: figure,
  skipped: figure,
  movedBack: figure,
  firstVisit: figure,
  lastVisit: figure,
  averageVisit: figure,
  erased: figure,
  limitHint: figure,
  blockedTime: figure,
});

const projectFlow = z.looseObject({
  project: z.string(),
  cycleTime: percentiles.extend({ mean: figure, controlChart: figure }),
  leadTime: percentiles,
  serviceLevel: z.strictObject({ days: figure, percent: z.number(), missRate: figure }),
  stages: z.array(stageRow).nonempty(),
  flowDebt: z.strictObject({ approximate: figure, exact: figure, difference: figure }),
  efficiency: figure,
  blocked: z.strictObject({ items: figure, time: figure }),
  stalled: z.looseObject({ items: figure }),
  littlesLaw: z.looseObject({ cycleDays: figure }),
  monteCarlo: z.looseObject({ seed: z.int(), trials: z.literal(10_000), when: percentiles, howMany: percentiles }),
  verdict: z.looseObject({
    rule: z.string().regex(/^B\d/),
    mapVersion: z.literal(1),
    resamples: z.strictObject({ same: z.int(), of: z.literal(200), seed: z.int() }),
  }),
  findings: z.array(z.strictObject({ kind: z.string(), count: z.int().positive(), keys: z.array(z.string()).max(20) })),
});

const flowReport = z.looseObject({
  schema: z.literal(1),
  seed: z.literal(1),
  total: projectFlow,
  projects: z.array(projectFlow).length(3),
  findings: z.array(z.looseObject({ kind: z.string() })),
});

describe("as JSON", () => {
  test("every figure says its n, unit, rule, map version and the findings that touch it", async () => {
    const { stdout } = await analyse(["--format", "json"]);
    const report = flowReport.parse(JSON.parse(stdout));
    expect(report.projects.map(({ project }) => project)).toEqual(["OPS", "PAY", "SHOP"]);

    const figures = [...objectsIn(report)].filter(([, object]) => "unit" in object);
    expect(figures.length).toBeGreaterThan(300);
    expect(figures.filter(([, object]) => !figure.safeParse(object).success).map(([path]) => path)).toEqual([]);
    for (const flow of [report.total, ...report.projects]) {
      const present = new Set([...flow.findings, ...report.findings].map(({ kind }) => kind));
      const named = [...objectsIn(flow)].flatMap(([, object]) => {
        const read = figure.safeParse(object);
        return read.success ? read.data.findings : [];
      });
      expect(named.length).toBeGreaterThan(0);
      expect([...new Set(named)].filter((kind) => !present.has(kind))).toEqual([]);
    }
  });

  test("another seed changes what is resampled, and nothing else", async () => {
    const [one, two] = await Promise.all([analyse(["--format", "json"]), analyse(["--format", "json", "--seed", "2"])]);
    const paths = differences(JSON.parse(one.stdout), JSON.parse(two.stdout));
    expect(paths).toContain("report.seed");
    expect(paths).toContain("report.total.verdict.resamples.seed");
    const resampled =
      /^report(\.seed|\.(total|projects\.\d)\.(verdict\.resamples\.(seed|same)|monteCarlo\.(seed|(when|howMany)\.p\d\d\.value)))$/;
    expect(paths.filter((path) => !resampled.test(path))).toEqual([]);
    // The trials are really drawn anew.
    expect(paths.some((path) => path.includes(".monteCarlo.") && path.endsWith(".value"))).toBe(true);
  });
});

test.each(["json", "html", "text"])(
  "the same input and seed give the same %s and files, byte for byte",
  async (format) => {
    const outputs = ["items.csv", "times.csv", "cfd.csv", "answer"];
    const options = ["--items", "items.csv", "--statuses-out", "times.csv", "--cfd", "cfd.csv"];
    const twice = await Promise.all(
      [1, 2].map(async () => {
        const folder = aFolder(FILES);
        const words = [...ANALYSE, ...options, "--format", format, "--seed", "7", "--output", "answer"];
        const { exitCode, stdout, stderr } = await stageledger(words, { folder });
        expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "", stderr: "written to answer\n" });
        return outputs.map((name) => readFileSync(join(folder, name), "utf8"));
      }),
    );
    expect(twice[0]?.map((content) => content.length > 500)).toEqual([true, true, true, true]);
    expect(twice[1]).toEqual(twice[0]);
  },
);

test("what --output writes is what would have been printed", async () => {
  const printed = await analyse(["--format", "json"]);
  const folder = aFolder(FILES);
  await stageledger([...ANALYSE, "--format", "json", "--output", "answer.json"], { folder });
  expect(readFileSync(join(folder, "answer.json"), "utf8")).toBe(printed.stdout);
});

describe("as text", () => {
  test("no line is wider than 80 columns, and there are no escape codes off a terminal", async () => {
    const { stdout } = await analyse([]);
    const lines = stdout.split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.filter((line) => /[^\P{Cc}]/u.test(line))).toEqual([]);
    expect(stdout).toContain("All projects · 24 Aug – 18 Oct 2026 (8 weeks) · calendar time, UTC · map v1");
    expect(stdout).toMatch(/^ {2}Review holds the work up\. +named in \d+ of 200 resampled windows$/m);
    for (const project of ["OPS", "PAY", "SHOP"]) expect(stdout).toMatch(new RegExp(`^${project} · 24 Aug`, "m"));
  });

  test("nor when the stage that holds the work up has a very long name", async () => {
    const name = "Review by the board of architects and the people of security (mandatory for all)";
    const stages = world.stagesYaml.replace("name: Review,", `name: "${name}",`);
    const { stdout } = await stageledger(ANALYSE, { folder: aFolder({ ...FILES, "stages.yaml": stages }) });
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(stdout.replace(/\s+/g, " ")).toContain(`${name} holds the work up. named in`);
  });

  test("control characters in a status name do not reach the terminal", async () => {
    const control = String.fromCodePoint(0x1b);
    const hostile = JSON.stringify(`${control}]0;owned\u0007${control}[2JReview\u202e`).slice(1, -1);
    const files = Object.fromEntries(
      Object.entries(FILES).map(([file, text]) => [file, text.replaceAll('"Review"', `"${hostile}"`)]),
    );
    const words = ["analyse", "jira", "in.jsonl", "--statuses", "statuses.json"];
    const { exitCode, stdout, stderr } = await stageledger(words, { folder: aFolder(files) });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("]0;owned[2JReview");
    expect(/[^\P{Cc}\n]|[\u202a-\u202e]/u.test(stdout)).toBe(false);
  });

  test("a single project shows what touches the whole log too", async () => {
    const folder = aFolder({ ...FILES, "in.jsonl": `${FILES["in.jsonl"]}oops\n` });
    const { stdout } = await stageledger([...ANALYSE, "--project", "PAY", "--keep-going"], { folder });
    expect(stdout.replace(/\s+/g, " ")).toMatch(/Data quality: [^.]*1 unreadable, left out/);
  });
});
