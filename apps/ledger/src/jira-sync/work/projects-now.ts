import { type inTransaction, loadProjectNames } from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { ChosenProjects } from "../jira/chosen-projects.ts";
import type { JiraDesk } from "./connection-desk.ts";

/**
 * The chosen projects of a desk, by the names that they have now: one may have become another of the ledger's since the desk was
 * opened, and a first reading takes its time. Inside a transaction that holds the tenant.
 */
export async function projectsNow(
  trx: Parameters<Parameters<typeof inTransaction>[2]>[0],
  { tenantId, projects }: Pick<JiraDesk, "tenantId" | "projects">,
): Promise<ChosenProjects> {
  const names = await loadProjectNames(trx, tenantId);
  return new Map([...projects].map(([id, { project }]) => [id, { id, project: names.get(JIRA + id) ?? project }]));
}
