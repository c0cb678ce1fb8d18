/** The demo's exports: the simulated world written to files, as tools would export it. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { JiraIssue } from "../../../../tests/simulators/jira-log/jira-shapes.ts";
import { stageWorkedIn, type World } from "../../../../tests/simulators/jira-log/quarter-of-three-teams.ts";
import { type LoggedTime, logTime } from "../../../../tests/simulators/people/log-time.ts";
import { TEAMS } from "../../../../tests/simulators/people/teams.ts";
import { timeFile } from "../../../../tests/simulators/people/time-file.ts";

export interface DemoFiles {
  /** All three teams, for the page with charts. */
  readonly everything: string;
  readonly statuses: string;
  readonly stages: string;
  /** People of PAY use a tracker of their own. */
  readonly time: string;
  readonly page: string;
}

const QUARTER_WEEKS = 13;
const WEEK_MILLISECONDS = 7 * 86_400_000;

/** What a team logged in the quarter. */
export function quarterOf(world: World, project: keyof typeof TEAMS, seed: number): readonly LoggedTime[] {
  const mondayAt = world.asOf - QUARTER_WEEKS * WEEK_MILLISECONDS;
  const items = world.items.get(project) ?? [];
  return logTime(TEAMS[project], items, { seed, mondayAt, weeks: QUARTER_WEEKS, stageOf: stageWorkedIn });
}

/** Begins the folder anew. */
export function writeDemoFiles(world: World, seed: number, folder: string): DemoFiles {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files: DemoFiles = {
    everything: join(folder, "three-teams.jsonl.gz"),
    statuses: join(folder, "statuses.json"),
    stages: join(folder, "stages.yaml"),
    time: join(folder, "time.csv"),
    page: join(folder, "report.html"),
  };
  writeFileSync(files.everything, gzipSync(asLines(world.issues)));
  writeFileSync(files.statuses, JSON.stringify(world.statuses));
  writeFileSync(files.stages, world.stagesYaml);
  writeFileSync(files.time, timeFile(quarterOf(world, "PAY", seed)));
  return files;
}

function asLines(issues: readonly JiraIssue[]): string {
  return issues.map((issue) => `${JSON.stringify(issue)}\n`).join("");
}
