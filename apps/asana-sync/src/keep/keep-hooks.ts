/**
 * The job "keep": one webhook a project, made anew when it is gone. Its row stands before Asana is asked, since the secret
 * comes to the path while the question is still open; what the answer says must be the same secret.
 */

import { StageledgerError } from "@stageledger/core";
import {
  addHook,
  confirmHook,
  inTransaction,
  type KnownHook,
  keepProgress,
  listHooks,
  removeHook,
  setConnectionProblem,
  setDue,
} from "@stageledger/db";
import type { SyncContext } from "../context.ts";
import { HOOK_PATH } from "../door/hook-path.ts";
import type { Desk, Desks } from "../work/connection-desk.ts";

/** Longer than any call: a hook that is still not active by then will never be. */
const STALE_MILLISECONDS = 10 * 60_000;
const TOKEN_BYTES = 32;

/** Returns true when a webhook had to be made anew: what it missed has to be found by a reconcile at once. */
export async function keepHooks(
  context: SyncContext,
  desks: Desks,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
): Promise<boolean> {
  const { database, pacing, timing, publicUrl, log } = context;
  const startedAt = pacing.now();
  let isRenewed = false;
  let problemCode: string | undefined;
  const desk = publicUrl === undefined ? undefined : await desks.open(tenantId, connectionId);
  if (desk !== undefined) {
    const hooks = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      listHooks(trx, tenantId, connectionId),
    );
    const chosen = desk.projects.byGid;
    for (const project of new Set([...chosen.keys(), ...hooks.map(({ sourceProject }) => sourceProject)])) {
      signal.throwIfAborted();
      try {
        const own = hooks.filter(({ sourceProject }) => sourceProject === project);
        if (!chosen.has(project)) for (const hook of own) await dropHook(context, desk, hook);
        else if (await keepHookOf(context, desk, project, own)) isRenewed = true;
      } catch (error) {
        // Whoever stopped it runs it again: that is no problem of the connection.
        signal.throwIfAborted();
        problemCode = error instanceof StageledgerError ? error.code : "UNEXPECTED";
        log("webhook not kept", { connectionId, errorCode: problemCode });
      }
    }
  }
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    if (problemCode !== undefined) await setConnectionProblem(trx, tenantId, connectionId, problemCode);
    await setDue(trx, { tenantId, connectionId, kind: "keep", dueAt: startedAt + timing.keepEvery });
    if (isRenewed) await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: startedAt });
  });
  return isRenewed;
}

async function keepHookOf(
  context: SyncContext,
  desk: Desk,
  project: string,
  hooks: readonly KnownHook[],
): Promise<boolean> {
  const now = context.pacing.now();
  let isAlive = false;
  // One that rings comes before one that may come to ring.
  const activeFirst = [...hooks.filter(isActive), ...hooks.filter((hook) => !isActive(hook))];
  for (const hook of activeFirst) {
    if (!isAlive && (await isHealthy(desk, hook, now))) isAlive = true;
    else if (isActive(hook) || now - hook.madeAt > STALE_MILLISECONDS) await dropHook(context, desk, hook);
    else isAlive = true;
  }
  if (isAlive) return false;
  await makeHook(context, desk, project);
  return true;
}

function isActive({ state }: KnownHook): boolean {
  return state === "active";
}

async function isHealthy({ gateway }: Desk, hook: KnownHook, now: number): Promise<boolean> {
  if (!isActive(hook) || hook.remoteId === undefined) return now - hook.madeAt <= STALE_MILLISECONDS;
  const remote = await gateway.findWebhook(hook.remoteId);
  return remote !== undefined && remote.active !== false;
}

/** @throws StageledgerError HOOK_SECRET_DIFFERS, ASANA_… */
async function makeHook(
  { database, masterKey, random, newId, pacing, publicUrl = "" }: SyncContext,
  { tenantId, connectionId, gateway }: Desk,
  project: string,
): Promise<void> {
  const token = Buffer.from(random(TOKEN_BYTES)).toString("base64url");
  const hookId = newId();
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    addHook(trx, tenantId, { hookId, connectionId, sourceProject: project }, token, pacing.now()),
  );
  const forget = (): Promise<void> =>
    inTransaction(database, { role: "recorder", tenantId }, (trx) => removeHook(trx, tenantId, hookId));
  let made: { readonly gid: string; readonly secret: string };
  try {
    made = await gateway.createWebhook(project, publicUrl + HOOK_PATH + token);
  } catch (error) {
    // Whether Asana made it is unknown: with its path forgotten it fails there, and is deleted by Asana within a day.
    await forget();
    throw error;
  }
  const isConfirmed = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    // What happened while there was no webhook is found from the last good cursor, or by a look at everything.
    await keepProgress(trx, tenantId, connectionId, project, { sweptAt: 0 });
    return confirmHook(trx, tenantId, masterKey, hookId, made.gid, made.secret);
  });
  if (isConfirmed) return;
  await gateway.deleteWebhook(made.gid);
  await forget();
  throw new StageledgerError("HOOK_SECRET_DIFFERS", "The secret that came to a webhook's path is not Asana's.", {
    next: "The webhook was taken back and is made anew. If this repeats, somebody knows its path: look at the proxy's logs.",
  });
}

async function dropHook({ database }: SyncContext, { tenantId, gateway }: Desk, hook: KnownHook): Promise<void> {
  if (hook.remoteId !== undefined) await gateway.deleteWebhook(hook.remoteId);
  await inTransaction(database, { role: "recorder", tenantId }, (trx) => removeHook(trx, tenantId, hook.hookId));
}
