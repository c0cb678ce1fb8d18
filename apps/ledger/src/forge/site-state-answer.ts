/** How a ledger's connections go and what is set for all, as it stands at this moment of a transaction. */
import type { SiteState } from "@stageledger/core/contract/site-state";
import { getTenant, hasRecordedDays, listLedgerProjects, listReadProjects, takesNativeWorklogs } from "@stageledger/db";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { DoorContext } from "./forge-context.ts";
import { tellJiraConnections } from "./site-connections.ts";

/** Inside a transaction of role recorder. */
export async function siteStateAnswer(
  trx: LedgerTransaction,
  tenantId: string,
  context: DoorContext,
): Promise<SiteState> {
  const now = context.now();
  const { zone } = await getTenant(trx, tenantId);
  const inJira = await tellJiraConnections(trx, tenantId, now);
  const others = await context.others?.tellConnections(trx, tenantId, now);
  return {
    now,
    zone: zone.id,
    canChangeZone: !(await hasRecordedDays(trx, tenantId)),
    takesNativeWorklogs: await takesNativeWorklogs(trx, tenantId),
    connections: [...inJira, ...(others ?? [])],
    projects: await projectsIn(trx, tenantId),
  };
}

/** What is read no more is no source of a project, though its items stay there. */
async function projectsIn(trx: LedgerTransaction, tenantId: string): Promise<SiteState["projects"]> {
  const read = new Set((await listReadProjects(trx, tenantId)).map(({ sourceProject }) => sourceProject));
  const all = await listLedgerProjects(trx, tenantId);
  return all.map(({ project, sources }) => ({ project, sources: sources.filter((source) => read.has(source)) }));
}
