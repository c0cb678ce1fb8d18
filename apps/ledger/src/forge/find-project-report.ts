/** The report of one project of the ledger, for whoever may see the project. */
import { EVERY_PROJECT, mapInForce, reportWindow } from "@stageledger/core";
import type { ProjectReport } from "@stageledger/core/contract/project-report";
import { type Database, inProject, inTransaction, loadStageMaps, nothingRecorded } from "@stageledger/db";
import { REPORT_WEEKS } from "../report/report-defaults.ts";
import type { ForgeContext } from "./forge-context.ts";
import { projectReportAnswer } from "./project-report-answer.ts";

/**
 * Read as who reads reports, who cannot read an entry of anybody; of no other project. Undefined when the ledger has no project of that
 * name.
 *
 * @throws StageledgerError LEDGER_EMPTY
 */
export async function findProjectReport(
  { database, now }: Pick<ForgeContext, "database" | "now">,
  tenantId: string,
  name: string,
): Promise<ProjectReport | undefined> {
  const facts = await inProject(database, tenantId, name, ({ tenant, versions }, readFacts) => {
    const window = reportWindow(tenant.zone, now(), REPORT_WEEKS);
    const map = mapInForce(versions, window.asOf) ?? versions[0];
    if (map === undefined) throw nothingRecorded();
    return readFacts(map, window);
  });
  if (facts !== undefined) return projectReportAnswer(facts);
  if (!(await hasStages(database, tenantId))) throw nothingRecorded();
  return undefined;
}

/** Without them a ledger knows no project at all: that is what an admin is to be told. */
async function hasStages(database: Database, tenantId: string): Promise<boolean> {
  const maps = await inTransaction(database, { role: "report_reader", tenantId }, (trx) =>
    loadStageMaps(trx, tenantId),
  );
  return maps.has(EVERY_PROJECT);
}
