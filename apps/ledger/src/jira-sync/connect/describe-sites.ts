/** Connected Jira sites and how they go: ids, counts and codes. */
import {
  type Database,
  findDoubtful,
  findWantedProjects,
  inTransaction,
  listConnectedProjects,
  listConnections,
  listDueJobsOf,
  takesNativeWorklogs,
  tallyBells,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";

export interface DescribedSite {
  readonly connectionId: string;
  readonly installationId: string;
  /** `new`: nothing was read yet. */
  readonly state: "new" | "works" | "problem";
  readonly problemCode: string | undefined;
  readonly takesAllProjects: boolean;
  /** Whether worklogs that people make in Jira itself count. */
  readonly takesWorklogs: boolean;
  readonly projects: readonly { readonly project: string; readonly sourceProject: string }[];
  /** Keys of those that were chosen and not found in Jira yet. */
  readonly wantedKeys: readonly string[];
  /** When all issues of a project were last looked at; epoch milliseconds. */
  readonly comparedAt: number | undefined;
  readonly dueAt: number | undefined;
  readonly bellsWaiting: number;
  readonly bellsParked: number;
  /** Of those that are parked: worklogs that no entry can be like. */
  readonly impossibleWorklogs: number;
  /** Issues that cannot be read any more, though nothing proves that they were deleted. */
  readonly itemsInDoubt: number;
}

export function describeSites(database: Database, tenantId: string): Promise<readonly DescribedSite[]> {
  return inTransaction(database, { role: "recorder", tenantId }, (trx) => describeSitesIn(trx, tenantId));
}

/** Inside a transaction of role recorder. */
export async function describeSitesIn(
  trx: Parameters<Parameters<typeof inTransaction>[2]>[0],
  tenantId: string,
): Promise<readonly DescribedSite[]> {
  const due = await listDueJobsOf(trx, tenantId);
  const described: DescribedSite[] = [];
  const takesWorklogs = await takesNativeWorklogs(trx, tenantId);
  for (const { kind, connectionId, workspace, problemCode } of await listConnections(trx, tenantId)) {
    if (kind !== "jira") continue;
    const projects = await listConnectedProjects(trx, tenantId, JIRA, connectionId);
    const { takesAll, nameByKey } = await findWantedProjects(trx, tenantId, connectionId);
    const doubtful = await findDoubtful(trx, tenantId, connectionId);
    const { waiting, parked, impossible } = await tallyBells(trx, tenantId, connectionId);
    const sweeps = projects.flatMap(({ sweptAt = 0 }) => (sweptAt > 0 ? [sweptAt] : []));
    described.push({
      connectionId,
      installationId: workspace,
      state: problemCode !== undefined ? "problem" : sweeps.length > 0 ? "works" : "new",
      problemCode,
      takesAllProjects: takesAll,
      takesWorklogs,
      projects: projects.map(({ project, sourceProject }) => ({ project, sourceProject })),
      wantedKeys: Object.keys(nameByKey).sort(),
      comparedAt: sweeps.length > 0 ? Math.max(...sweeps) : undefined,
      dueAt: due.find((job) => job.connectionId === connectionId && job.kind === "reconcile")?.dueAt,
      bellsWaiting: waiting,
      bellsParked: parked,
      impossibleWorklogs: impossible,
      itemsInDoubt: projects.reduce((sum, { sourceProject }) => sum + (doubtful.get(sourceProject) ?? 0), 0),
    });
  }
  return described;
}
