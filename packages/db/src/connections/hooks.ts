/**
 * Webhooks and their secrets. A row stands before the source is asked for the webhook; the source then brings the secret to
 * its path, once; the answer of the source must name the same one. So there is one writer, and no second secret is taken.
 */
import { hash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import type { Schema } from "../schema.ts";
import type { MasterKey, RandomBytes } from "../secrets/master-key.ts";
import { openTenantSecrets } from "../secrets/tenant-secrets.ts";

export interface Hook {
  readonly tenantId: string;
  readonly hookId: string;
  readonly connectionId: string;
  readonly sourceProject: string;
  /** Undefined until the source has brought it. */
  readonly secret: string | undefined;
}

export interface KnownHook {
  readonly hookId: string;
  readonly sourceProject: string;
  readonly state: "pending" | "shaken" | "active";
  readonly remoteId: string | undefined;
  readonly madeAt: number;
}

/** Inside a transaction of role recorder. @param token of the path; only its hash is kept */
export async function addHook(
  trx: Transaction<Schema>,
  tenantId: string,
  hook: Pick<Hook, "hookId" | "connectionId" | "sourceProject">,
  token: string,
  now: number,
): Promise<void> {
  const routeHash = hashOf(token);
  await trx.insertInto("control.route").values({ route_hash: routeHash, kind: "hook", tenant_id: tenantId }).execute();
  await trx
    .insertInto("control.hook")
    .values({
      tenant_id: tenantId,
      hook_id: hook.hookId,
      connection_id: hook.connectionId,
      source_project: hook.sourceProject,
      route_hash: routeHash,
      state: "pending",
      sealed_secret: null,
      remote_id: null,
      made_at_ms: now,
    })
    .execute();
}

/** For the door, which knows a path and nothing else. Undefined for a token that nobody gave out, or that was taken back. */
export async function findHook(database: Database, masterKey: MasterKey, token: string): Promise<Hook | undefined> {
  const routeHash = hashOf(token);
  const route = await database.kysely.transaction().execute(async (trx) => {
    await sql`set local role stageledger_door`.execute(trx);
    return trx
      .selectFrom("control.route")
      .select("tenant_id")
      .where("route_hash", "=", routeHash)
      .where("kind", "=", "hook")
      .executeTakeFirst();
  });
  if (route === undefined) return undefined;
  const { tenant_id: tenantId } = route;
  return inTransaction(database, { role: "door", tenantId }, async (trx) => {
    const row = await trx
      .selectFrom("control.hook")
      .select(["hook_id", "connection_id", "source_project", "sealed_secret"])
      .where("tenant_id", "=", tenantId)
      .where("route_hash", "=", routeHash)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const secrets = row.sealed_secret === null ? undefined : await openTenantSecrets(trx, tenantId, masterKey);
    return {
      tenantId,
      hookId: row.hook_id,
      connectionId: row.connection_id,
      sourceProject: row.source_project,
      secret: row.sealed_secret === null ? undefined : secrets?.unseal(row.sealed_secret, purposeOf(row.hook_id)),
    };
  });
}

/** Takes the secret of a pending hook; false when it has one already. Of two at once one is taken. */
export async function takeHookSecret(
  database: Database,
  masterKey: MasterKey,
  { tenantId, hookId }: Pick<Hook, "tenantId" | "hookId">,
  secret: string,
  random: RandomBytes,
): Promise<boolean> {
  return inTransaction(database, { role: "door", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const { numUpdatedRows } = await trx
      .updateTable("control.hook")
      .set({ state: "shaken", sealed_secret: secrets.seal(secret, purposeOf(hookId), random) })
      .where("tenant_id", "=", tenantId)
      .where("hook_id", "=", hookId)
      .where("state", "=", "pending")
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  });
}

/** Inside a transaction of role recorder. */
export async function listHooks(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
): Promise<readonly KnownHook[]> {
  const rows = await trx
    .selectFrom("control.hook")
    .select(["hook_id", "source_project", "state", "remote_id", "made_at_ms"])
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .orderBy("made_at_ms")
    .orderBy("hook_id")
    .execute();
  return rows.map(({ hook_id, source_project, state, remote_id, made_at_ms }) => ({
    hookId: hook_id,
    sourceProject: source_project,
    state,
    remoteId: remote_id ?? undefined,
    madeAt: made_at_ms,
  }));
}

/**
 * The source has made the webhook and says what its secret is. False when that is not the one that was brought to the path:
 * then somebody else brought it.
 */
export async function confirmHook(
  trx: Transaction<Schema>,
  tenantId: string,
  masterKey: MasterKey,
  hookId: string,
  remoteId: string,
  secret: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom("control.hook")
    .select("sealed_secret")
    .where("tenant_id", "=", tenantId)
    .where("hook_id", "=", hookId)
    .executeTakeFirst();
  const sealed = row?.sealed_secret ?? null;
  if (sealed === null) return false;
  const secrets = await openTenantSecrets(trx, tenantId, masterKey);
  if (secrets.unseal(sealed, purposeOf(hookId)) !== secret) return false;
  await trx
    .updateTable("control.hook")
    .set({ state: "active", remote_id: remoteId })
    .where("tenant_id", "=", tenantId)
    .where("hook_id", "=", hookId)
    .execute();
  return true;
}

/** From now on its path is unknown. Inside a transaction of role recorder. */
export async function removeHook(trx: Transaction<Schema>, tenantId: string, hookId: string): Promise<void> {
  const row = await trx
    .deleteFrom("control.hook")
    .where("tenant_id", "=", tenantId)
    .where("hook_id", "=", hookId)
    .returning("route_hash")
    .executeTakeFirst();
  if (row !== undefined) await trx.deleteFrom("control.route").where("route_hash", "=", row.route_hash).execute();
}

function hashOf(token: string): Uint8Array {
  return hash("sha256", token, "buffer");
}

function purposeOf(hookId: string): string {
  return `secret of hook ${hookId}`;
}
