/**
 * `npm run demo`: a generated quarter of three teams goes through the same command that a real
 * export would; the verdict appears here, the page under the address that is printed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { jiraLines, quarterOfThreeTeams } from "../../../../tests/simulators/jira-log/quarter-of-three-teams.ts";
import { run } from "./cli.ts";

const folder = join(process.cwd(), "data", "demo");
const SEED = 1;

async function demo(): Promise<number> {
  process.stdout.write("Three made-up teams work for a quarter …\n");
  const world = quarterOfThreeTeams({ seed: SEED });
  mkdirSync(folder, { recursive: true });
  const log = join(folder, "three-teams.jsonl.gz");
  const statuses = join(folder, "statuses.json");
  const stages = join(folder, "stages.yaml");
  const page = join(folder, "report.html");
  writeFileSync(log, gzipSync([...jiraLines(world)].join("")));
  writeFileSync(statuses, JSON.stringify(world.statuses));
  writeFileSync(stages, world.stagesYaml);

  const analyse = [
    "analyse",
    "jira",
    log,
    "--statuses",
    statuses,
    "--stages",
    stages,
    "--as-of",
    new Date(world.asOf - 1).toISOString(),
  ];
  process.stdout.write(`\n$ npx stageledger ${analyse.map(relative).join(" ")}\n\n`);
  const printed = await run(analyse);
  if (printed !== 0) return printed;
  const drawn = await run([...analyse, "--format", "html", "--output", page]);
  if (drawn !== 0) return drawn;
  process.stdout.write(`\nThe same with charts: open ${pathToFileURL(page).href}\n`);
  return 0;
}

function relative(path: string): string {
  return path.startsWith(folder) ? join("data", "demo", path.slice(folder.length)) : path;
}

process.exitCode = await demo();
