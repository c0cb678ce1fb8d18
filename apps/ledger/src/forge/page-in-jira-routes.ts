/** The page inside Jira: the very document that the browser's page reads, of the project that somebody has opened there. */
import { ROUTES } from "@stageledger/core/contract/routes";
import {
  inTransaction,
  listProjectStates,
  listRestrictedProjects,
  listSourceProjects,
  loadProjectNames,
} from "@stageledger/db";
import { readCall } from "../http/call-input.ts";
import { sourceProjectUnknown } from "../http/unknown.ts";
import type { Reader } from "../page/item-keys.ts";
import { ProjectReports } from "../page/project-reports.ts";
import { sourceKinds } from "../page/source-kinds.ts";
import type { DoorContext, ForgeContext } from "./forge-context.ts";
import type { PeoplesRoute } from "./peoples-routes.ts";
import type { AskRight } from "./rights/ask-right.ts";
import { seesSourceProject } from "./rights/right-of-route.ts";
import { seesAllOf } from "./rights/seen-things.ts";
import { type Route, routeAnswer } from "./route.ts";

export function pageInJiraRoutes(context: Pick<ForgeContext, "database" | "now">): readonly PeoplesRoute[] {
  return [
    { route: projectRoute, right: seesSourceProject },
    { route: reportRoute(context), right: seesSourceProject },
  ];
}

const projectRoute: Route = {
  contract: ROUTES.getPageProject,
  async answer({ database }, { tenantId }, request) {
    const { params } = await readCall(ROUTES.getPageProject, request);
    const { tenant, projects } = await listProjectStates(database, tenantId);
    const own = projects.find(({ sources }) => sources.includes(params.sourceProject));
    if (own === undefined) throw sourceProjectUnknown();
    const { project, isRestricted } = own.frame;
    const row = { project, isRestricted, sources: sourceKinds(own.sources) };
    return routeAnswer(ROUTES.getPageProject, {
      schema: 1,
      tenant: tenant.name,
      isDemo: tenant.isDemo,
      projects: [row],
    });
  },
};

function reportRoute(context: Pick<ForgeContext, "database" | "now">): Route {
  const contract = ROUTES.getPageReport;
  const reports: Readonly<Record<Reader, ProjectReports>> = {
    page: new ProjectReports({ ...context, reader: "page" }),
    jira: new ProjectReports({ ...context, reader: "jira" }),
  };
  return {
    contract,
    async answer(door, { tenantId }, request, ask) {
      const { params, query } = await readCall(contract, request);
      const shown = await findProject(door, tenantId, params.sourceProject);
      if (shown === undefined) throw sourceProjectUnknown();
      const report = await reports[await readerOf(shown, ask)].find(tenantId, shown.project, query);
      if (report === undefined) throw sourceProjectUnknown();
      return { status: contract.status, answer: report.body };
    },
  };
}

interface ShownProject {
  readonly project: string;
  readonly isRestricted: boolean;
  readonly sources: readonly string[];
}

function findProject(
  { database }: Pick<DoorContext, "database">,
  tenantId: string,
  sourceProject: string,
): Promise<ShownProject | undefined> {
  return inTransaction(database, { role: "report_reader", tenantId }, async (trx) => {
    const project = (await loadProjectNames(trx, tenantId)).get(sourceProject);
    if (project === undefined) return undefined;
    const isRestricted = (await listRestrictedProjects(trx, tenantId)).includes(project);
    return { project, isRestricted, sources: await listSourceProjects(trx, tenantId, project) };
  });
}

/** Of a restricted project keys are for those who may see all that it is made of: no key says from which part it comes. */
async function readerOf({ isRestricted, sources }: ShownProject, ask: AskRight): Promise<Reader> {
  return !isRestricted || (await seesAllOf(ask, sources)) ? "jira" : "page";
}
