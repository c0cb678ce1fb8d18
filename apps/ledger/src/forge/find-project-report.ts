/** The report of one project of the ledger, for whoever may see the project. */
import { reportWindow } from "@stageledger/core";
import type { ProjectReport } from "@stageledger/core/contract/project-report";
import { readReportFacts } from "@stageledger/db";
import { buildReport } from "../report/build-report.ts";
import { REPORT_SEED, REPORT_WEEKS } from "../report/report-defaults.ts";
import type { ForgeContext } from "./forge-context.ts";
import { projectReportAnswer } from "./project-report-answer.ts";

/**
 * Read as who reads reports, who cannot read an entry of anybody. Undefined when the ledger has no project of that name.
 *
 * @throws StageledgerError LEDGER_EMPTY
 */
export async function findProjectReport(
  { database, now }: Pick<ForgeContext, "database" | "now">,
  tenantId: string,
  name: string,
): Promise<ProjectReport | undefined> {
  const facts = await readReportFacts(database, tenantId, (zone) => reportWindow(zone, now(), REPORT_WEEKS));
  const report = buildReport(facts, { seed: REPORT_SEED });
  const flow = report.flow.projects.find(({ project }) => project === name);
  return flow && projectReportAnswer(report, flow);
}
