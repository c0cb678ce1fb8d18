/** Connections as they stand in the database, for people to look at. Nothing is asked of Asana. */
import { type DueJob, findDoubtful, inTransaction, listDueJobsOf, listHooks, tallyBells } from "@stageledger/db";
import type { SyncContext } from "../context.ts";
import { type KnownConnection, knownConnectionsIn } from "./connect-workspace.ts";

export interface DescribedConnection {
  readonly connectionId: string;
  /** Its id in Asana. */
  readonly workspace: string;
  /** "new": it has not been compared yet. */
  readonly state: "new" | "works" | "problem";
  readonly problemCode: string | undefined;
  readonly projects: readonly DescribedProject[];
  /** When it was last compared as a whole; epoch milliseconds. */
  readonly comparedAt: number | undefined;
  /** When the next look at it is due; past when nothing runs that would take it. */
  readonly dueAt: number | undefined;
  /** Projects with a webhook that Asana has confirmed. Others are found by asking only. */
  readonly projectsWithWebhook: number;
  readonly bellsWaiting: number;
  readonly bellsParked: number;
  /** Tasks that cannot be read any more, though nothing proves that they were deleted. */
  readonly itemsInDoubt: number;
  readonly oldestBellAt: number | undefined;
  /** Undefined until the first look. */
  readonly hasTimeTracking: boolean | undefined;
}

interface DescribedProject {
  /** The ledger's. */
  readonly project: string;
  /** Its id in Asana. */
  readonly sourceProject: string;
  readonly stagesFrom: "sections" | "field";
}

export function describeConnections(
  { database }: Pick<SyncContext, "database">,
  tenantId: string,
): Promise<readonly DescribedConnection[]> {
  return inTransaction(database, { role: "recorder", tenantId }, (trx) => describeConnectionsIn(trx, tenantId));
}

type InTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

/** Inside a transaction of role recorder. */
export async function describeConnectionsIn(
  trx: InTransaction,
  tenantId: string,
): Promise<readonly DescribedConnection[]> {
  const known = await knownConnectionsIn(trx, tenantId);
  if (known.length === 0) return [];
  const due = await listDueJobsOf(trx, tenantId);
  const described: DescribedConnection[] = [];
  for (const one of known) described.push(await describe(trx, tenantId, one, due));
  return described;
}

async function describe(
  trx: InTransaction,
  tenantId: string,
  { connection, projects }: KnownConnection,
  due: readonly DueJob[],
): Promise<DescribedConnection> {
  const { connectionId, workspace, problemCode } = connection;
  const hooks = await listHooks(trx, tenantId, connectionId);
  const bells = await tallyBells(trx, tenantId, connectionId);
  const doubtful = await findDoubtful(trx, tenantId, connectionId);
  // A webhook that was made anew asks for a look at everything, as if there had been none.
  const sweeps = projects.flatMap(({ sweptAt = 0 }) => (sweptAt > 0 ? [sweptAt] : []));
  const hooked = new Set(hooks.flatMap(({ state, sourceProject }) => (state === "active" ? [sourceProject] : [])));
  const isCompared = sweeps.length > 0;
  return {
    connectionId,
    workspace,
    state: problemCode !== undefined ? "problem" : isCompared ? "works" : "new",
    problemCode,
    projects: projects.map(({ project, sourceProject, stageField }) => ({
      project,
      sourceProject,
      stagesFrom: stageField === undefined ? "sections" : "field",
    })),
    comparedAt: isCompared ? Math.max(...sweeps) : undefined,
    dueAt: due.find((job) => job.connectionId === connectionId && job.kind === "reconcile")?.dueAt,
    projectsWithWebhook: projects.filter(({ sourceProject }) => hooked.has(sourceProject)).length,
    bellsWaiting: bells.waiting,
    bellsParked: bells.parked,
    itemsInDoubt: projects.reduce((sum, { sourceProject }) => sum + (doubtful.get(sourceProject) ?? 0), 0),
    oldestBellAt: bells.oldestWaitingAt,
    hasTimeTracking: isCompared
      ? !projects.some((one) => (one.sweptAt ?? 0) > 0 && one.listedAt === undefined)
      : undefined,
  };
}
