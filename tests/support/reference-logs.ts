import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { readCsv } from "./read-csv.ts";

/** Where one reference log and its neighbours' results lie. */
export function logFolder(referenceDir: string, name: string) {
  const folder = join(referenceDir, "data", name);
  return {
    issues: join(folder, "jira-shaped/issues.jsonl.gz"),
    statuses: join(folder, "jira-shaped/statuses.json"),
    projects: join(folder, "jira-shaped/projects.json"),
    eventLog: join(folder, "log.csv.gz"),
    expected: (file: string) => join(folder, "expected", file),
  };
}

export function readJson<T>(path: string, schema: z.ZodType<T>): T {
  const bytes = readFileSync(path);
  return schema.parse(JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")));
}

/** `2012-10-09 14:50:17 UTC` as jirametrics prints it, to the second, in our form; empty stays empty. */
export function isoSecond(printed: string): string {
  return printed.replace(" UTC", "").replace(" ", "T");
}

const boardColumns = z.object({
  columnConfig: z.object({
    columns: z.array(z.object({ name: z.string(), statuses: z.array(z.object({ id: z.string() })) })),
  }),
});

/** A stages file with a board's columns: the first waits, the last is done, the clock starts at the second. */
export function stagesOfBoard(path: string): string {
  const { columns } = readJson(path, boardColumns).columnConfig;
  const rows = columns.map(({ name, statuses }, position) => {
    const kind = position === 0 ? "waiting" : position === columns.length - 1 ? "done" : "active";
    // YAML reads JSON.
    return `  - ${JSON.stringify({ name, kind, statuses: statuses.map(({ id }) => id) })}`;
  });
  return ["stages:", ...rows, `commitment: ${columns[1]?.name}`, ""].join("\n");
}

export const statusResults = z.object({
  time_in_status_completed_visits: z.record(z.string(), z.object({ visits_left: z.number(), sum_s: z.number() })),
});

export const resultsByProject = z.record(z.string(), z.object({ time_in_status_s: z.record(z.string(), z.number()) }));

export const projectNames = z.record(z.string(), z.string());

const namedIssue = z.object({ key: z.string(), fields: z.object({ summary: z.string() }) });

/** Issue keys by the case's name in the event log, which the issues carry as their summary. */
export function keyByCase(issuesPath: string): ReadonlyMap<string, string> {
  const lines = gunzipSync(readFileSync(issuesPath)).toString("utf8").trim().split("\n");
  const issues = lines.map((line) => namedIssue.parse(JSON.parse(line)));
  return new Map(issues.map(({ key, fields }) => [fields.summary, key]));
}

/** Rows of one of the files that a run wrote, by the named columns together. */
export function rowsBy(
  path: string,
  ...columns: readonly string[]
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(readCsv(path).map((row) => [columns.map((column) => row[column]).join(" | "), row]));
}
