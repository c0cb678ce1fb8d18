/** Which project of the ledger a source's belongs to. Two that belong to one are one project from then on. */
import { EVERY_PROJECT, StageledgerError, UNASSIGNED } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { listReadProjects, type ReadProject } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import { sourceProjectUnknown } from "../../http/unknown.ts";
import { countProjectAs } from "../../jira-sync/connect/count-project-as.ts";
import type { LedgerTransaction } from "../../log-time/record-revision.ts";
import type { DoorContext } from "../forge-context.ts";
import { siteStateAnswer } from "../site-state-answer.ts";
import { writeRoute } from "../write-route.ts";

export const putSourceProjectRoute = writeRoute(
  ROUTES.putSourceProject,
  async ({ trx, tenantId, context, params, body: { project }, ring }) => {
    const all = await listReadProjects(trx, tenantId);
    const read = all.find(({ sourceProject }) => sourceProject === params.sourceProject);
    if (read === undefined) throw sourceProjectUnknown();
    if (NO_NAMES.has(project) || project.trim() !== project) throw noName();
    if (read.project !== project) {
      const job = await countAs(trx, tenantId, read, project, context);
      if (job !== undefined) ring(job);
    }
    return siteStateAnswer(trx, tenantId, context);
  },
);

/** @returns what there is to do for it once that is durable */
async function countAs(
  trx: LedgerTransaction,
  tenantId: string,
  read: ReadProject,
  project: string,
  { now, others }: Pick<DoorContext, "now" | "others">,
): Promise<Job | undefined> {
  const { kind, connectionId, sourceProject } = read;
  if (kind !== "jira")
    return others?.countProjectAs(trx, tenantId, { connectionId, sourceProject, project, now: now() });
  await countProjectAs(trx, tenantId, read, project);
  return undefined;
}

/** They stand for all projects, and for hours of none. */
const NO_NAMES: ReadonlySet<string> = new Set([EVERY_PROJECT, UNASSIGNED]);

function noName(): StageledgerError {
  return new StageledgerError("SETTING_INVALID", "A project cannot be called like this.", {
    next: `Use a name that neither begins nor ends with a space, and is neither "${EVERY_PROJECT}" nor "${UNASSIGNED}".`,
  });
}
