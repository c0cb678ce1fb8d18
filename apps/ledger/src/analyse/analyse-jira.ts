/** One run of `analyse jira`: read, measure, write what was asked for, print the answer. */
import { styleText } from "node:util";
import { dayText, type ReportZone, StageledgerError } from "@stageledger/core";
import { counted } from "@stageledger/core/contract/figure-text";
import { EMAIL_VARIABLE, TOKEN_VARIABLE } from "../jira/site/site-credentials.ts";
import type { CliContext } from "../main/cli-context.ts";
import type { EventColumns } from "./input/read-event-log.ts";
import { loadFiles } from "./load-files.ts";
import { emptyLog, type LoadedLog } from "./loaded-log.ts";
import { abandonOnSignal } from "./output/abandon-on-signal.ts";
import { AnalysisFiles } from "./output/analysis-files.ts";
import { harmless, harmlessInColour } from "./output/harmless.ts";
import { type NamedPaths, refuseClashingPaths } from "./output/refuse-clashing-paths.ts";
import { textReport } from "./output/text-report.ts";
import { type Progress, progressOn } from "./progress.ts";
import { type Analysis, type AnalysisOptions, runAnalysis } from "./run-analysis.ts";

export type AnswerFormat = "text" | "json" | "html";

export interface AnalyseRequest {
  readonly source:
    | { readonly kind: "files"; readonly files: readonly string[] }
    | { readonly kind: "site"; readonly site: string; readonly jql: string };
  readonly csv: EventColumns | undefined;
  readonly statuses: string | undefined;
  readonly stages: string | undefined;
  readonly mapVersion: number | undefined;
  readonly zone: ReportZone;
  readonly projects: readonly string[];
  readonly asOf: number | undefined;
  readonly weeks: number;
  readonly calendar: string | undefined;
  readonly withdrawnResolutions: readonly string[];
  readonly backToBacklog: "keep" | "reset";
  readonly seed: number;
  readonly format: AnswerFormat;
  readonly output: string | undefined;
  readonly items: string | undefined;
  readonly statusesOut: string | undefined;
  readonly cfd: string | undefined;
  readonly stagesOut: string | undefined;
  readonly keepGoing: boolean;
}

/** @throws StageledgerError; nothing is written then */
export async function analyseJira(request: AnalyseRequest, context: CliContext): Promise<Analysis> {
  refuseClashes(request);
  const progress = progressOn(context.stderr, () => performance.now());
  const settings = await readSettings(request);
  const files = new AnalysisFiles(request);
  const release = abandonOnSignal(files);
  try {
    const loaded = emptyLog(request.keepGoing);
    await load(request, loaded, progress, context);
    const analysis = await runAnalysis(loaded, { ...request, ...settings }, progress, files.taker);
    const answer = await rendered(analysis, request, context);
    files.write(analysis, answer);
    for (const warning of [
      ...analysis.warnings,
      ...losses(loaded),
      ...(request.asOf === undefined ? future(analysis, context) : []),
    ])
      progress.note(`stageledger: ${warning}`);
    if (request.output === undefined) context.stdout.write(answer);
    else progress.note(`written to ${request.output}`);
    return analysis;
  } catch (error) {
    files.abandon();
    throw error;
  } finally {
    release();
  }
}

function refuseClashes(request: AnalyseRequest): void {
  const files = request.source.kind === "files" ? request.source.files : [];
  const inputs: NamedPaths = [
    ...files.map((path) => ["The input", path] as const),
    ["--statuses", request.statuses],
    ["--stages", request.stages],
    ["--calendar", request.calendar],
  ];
  refuseClashingPaths(inputs, [
    ["--items", request.items],
    ["--statuses-out", request.statusesOut],
    ["--cfd", request.cfd],
    ["--stages-out", request.stagesOut],
    ["--output", request.output],
  ]);
}

/**
 * Settings are read before the work: a typo should not show up after minutes of reading. What reads YAML is
 * loaded only for a run that has some.
 */
async function readSettings({
  stages,
  calendar,
  zone,
}: AnalyseRequest): Promise<Pick<AnalysisOptions, "stages" | "calendar">> {
  return {
    stages: stages === undefined ? undefined : await (await import("./settings/stages-file.ts")).readStagesFile(stages),
    calendar:
      calendar === undefined
        ? undefined
        : await (await import("./settings/calendar-file.ts")).readCalendarFile(calendar, zone),
  };
}

async function load(
  { source, statuses, csv }: AnalyseRequest,
  loaded: LoadedLog,
  progress: Progress,
  context: CliContext,
): Promise<void> {
  if (source.kind === "files") return loadFiles({ files: source.files, statuses, csv }, loaded, progress);
  const { loadSite } = await import("./load-site.ts");
  return loadSite({ site: source.site, jql: source.jql, credentials: credentialsIn(context) }, loaded, progress);
}

async function rendered(analysis: Analysis, { format, output }: AnalyseRequest, context: CliContext): Promise<string> {
  if (format === "json") return `${JSON.stringify(analysis.report, null, 2)}\n`;
  if (format === "html") {
    // Drawing loads a charting library that the other formats need not wait for.
    const { renderPage } = await import("./page/page.ts");
    return renderPage(analysis.report);
  }
  const hasColour = output === undefined && context.stdout.isTTY === true && !context.env.NO_COLOR;
  if (!hasColour) return harmless(textReport(analysis.report, (text) => text));
  return harmlessInColour(
    textReport(analysis.report, (text) => styleText(["bold", "yellow"], text, { validateStream: false })),
  );
}

/** A stamp from the future makes a default as-of at which nothing has happened yet. */
function future({ settings }: Analysis, { now }: CliContext): string[] {
  const { asOf, zone } = settings.window;
  if (asOf <= now()) return [];
  return [`The log is looked at as of ${dayText(zone.dayOf(asOf))}, which lies ahead. Name another day with --as-of.`];
}

/** What --keep-going left out. */
function losses({ tally }: LoadedLog): string[] {
  const skipped =
    tally.skippedValues === 0 ? [] : [`${counted(tally.skippedValues, "unreadable value")} left out, as asked.`];
  return [
    ...skipped,
    ...tally.brokenOff.map((place) => `${place}: what begins here never ends; nothing after it was read.`),
  ];
}

function credentialsIn({ env }: CliContext): { readonly email: string | undefined; readonly token: string } {
  const token = env[TOKEN_VARIABLE];
  if (token === undefined || token.trim() === "") {
    throw new StageledgerError("SITE_NO_CREDENTIALS", `${TOKEN_VARIABLE} is not set.`, {
      next: `Set ${EMAIL_VARIABLE} and ${TOKEN_VARIABLE}; \`stageledger analyse --help site\` tells where to make a token.`,
    });
  }
  return { email: env[EMAIL_VARIABLE], token };
}
