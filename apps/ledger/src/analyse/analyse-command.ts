/** `stageledger analyse`: the options of the command line, read into plain values. */
import { parseInstant, type ReportZone, StageledgerError } from "@stageledger/core";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import type { CliContext } from "../main/cli-context.ts";
import { type AnalyseRequest, type AnswerFormat, analyseJira } from "./analyse-jira.ts";
import { parseEventColumns } from "./input/read-event-log.ts";
import { sampleRequest } from "./sample-request.ts";
import { zoneNamed } from "./settings/zone.ts";

/** What the charts' half year is about: all that is open, and what was touched since. By creation alone the oldest work would be missing. */
const DEFAULT_JQL = "statusCategory != Done OR updated >= -26w ORDER BY created";

const DAY_MILLISECONDS = 86_400_000;

interface RawOptions {
  readonly site?: string;
  readonly jql?: string;
  readonly csv?: string;
  readonly statuses?: string;
  readonly stages?: string;
  readonly mapVersion?: number;
  readonly zone: string;
  readonly project: string[];
  readonly asOf?: string;
  readonly window: number;
  readonly calendar?: string;
  readonly withdrawn: string[];
  readonly backToBacklog: "keep" | "reset";
  readonly seed: number;
  readonly format: AnswerFormat;
  readonly output?: string;
  readonly items?: string;
  readonly statusesOut?: string;
  readonly cfd?: string;
  readonly stagesOut?: string;
  readonly keepGoing?: boolean;
}

interface SampleOptions {
  readonly sample?: boolean;
  readonly format: AnswerFormat;
  readonly output?: string;
}

export function analyseCommand(context: CliContext): Command {
  const analyse = new Command("analyse")
    .description("Tell which stage holds the work up, from an export or a live site. No database, no set-up.")
    .enablePositionalOptions()
    .option("--sample", "analyse the small sample that comes along")
    .addOption(formatOption())
    .option("--output <file>", "write the answer there instead of to the terminal")
    .addHelpText("after", `\nTopics: stageledger analyse --help stages | calendar | csv | outputs | site\n`)
    .allowExcessArguments()
    .action(async (options: SampleOptions, command: Command) => {
      const [word] = command.args;
      if (word !== undefined)
        command.error(`error: analyse does not know "${word}". Write: stageledger analyse jira ${word}`);
      if (options.sample === true) {
        await analyseJira(sampleRequest(options.format, options.output), context);
        return;
      }
      context.stdout.write(OFFER);
    });
  analyse.addCommand(jiraCommand(context));
  return analyse;
}

const OFFER = `Nothing to analyse was named. Three ways to a verdict:

  stageledger analyse --sample
      a made-up quarter of three teams, to see what an answer looks like

  stageledger analyse jira export.jsonl.gz --statuses statuses.json
      Jira REST issues with their changelog: JSON lines, an array or search
      pages, gzipped or not

  stageledger analyse jira --site https://example.atlassian.net \\
    --jql "project = PAY"
      a live site; JIRA_EMAIL and JIRA_API_TOKEN come from the environment

stageledger analyse jira --help explains every option.
`;

function formatOption(): Option {
  return new Option("--format <format>", "form of the answer").choices(["text", "json", "html"]).default("text");
}

