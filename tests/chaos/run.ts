/**
 * `npm run chaos`: proves that nothing is lost and nothing doubled. Exit code 1 when the ledger is not the truth, 2 when an
 * option is wrong.
 */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chaosRun, type RunOptions } from "./chaos-run.ts";
import { MUTANTS, mutantSchema } from "./child-order.ts";
import { Children } from "./children.ts";
import type { Outcome } from "./judge.ts";
import { SCENES } from "./scenes.ts";
import { startServers } from "./servers.ts";
import { SOURCES } from "./side.ts";
import { Tally } from "./tally.ts";

const usage = `Usage: npm run chaos -- [options]

Simulates busy weeks in Asana and Jira while what rings is dropped, doubled, late and in another order, processes are
killed, Redis is emptied and restarted, PostgreSQL crashes and the sources limit, fail and forget. Then holds the ledger
against what was true, by project, stage and day, to the minute.

  --runs N         how many weeks (default 3)
  --seed S         seed of the first; the next ones count on (default 1). The same seed gives the same week and the same
                   disasters; which instant of a process they hit is up to the machine
  --days D         working days of a week (default 5); from four on, processes are away for more than a day
  --source NAME    asana, jira or both (default both), with one ledger
  --scene NAME     plays this scene only, or those that are named: ${SCENES.join(", ")}
  --mutant NAME    breaks a rule of the product on purpose, and must fail:
                   ${MUTANTS.join(", ")}
  --help           print this
`;

class UsageError extends Error {}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    process.stdout.write(usage);
    return 0;
  }
  const { runs, seed, days, sources, mutant, scenes } = options;
  const children = new Children(2, join(tmpdir(), "stageledger-chaos-node-cache"));
  const servers = await startServers();
  const faults = new Tally();
  let [lost, doubled, differences] = [0, 0, 0];
  try {
    for (let run = 0; run < runs; run += 1) {
      const startedAt = performance.now();
      children.log.length = 0;
      const outcome = await chaosRun(servers, children, { seed: seed + run, days, sources, mutant, scenes });
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      tell(run + 1, runs, seed + run, outcome, seconds);
      if (outcome.differences.length > 0) explain(seed + run, outcome, children.log);
      faults.addAll(outcome.faults.counts);
      lost += outcome.minutesLost;
      doubled += outcome.minutesDoubled;
      differences += outcome.differences.length;
    }
  } finally {
    children.close();
    await servers.close();
  }
  process.stdout.write(`Faults${differences === 0 ? " survived" : ""}:\n${faults.table()}`);
  process.stdout.write(`runs ${runs}, minutes lost ${lost}, minutes doubled ${doubled}\n`);
  return differences === 0 ? 0 : 1;
}

function tell(run: number, runs: number, seed: number, outcome: Outcome, seconds: string): void {
  const { minutes, entries, items, faults, differences } = outcome;
  const sum = Object.values(faults.counts).reduce((total, times) => total + times, 0);
  const verdict = differences.length === 0 ? "the ledger is the truth" : `${differences.length} differences`;
  process.stderr.write(
    `run ${run} of ${runs}, seed ${seed}: ${verdict}; ${minutes} minutes in ${entries} entries, ${items} items, ${sum} faults, ${seconds} s\n`,
  );
}

const MOST_SHOWN = 40;

function explain(
  seed: number,
  { scene, differences, minutesLost, minutesDoubled, deeds }: Outcome,
  log: readonly string[],
): void {
  const path = join(tmpdir(), `stageledger-chaos-${seed}.log`);
  writeFileSync(path, `${[...differences, ...deeds, ...log].join("\n")}\n`);
  const shown = differences.slice(0, MOST_SHOWN).map((line) => `  ${line}\n`);
  const more = differences.length > MOST_SHOWN ? `  and ${differences.length - MOST_SHOWN} more\n` : "";
  process.stdout.write(
    `Seed ${seed}, after "${scene}": minutes lost ${minutesLost}, minutes doubled ${minutesDoubled}\n${shown.join("")}${more}`,
  );
  process.stdout.write(`  What happened to each thing, and what the processes said last, is in ${path}.\n`);
}

function readOptions(): (RunOptions & { readonly runs: number }) | undefined {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "3" },
      seed: { type: "string", default: "1" },
      days: { type: "string", default: "5" },
      source: { type: "string", default: "both" },
      scene: { type: "string", multiple: true, default: [] },
      mutant: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const { data: mutant, success } = mutantSchema.optional().safeParse(values.mutant);
  if (!success) throw new UsageError(`--mutant is one of ${MUTANTS.join(", ")}, not "${values.mutant}"`);
  const scenes = SCENES.filter((scene) => values.scene.includes(scene));
  const unknown = values.scene.find((name) => !SCENES.some((scene) => scene === name));
  if (unknown !== undefined) throw new UsageError(`--scene is one of ${SCENES.join(", ")}, not "${unknown}"`);
  const sources = SOURCES.filter((source) => values.source === "both" || values.source === source);
  if (sources.length === 0) throw new UsageError(`--source is asana, jira or both, not "${values.source}"`);
  return {
    runs: wholeNumber("--runs", values.runs),
    seed: wholeNumber("--seed", values.seed),
    days: wholeNumber("--days", values.days),
    sources,
    mutant,
    scenes,
  };
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number >= 2 ** 31)
    throw new UsageError(`${option} is a whole number from 1 on, not "${text}"`);
  return number;
}

function isWrongOption(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
  );
}

// Whoever breaks it off leaves no process behind.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

try {
  process.exitCode = await main();
} catch (error) {
  if (!isWrongOption(error)) throw error;
  process.stderr.write(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
