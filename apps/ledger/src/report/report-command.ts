/** `stageledger report`: which stage holds the work up, and the hours that may be shown. */
import { reportWindow, StageledgerError } from "@stageledger/core";
import { readReportFacts } from "@stageledger/db";
import { Command, InvalidArgumentError } from "commander";
import { addLedgerOptions, type LedgerOptions, withLedger } from "../access/with-ledger.ts";
import { writeAnswer } from "../access/write-answer.ts";
import { harmless } from "../analyse/output/harmless.ts";
import type { CliContext } from "../main/cli-context.ts";
import { type AsOf, asOfOption } from "./as-of-option.ts";
import { buildReport, type LedgerReport } from "./build-report.ts";
import { REPORT_SEED, REPORT_WEEKS } from "./report-defaults.ts";
import { reportText } from "./report-text.ts";

interface ReportOptions extends LedgerOptions {
  readonly project?: string;
  readonly asOf?: AsOf;
  readonly window: number;
  readonly json?: boolean;
  readonly output?: string;
}

export function reportCommand(context: CliContext): Command {
  const command = new Command("report")
    .description("Which stage holds the work up, with the hours that may be shown. No persons.")
    .option("--project <name>", "only this project")
    .option("--as-of <when>", "look at the ledger as of a day or instant (default: now)", asOfOption)
    .option("--window <weeks>", "whole weeks that the verdict looks at", weeks, REPORT_WEEKS)
    .option("--json", "print the report as JSON")
    .option("--output <file>", "write the answer there instead of to the terminal");
  return addLedgerOptions(command).action(async (options: ReportOptions) => {
    const asOf = options.asOf ?? context.now;
    const facts = await withLedger(context, options, ({ database, tenantId }) =>
      readReportFacts(database, tenantId, (zone) => reportWindow(zone, asOf(zone), options.window)),
    );
    const whole = buildReport(facts, { seed: REPORT_SEED });
    refuseUnknownProject(whole, options.project);
    const report = options.project === undefined ? whole : onlyProject(whole, options.project);
    const answer =
      options.json === true
        ? `${JSON.stringify(report, null, 2)}\n`
        : harmless(reportText(report, options.project, (text) => text));
    writeAnswer(context, answer, options.output);
  });
}

function refuseUnknownProject({ flow }: LedgerReport, project: string | undefined): void {
  if (project === undefined || flow.projects.some((one) => one.project === project)) return;
  throw new StageledgerError("SETTING_INVALID", "The ledger has no project of that name.", {
    next: `It has: ${flow.projects.map((one) => one.project).join(", ")}.`,
  });
}

/** The totals stay those of all projects. */
function onlyProject(report: LedgerReport, wanted: string): LedgerReport {
  const isWanted = ({ project }: { readonly project: string }): boolean => project === wanted;
  const { flow, hours } = report;
  return {
    ...report,
    flow: { ...flow, projects: flow.projects.filter(isWanted) },
    hours: { ...hours, projects: hours.projects.filter(isWanted) },
  };
}

/** B1: fewer say little, more are not what is so now. */
function weeks(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 6 && value <= 12) return value;
  throw new InvalidArgumentError("It should be 6 to 12 whole weeks.");
}
