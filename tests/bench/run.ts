/**
 * `npm run bench`: what analysing, recording and reporting cost, as ratios against a baseline of the same run, because
 * machines differ and are noisy. Each measurement is a process of its own; baseline and analysis take
 * turns, and the median of the rounds' ratios counts.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { asanaDoorSpeed } from "./asana-door.ts";
import { writeBigLog } from "./big-log.ts";
import { forgeDoorSpeed } from "./forge-door.ts";
import { importSpeed } from "./import-ledger.ts";
import { pagePaint, readersWait } from "./page-readers.ts";
import { pageReportSpeed } from "./page-report.ts";
import { reportHoursSpeed } from "./report-hours.ts";
import { asJson, inWords, keepsLimit, median, type Result, type Timed } from "./result.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
    items: { type: "string", default: "1000000" },
    help: { type: "boolean", default: false },
  },
});

/** 200 MB before zipping. */
const SPEED_ISSUES = 131_500;
const FEW_ISSUES = 5000;
const MANY_ISSUES = 500_000;

const measured = z.object({ elapsedMilliseconds: z.number(), peakKilobytes: z.number() });
type Measured = z.infer<typeof measured>;

async function measure(what: "parse" | "analyse", path: string): Promise<Measured> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "measured-run.ts"), what, path], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const line = /^measured (.*)$/m.exec(errors)?.[1];
  if (code !== 0 || line === undefined) throw new Error(`${what} ended with ${code}: ${errors}`);
  return measured.parse(JSON.parse(line));
}

/** Median over the rounds of a figure against its baseline in the same round. */
function medianRatio(runs: readonly Measured[], baselines: readonly Measured[], figure: keyof Measured): number {
  return median(runs.map((run, round) => run[figure] / (baselines[round]?.[figure] ?? Number.NaN)));
}

async function speed(folder: string, rounds: number): Promise<Result> {
  const path = join(folder, "speed.jsonl.gz");
  const bytes = await writeBigLog(path, SPEED_ISSUES);
  const parsing: Measured[] = [];
  const analysing: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    parsing.push(await measure("parse", path));
    analysing.push(await measure("analyse", path));
  }
  const ratio = medianRatio(analysing, parsing, "elapsedMilliseconds");
  return {
    name: "analyse time",
    ratio,
    limit: { atMost: 2.5 },
    baseline: `gunzip + JSON.parse of the same ${Math.round(bytes / 1e6)} MB`,
  };
}

async function memory(folder: string, rounds: number): Promise<Result> {
  const few = join(folder, "few.jsonl.gz");
  const many = join(folder, "many.jsonl.gz");
  await writeBigLog(few, FEW_ISSUES);
  await writeBigLog(many, MANY_ISSUES);
  const small: Measured[] = [];
  const large: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    small.push(await measure("analyse", few));
    large.push(await measure("analyse", many));
  }
  const ratio = medianRatio(large, small, "peakKilobytes");
  return {
    name: "analyse peak memory at 500,000 issues",
    ratio,
    limit: { atMost: 2 },
    baseline: `the same at ${FEW_ISSUES} issues`,
  };
}

const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`--rounds should be a whole number from 1 on, not "${options.rounds}".\n`);
  process.exit(2);
}
const items = Number(options.items);
if (!Number.isInteger(items) || items < 1000 || items % 500 !== 0) {
  process.stderr.write(`--items should be a multiple of 500 from 1000 on, not "${options.items}".\n`);
  process.exit(2);
}
if (options.help) {
  process.stdout.write(
    "npm run bench -- [--json] [--rounds N] [--only analyse|recording|report|page|asana-door|forge-door] [--items N]\nPrints each figure as a ratio against its baseline, and what readers of the page wait in milliseconds; --json gives one line of JSON a figure.\nExit code 1 when one is over its limit. One round is a rough look: a busy machine doubles a figure.\n--items is how many the page report lies among, 1000000 unless said; fewer are a rough look.\n",
  );
} else {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-bench-"));
  try {
    const benchmarks: Readonly<Record<string, () => Promise<Result | readonly (Result | Timed)[]>>> = {
      "analyse time": () => speed(folder, rounds),
      "analyse memory": () => memory(folder, rounds),
      recording: () => importSpeed(rounds),
      "report hours": () => reportHoursSpeed(rounds),
      "page report": () => pageReportSpeed(rounds, items),
      "page readers": () => readersWait(),
      "page paint": () => pagePaint(rounds),
      "asana-door": () => asanaDoorSpeed(rounds),
      "forge-door": () => forgeDoorSpeed(rounds),
    };
    for (const [name, benchmark] of Object.entries(benchmarks)) {
      if (options.only !== undefined && !name.includes(options.only)) continue;
      process.stderr.write(`measuring ${name} in ${rounds} rounds …\n`);
      for (const result of [await benchmark()].flat()) {
        process.stdout.write(`${options.json ? asJson(result) : inWords(result)}\n`);
        if (!keepsLimit(result)) process.exitCode = 1;
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
