/** Ends a connection: its webhooks at Asana, then all that is kept to ask Asana with. What it brought stays recorded. */
import { StageledgerError } from "@stageledger/core";
import { inTransaction, type KnownHook, listHooks, removeConnection, removeDue } from "@stageledger/db";
import type { SyncContext } from "../context.ts";
import type { KnownConnection } from "./connect-workspace.ts";
import { openKnownGateway } from "./open-known-gateway.ts";

export interface Disconnected {
  readonly webhooksRemoved: number;
  /** Webhooks that Asana could not be told to remove, and why. Their paths are unknown here from now on, and Asana drops them in a day. */
  readonly webhooksLeft: number;
  readonly problemCode: string | undefined;
}

/** What cannot be done at Asana keeps nothing here from being removed. */
export async function disconnectWorkspace(
  context: SyncContext,
  tenantId: string,
  connectionId: string,
): Promise<Disconnected> {
  const { database } = context;
  const hooks = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    listHooks(trx, tenantId, connectionId),
  );
  const removed = await removeWebhooks(context, tenantId, connectionId, hooks);
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await removeConnection(trx, tenantId, connectionId);
    for (const kind of ["keep", "reconcile"]) await removeDue(trx, { tenantId, connectionId, kind });
  });
  return removed;
}

/**
 * The connection that is meant.
 *
 * @param word a workspace's id, or how a connection's id begins; undefined while there is one only
 * @throws StageledgerError CONNECTION_UNKNOWN, SETTING_INVALID when there are several
 */
export function oneConnection(known: readonly KnownConnection[], word: string | undefined): KnownConnection {
  const ids = known.map(({ connection }) => connection.workspace).join(", ");
  const found = known.filter(
    ({ connection }) =>
      word === undefined || connection.workspace === word || connection.connectionId.startsWith(word.toLowerCase()),
  );
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (known.length === 0) {
    throw new StageledgerError("CONNECTION_UNKNOWN", "No Asana workspace is connected.", {
      next: "Connect one: stageledger connect asana",
    });
  }
  if (only === undefined) {
    throw new StageledgerError("CONNECTION_UNKNOWN", "That workspace is not connected.", {
      next: `Connected are: ${ids}.`,
    });
  }
  throw new StageledgerError("SETTING_INVALID", "Several workspaces are connected.", {
    next: `Say which one with --workspace: ${ids}.`,
  });
}

async function removeWebhooks(
  context: SyncContext,
  tenantId: string,
  connectionId: string,
  hooks: readonly KnownHook[],
): Promise<Disconnected> {
  const remoteIds = hooks.flatMap(({ remoteId }) => remoteId ?? []);
  let webhooksRemoved = 0;
  try {
    if (remoteIds.length > 0) {
      const gateway = await openKnownGateway(context, tenantId, connectionId);
      for (const remoteId of remoteIds) {
        await gateway.deleteWebhook(remoteId);
        webhooksRemoved += 1;
      }
    }
    return { webhooksRemoved, webhooksLeft: 0, problemCode: undefined };
  } catch (error) {
    // Somebody who wants to be rid of a connection must not need it to work.
    const problemCode = error instanceof StageledgerError ? error.code : "UNEXPECTED";
    return { webhooksRemoved, webhooksLeft: remoteIds.length - webhooksRemoved, problemCode };
  }
}
