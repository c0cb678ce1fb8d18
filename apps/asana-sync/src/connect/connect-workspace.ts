/** Records a connection: its credentials, its projects, and that there is work to do. A workspace has one connection. */
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
  openCredentials,
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
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const known: KnownConnection[] = [];
    for (const connection of await listConnections(trx, tenantId)) {
      if (connection.kind !== "asana") continue;
      const projects = await listConnectedProjects(trx, tenantId, ASANA, connection.connectionId);
      known.push({ connection, projects });
    }
    return known;
  });
}

/** As they were sealed. @throws StageledgerError MASTER_KEY_WRONG */
export function credentialsOf(
  { database, masterKey }: Pick<SyncContext, "database" | "masterKey">,
  tenantId: string,
  connectionId: string,
): Promise<string> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) =>
    openCredentials(trx, tenantId, connectionId, await openTenantSecrets(trx, tenantId, masterKey)),
  );
}

export interface ConnectedWorkspace {
  /** Its id. */
  readonly workspace: string;
  /** Undefined: those that are known stay. */
  readonly credentials: string | undefined;
  readonly projects: readonly Pick<ConnectedProject, "sourceProject" | "project" | "stageField">[];
}

/**
 * A workspace that is connected already keeps its connection: credentials are replaced, projects added, changed and left out.
 * Where that changes what items are, all of them are read anew; what is the same changes nothing.
 *
 * @returns id of the connection
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
    const left = before.filter((one) => !projects.some(({ sourceProject }) => sourceProject === one.sourceProject));
    for (const project of changed) await chooseProject(trx, tenantId, ASANA, { connectionId, ...project });
    for (const { sourceProject } of left) await leaveProject(trx, tenantId, connectionId, sourceProject);
    if (changed.length + left.length > 0) await lookAgain(trx, tenantId, connectionId);
    for (const kind of ["keep", "reconcile"]) await setDue(trx, { tenantId, connectionId, kind, dueAt: now });
    return connectionId;
  });
}