function jiraCommand(context: CliContext): Command {
  return new Command("jira")
    .description("Analyse Jira issues from files, a CSV event log or a live site.")
    .addArgument(
      new Argument(
        "[files...]",
        "exports: JSON array, search pages, JSON lines, each optionally gzipped; - is standard input",
      ),
    )
    .option("--site <url>", "read a live site instead of files (token from JIRA_API_TOKEN, e-mail from JIRA_EMAIL)")
    .option("--jql <query>", "which issues of the site", DEFAULT_JQL)
    .option("--csv <columns>", "the files are CSV event logs: item=…,status=…,at=…,project=…")
    .option("--statuses <file>", "the site's status list (GET /rest/api/3/status): names and categories")
    .option("--stages <file>", "your stages, left to right (stages.yaml); without it each status is a stage")
    .option("--map-version <number>", "use this version of the stages file instead of the one in force", wholeNumber)
    .option("--zone <name>", "time zone of days and weeks", "UTC")
    .addOption(
      new Option("--project <key>", "only this project; may be given several times")
        .argParser(collect)
        .default([], "all"),
    )
    .option("--as-of <when>", "look at the log as of a day or instant (default: its last instant; now for --site)")
    .option("--window <weeks>", "whole weeks that the verdict looks at, ending at --as-of", windowWeeks, 8)
    .option("--calendar <file>", "working days, hours and holidays for a second view in business time")
    .addOption(
      new Option(
        "--withdrawn <resolution>",
        "a resolution that means withdrawn, not finished; may be given several times",
      )
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(
      new Option("--back-to-backlog <policy>", "what an item's clock does when it goes back before the commitment")
        .choices(["keep", "reset"])
        .default("keep"),
    )
    .option("--seed <number>", "seed of every resampling", wholeNumber, 1)
    .addOption(formatOption())
    .option("--output <file>", "write the answer there instead of to the terminal")
    .option("--items <file>", "write one CSV row an issue")
    .option("--statuses-out <file>", "write time in each status as CSV")
    .option("--cfd <file>", "write the cumulative flow as CSV")
    .option("--stages-out <file>", "write the stage map that was used as a stages file to edit")
    .option("--keep-going", "skip what cannot be read, and say how much that was")
    .addHelpText("after", AFTER_HELP)
    .action(async (files: string[], options: RawOptions, command: Command) => {
      refuseIdleOptions(options, command.getOptionValueSource("jql") === "cli");
      await analyseJira(toRequest(files, options, context), context);
    });
}

const AFTER_HELP = `
Examples:
  stageledger analyse jira export.jsonl.gz --statuses statuses.json
  stageledger analyse jira export.json --stages stages.yaml --zone Europe/Berlin
  stageledger analyse jira export.json --format html --output report.html
  stageledger analyse jira log.csv --csv item=case_id,status=status,at=timestamp
  stageledger analyse jira --site https://example.atlassian.net \\
    --jql "project = PAY"

Topics: stageledger analyse --help stages | calendar | csv | outputs | site
Exit codes: 0 answered, 2 wrong usage, 3 input or settings that cannot be used,
4 the site refused or could not be reached, 1 a fault of stageledger itself.
`;

function toRequest(files: readonly string[], raw: RawOptions, context: CliContext): AnalyseRequest {
  const zone = zoneNamed(raw.zone);
  if (raw.site === undefined && files.length === 0) {
    throw new StageledgerError("SETTING_INVALID", "No file and no --site was given.", {
      next: "Name an export, or try `stageledger analyse --sample`.",
    });
  }
  if (raw.site !== undefined && files.length > 0) {
    throw new StageledgerError("SETTING_INVALID", "Files and --site cannot be read together.", {
      next: "Give one or the other.",
    });
  }
  return {
    source: raw.site === undefined ? { kind: "files", files } : { kind: "site", site: raw.site, jql: raw.jql ?? "" },
    csv: raw.csv === undefined ? undefined : parseEventColumns(raw.csv),
    statuses: raw.statuses,
    stages: raw.stages,
    mapVersion: raw.mapVersion,
    zone,
    projects: raw.project,
    asOf: raw.asOf === undefined ? (raw.site === undefined ? undefined : context.now()) : asOfInstant(raw.asOf, zone),
    weeks: raw.window,
    calendar: raw.calendar,
    withdrawnResolutions: raw.withdrawn,
    backToBacklog: raw.backToBacklog,
    seed: raw.seed,
    format: raw.format,
    output: raw.output,
    items: raw.items,
    statusesOut: raw.statusesOut,
    cfd: raw.cfd,
    stagesOut: raw.stagesOut,
    keepGoing: raw.keepGoing === true,
  };
}

/** An option that would change nothing is a misunderstanding. @throws StageledgerError SETTING_INVALID */
function refuseIdleOptions(raw: RawOptions, hasJql: boolean): void {
  const isSite = raw.site !== undefined;
  const idle: readonly (readonly [given: boolean, option: string, why: string])[] = [
    [isSite && raw.csv !== undefined, "--csv", "is for files; a site is read as it is"],
    [isSite && raw.statuses !== undefined, "--statuses", "is for files; a site tells its statuses itself"],
    [!isSite && hasJql, "--jql", "is for --site; choose from files with --project"],
    [raw.mapVersion !== undefined && raw.stages === undefined, "--map-version", "needs a stages file, by --stages"],
  ];
  const found = idle.find(([given]) => given);
  if (found === undefined) return;
  throw new StageledgerError("SETTING_INVALID", `${found[1]} ${found[2]}.`, {
    next: `Leave ${found[1]} out, or change the other.`,
  });
}

/** A bare day means its last millisecond in the report zone. @throws StageledgerError SETTING_INVALID */
function asOfInstant(text: string, zone: ReportZone): number {
  const instant = parseInstant(text);
  if (instant === undefined) {
    throw new StageledgerError("SETTING_INVALID", `--as-of "${text}" is no possible day or instant.`, {
      next: "Write it like 2026-10-25 or 2026-10-25T17:00:00Z.",
    });
  }
  return text.length === 10 ? zone.startOfDay(instant / DAY_MILLISECONDS + 1) - 1 : instant;
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError("It should be a whole number.");
  return Number(text);
}

function windowWeeks(text: string): number {
  const weeks = wholeNumber(text);
  if (weeks < 6 || weeks > 12) throw new InvalidArgumentError("It should be 6 to 12 whole weeks.");
  return weeks;
}
