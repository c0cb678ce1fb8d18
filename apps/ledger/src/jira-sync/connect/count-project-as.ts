/** A project of a Jira site is another of the ledger's from now on. */
import { type inTransaction, moveItemsOf, nameSourceProject, type ReadProject } from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";

/**
 * Its issues are there at once: nothing of them has to be read for it, and whoever is reading them records them by its new name. What
 * was logged on them before stays with the project that it was booked to (E14). Inside a transaction of role recorder that holds the
 * tenant.
 */
export async function countProjectAs(
  trx: Parameters<Parameters<typeof inTransaction>[2]>[0],
  tenantId: string,
  { connectionId, sourceProject }: Pick<ReadProject, "connectionId" | "sourceProject">,
  project: string,
): Promise<void> {
  await nameSourceProject(trx, tenantId, sourceProject, project);
  const inJira = { connectionId, sourceProject: sourceProject.slice(JIRA.length) };
  await moveItemsOf(trx, tenantId, JIRA, inJira, project);
}
