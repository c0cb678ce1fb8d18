/**
 * `npm run verdicts`: the acceptance of the verdict against simulated lines with causal truth.
 * Exit code 1 when a gate fails, 2 when an option is wrong.
 *
 * Seeds policy: gates and scenarios are frozen first, then the seeds are drawn. The default seeds stand here so that everybody
 * sees the same table; `--fresh` draws others and prints them.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import type { Style } from "../simulators/pipelines/board.ts";
import { scenarios } from "../simulators/pipelines/scenarios/all-scenarios.ts";
import { runAcceptance } from "./acceptance.ts";
import { type Ablation, askVerdict } from "./ask-verdict.ts";
import { acceptanceText } from "./print-acceptance.ts";

const usage = `Usage: npm run verdicts -- [options]

  --seeds N              runs a scenario and board style (default 24)
  --seed-base N          first seed (default 710000)
  --fresh                draw the first seed at random instead
  --scenario TEXT        only scenarios whose name or family contains TEXT
  --style STYLE          merged or separate (default both)
  --without RULE         take a rule out of the verdict: parked or ceiling; the acceptance must then fail
  --plain-logs           leave the distorted logs out
  --json                 print observations and gates as JSON
  --help                 print this
`;

const DEFAULT_SEEDS = 24;
const DEFAULT_SEED_BASE = 710_000;
const SEED_LIMIT = 2 ** 31;

class UsageError extends Error {}

function main(): number {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const startedAt = Date.now();
  const acceptance = runAcceptance({
    ...options,
    ask: askVerdict,
    onScenario: (name, done, of) => {
      const elapsedSeconds = (Date.now() - startedAt) / 1000;
      const leftSeconds = Math.round((elapsedSeconds / done) * (of - done));
      process.stderr.write(`${String(done).padStart(2)} of ${of}  ${name}, about ${leftSeconds} s left\n`);
    },
  });
  process.stdout.write(options.json ? `${JSON.stringify(acceptance)}\n` : acceptanceText(acceptance));
  return acceptance.passed ? 0 : 1;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string" },
      "seed-base": { type: "string" },
      fresh: { type: "boolean", default: false },
      scenario: { type: "string", default: "" },
      style: { type: "string" },
      without: { type: "string" },
      "plain-logs": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const firstSeed = values.fresh
    ? randomInt(1_000_000, SEED_LIMIT / 2)
    : wholeNumber(values["seed-base"], DEFAULT_SEED_BASE);
  const chosen = scenarios.filter(
    ({ name, family }) => name.includes(values.scenario) || family.includes(values.scenario),
  );
  if (chosen.length === 0) throw new UsageError(`no scenario's name or family contains "${values.scenario}"`);
  return {
    help: values.help,
    json: values.json,
    seeds: Array.from({ length: wholeNumber(values.seeds, DEFAULT_SEEDS) }, (_, n) => firstSeed + n),
    scenarios: chosen,
    styles: stylesFrom(values.style),
    without: ablationFrom(values.without),
    distorted: !values["plain-logs"],
  };
}

function wholeNumber(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number >= SEED_LIMIT)
    throw new UsageError(`"${text}" is not a whole number from 1 on`);
  return number;
}

function stylesFrom(text: string | undefined): readonly Style[] {
  if (text === undefined) return ["merged", "separate"];
  if (text === "merged" || text === "separate") return [text];
  throw new UsageError(`--style is merged or separate, not "${text}"`);
}

function ablationFrom(text: string | undefined): Ablation | undefined {
  if (text === undefined || text === "parked" || text === "ceiling") return text;
  throw new UsageError(`--without is parked or ceiling, not "${text}"`);
}

function isWrongOption(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
  );
}

try {
  process.exitCode = main();
} catch (error) {
  if (!isWrongOption(error)) throw error;
  process.stderr.write(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
