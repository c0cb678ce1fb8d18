/** One run of `analyse jira`: read, measure, write what was asked for, print the answer. */
import { renameSync, writeFileSync } from "node:fs";
import { styleText } from "node:util";
import { type ReportZone, StageledgerError } from "@stageledger/core";
import { EMAIL_VARIABLE, TOKEN_VARIABLE } from "../jira/site/site-credentials.ts";
import type { CliContext } from "../main/cli-context.ts";
import type { EventColumns } from "./input/read-event-log.ts";
import { loadFiles } from "./load-files.ts";
import { loadSite } from "./load-site.ts";
import { emptyLog } from "./loaded-log.ts";
import { AnalysisFiles } from "./output/analysis-files.ts";
import { unwritable } from "./output/csv-file.ts";
import { textReport } from "./output/text-report.ts";
import { progressOn } from "./progress.ts";
import { type Analysis, runAnalysis } from "./run-analysis.ts";
import { readCalendarFile } from "./settings/calendar-file.ts";
import { readStagesFile } from "./settings/stages-file.ts";
import { count } from "./words.ts";

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
  readonly format: "text" | "json" | "html";
  readonly output: string | undefined;
  readonly items: string | undefined;
  readonly statusesOut: string | undefined;
  readonly cfd: string | undefined;
  readonly keepGoing: boolean;
}

/** @throws StageledgerError; nothing is written then */
export async function analyseJira(request: AnalyseRequest, context: CliContext): Promise<Analysis> {
  const progress = progressOn(context.stderr, () => performance.now());
  // Settings are read first: a typo should not show up after minutes of reading.
  const stages = request.stages === undefined ? undefined : await readStagesFile(request.stages);
  const calendar = request.calendar === undefined ? undefined : await readCalendarFile(request.calendar, request.zone);
  const files = new AnalysisFiles(request);
  try {
    const loaded = emptyLog(request.keepGoing);
    if (request.source.kind === "files")
      await loadFiles({ files: request.source.files, statuses: request.statuses, csv: request.csv }, loaded, progress);
    else
      await loadSite(
        { site: request.source.site, jql: request.source.jql, credentials: credentialsIn(context) },
        loaded,
        progress,
      );

    const analysis = runAnalysis(loaded, { ...request, stages, calendar }, progress, (item, map) =>
      files.add(item, map),
    );
    files.write(analysis);
    for (const warning of analysis.warnings) context.stderr.write(`stageledger: ${warning}\n`);
    if (loaded.tally.skippedValues > 0)
      context.stderr.write(`stageledger: ${count(loaded.tally.skippedValues)} unreadable values were skipped.\n`);
    answer(await rendered(analysis, request, context), request.output, context);
    return analysis;
  } catch (error) {
    files.abandon();
    throw error;
  }
}

async function rendered(analysis: Analysis, { format, output }: AnalyseRequest, context: CliContext): Promise<string> {
  if (format === "json") return `${JSON.stringify(analysis.report, null, 2)}\n`;
  if (format === "html") {
    // Drawing loads a charting library that the other formats need not wait for.
    const { renderPage } = await import("./page/page.ts");
    return renderPage(analysis.report);
  }
  const hasColour = output === undefined && context.stdout.isTTY === true && context.env.NO_COLOR === undefined;
  return textReport(analysis.report, (text) =>
    hasColour ? styleText(["bold", "yellow"], text, { validateStream: false }) : text,
  );
}

function answer(text: string, output: string | undefined, context: CliContext): void {
  if (output === undefined) {
    context.stdout.write(text);
    return;
  }
  try {
    writeFileSync(`${output}.partial`, text);
    renameSync(`${output}.partial`, output);
  } catch (cause) {
    throw unwritable(output, cause);
  }
  context.stderr.write(`written to ${output}\n`);
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
