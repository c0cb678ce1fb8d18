/** The projects of a tenant, to choose one: what it costs does not depend on how many items they have. */
import { compareNatural } from "@stageledger/core";
import { type PageProjects, pageProjects } from "@stageledger/core/contract/page-projects";
import { listProjectStates } from "@stageledger/db";
import { answerOf, type BytesAnswer } from "./bytes-answer.ts";
import type { PageContext } from "./page-context.ts";
import { sourceKinds } from "./source-kinds.ts";

/** @throws StageledgerError TENANT_UNKNOWN */
export async function listProjects(
  { database }: Pick<PageContext, "database">,
  tenantId: string,
): Promise<BytesAnswer> {
  const { tenant, projects } = await listProjectStates(database, tenantId);
  const document: PageProjects = {
    schema: 1,
    tenant: tenant.name,
    isDemo: tenant.isDemo,
    projects: projects
      .map(({ frame: { project, isRestricted }, sources }) => ({
        project,
        isRestricted,
        sources: sourceKinds(sources),
      }))
      .sort((a, b) => compareNatural(a.project, b.project)),
  };
  return answerOf(pageProjects.parse(document));
}
