/** Connected Jira sites and how they go: ids, counts and codes. */
import {
  type Database,
  findWantedProjects,
  inTransaction,
  listConnectedProjects,
  listConnections,
  listDueJobs,
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
  readonly projects: readonly { readonly project: string; readonly sourceProject: string }[];
  /** Keys of those that were chosen and not found in Jira yet. */
  readonly wantedKeys: readonly string[];
  /** When all issues of a project were last looked at; epoch milliseconds. */
  readonly comparedAt: number | undefined;
  readonly dueAt: number | undefined;
  readonly bellsWaiting: number;
  readonly bellsParked: number;
}

export async function describeSites(database: Database, tenantId: string): Promise<readonly DescribedSite[]> {
  const due = await listDueJobs(database);
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const described: DescribedSite[] = [];
    for (const { kind, connectionId, workspace, problemCode } of await listConnections(trx, tenantId)) {
      if (kind !== "jira") continue;
      const projects = await listConnectedProjects(trx, tenantId, JIRA, connectionId);
      const { takesAll, nameByKey } = await findWantedProjects(trx, tenantId, connectionId);
      const { waiting, parked } = await tallyBells(trx, tenantId, connectionId);
      const sweeps = projects.flatMap(({ sweptAt = 0 }) => (sweptAt > 0 ? [sweptAt] : []));
      described.push({
        connectionId,
        installationId: workspace,
        state: problemCode !== undefined ? "problem" : sweeps.length > 0 ? "works" : "new",
        problemCode,
        takesAllProjects: takesAll,
        projects: projects.map(({ project, sourceProject }) => ({ project, sourceProject })),
        wantedKeys: Object.keys(nameByKey).sort(),
        comparedAt: sweeps.length > 0 ? Math.max(...sweeps) : undefined,
        dueAt: due.find((job) => job.connectionId === connectionId && job.kind === "reconcile")?.dueAt,
        bellsWaiting: waiting,
        bellsParked: parked,
      });
    }
    return described;
  });
}
