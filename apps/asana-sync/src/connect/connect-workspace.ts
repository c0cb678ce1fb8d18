/** Records a connection: its credentials, its projects, and that there is work to do. A workspace has one connection. */
import { StageledgerError } from "@stageledger/core";
import {
  addConnection,
  type ConnectedProject,
  type Connection,
  chooseProject,
  inTransaction,
  leaveProject,
  listConnectedProjects,
  listConnections,
  lookAgain,
  openTenantSecrets,
  replaceCredentials,
  setConnectionProblem,
  setDue,
} from "@stageledger/db";
import { ASANA } from "../asana/ledger-ids.ts";
import type { SyncContext } from "../context.ts";

export interface KnownConnection {
  readonly connection: Connection;
  readonly projects: readonly ConnectedProject[];
}

/** Those to Asana, oldest first. */
export function listKnownConnections(
  { database }: Pick<SyncContext, "database">,
  tenantId: string,
): Promise<readonly KnownConnection[]> {
  return inTransaction(database, { role: "recorder", tenantId }, (trx) => knownConnectionsIn(trx, tenantId));
}

/** Inside a transaction of role recorder. */
export async function knownConnectionsIn(trx: InTransaction, tenantId: string): Promise<readonly KnownConnection[]> {
  const known: KnownConnection[] = [];
  for (const connection of await listConnections(trx, tenantId)) {
    if (connection.kind !== "asana") continue;
    const projects = await listConnectedProjects(trx, tenantId, ASANA, connection.connectionId);
    known.push({ connection, projects });
  }
  return known;
}

type InTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

export interface ConnectedWorkspace {
  /** Its id. */
  readonly workspace: string;
  /** Undefined: those that are known stay. */
  readonly credentials: string | undefined;
  readonly projects: readonly Pick<ConnectedProject, "sourceProject" | "project" | "stageField">[];
}

/**
 * A workspace that is connected already keeps its connection: credentials are replaced, projects added, changed and left out.
 * Where a project counts as another now, all items are read anew; what is the same changes nothing.
 *
 * @returns id of the connection
 * @throws StageledgerError SETTING_INVALID when a project that was read already would have its stages elsewhere
 */
export function connectWorkspace(
  { database, masterKey, random, newId, pacing }: SyncContext,
  tenantId: string,
  { workspace, credentials, projects }: ConnectedWorkspace,
): Promise<string> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const known = (await listConnections(trx, tenantId)).find(
      (one) => one.kind === "asana" && one.workspace === workspace,
    );
    const connectionId = known?.connectionId ?? newId();
    const now = pacing.now();
    if (known === undefined) {
      const connection = { connectionId, kind: "asana", workspace } as const;
      await addConnection(trx, tenantId, connection, credentials ?? "", secrets, random, now);
    } else if (credentials !== undefined) {
      await replaceCredentials(trx, tenantId, connectionId, credentials, secrets, random);
      await setConnectionProblem(trx, tenantId, connectionId, undefined);
    }
    const before = await listConnectedProjects(trx, tenantId, ASANA, connectionId);
    const changed = projects.filter(({ sourceProject, project, stageField }) => {
      const chosen = before.find((one) => one.sourceProject === sourceProject);
      return chosen === undefined || chosen.project !== project || chosen.stageField !== stageField;
    });
    refuseOtherField(before, projects);
    const left = before.filter((one) => !projects.some(({ sourceProject }) => sourceProject === one.sourceProject));
    for (const project of changed) await chooseProject(trx, tenantId, ASANA, { connectionId, ...project });
    for (const { sourceProject } of left) await leaveProject(trx, tenantId, connectionId, sourceProject);
    // A project that is new has no place in its events yet, and is read as a whole for that.
    const isRenamed = changed.some((one) => before.some(({ sourceProject }) => sourceProject === one.sourceProject));
    if (isRenamed) await lookAgain(trx, tenantId, connectionId);
    for (const kind of ["keep", "reconcile"]) await setDue(trx, { tenantId, connectionId, kind, dueAt: now });
    return connectionId;
  });
}

/** What is recorded of an item never changes: moves between sections and between options would be told as one history. */
function refuseOtherField(before: readonly ConnectedProject[], projects: ConnectedWorkspace["projects"]): void {
  const refused = before.find(({ sourceProject, stageField, sweptAt }) => {
    const wanted = projects.find((one) => one.sourceProject === sourceProject);
    return wanted !== undefined && sweptAt !== undefined && wanted.stageField !== stageField;
  });
  if (refused === undefined) return;
  const has = refused.stageField === undefined ? "sections" : "a field";
  throw new StageledgerError(
    "SETTING_INVALID",
    `The stages of ${refused.project} come from ${has} since it was first read.`,
    {
      next: "Leave out --stage-field for it. To begin it anew, connect it to another ledger (--data or --tenant).",
    },
  );
}
