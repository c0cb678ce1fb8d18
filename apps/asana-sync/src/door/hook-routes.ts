/**
 * The door for Asana's webhooks: proves the sender, keeps what rang, answers when it is durable. It never asks Asana.
 *
 * What is well signed and cannot be read is kept to be looked at and answered 200: Asana would bring the same again for a
 * day, hold back what comes after it, and then delete the webhook.
 */
import { StageledgerError } from "@stageledger/core";
import { appendBells, findHook, type Hook, type RungBell, takeHookSecret } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import { type Request, type Response, Router } from "express";
import type { SyncContext } from "../context.ts";
import { askDatabase } from "./ask-database.ts";
import { GroupCommit } from "./group-commit.ts";
import { secretOffered, secretRefused } from "./handshake.ts";
import { HOOK_PATH } from "./hook-path.ts";
import { KnownHooks } from "./known-hooks.ts";
import { answerProblems } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { readDelivery } from "./read-delivery.ts";
import { isSignedBy } from "./signature.ts";

export type DoorContext = Pick<SyncContext, "database" | "masterKey" | "pacing" | "random" | "newId" | "log"> & {
  /** Told when bells of a connection are durable. */
  readonly ask: (job: Job) => void;
};

/** Thousands of events; how many Asana sends at most is not documented. */
const MOST_BODY_BYTES = 1_000_000;
const MOST_HANDSHAKE_BYTES = 1000;

const KNOWN_HOOKS = { rememberMilliseconds: 30_000, mostRemembered: 10_000, mostSearches: 3, mostWaiting: 500 };
/** Asana waits for 10 seconds. */
const COMMITS = {
  mostBellsAtOnce: 1000,
  mostInserts: 4,
  mostInsertsATenant: 3,
  mostBellsWaiting: 50_000,
  patienceMilliseconds: 7000,
};

export function hookRoutes(context: DoorContext): Router {
  const { database, masterKey, pacing, random, newId, log } = context;
  const hooks = new KnownHooks({
    ...KNOWN_HOOKS,
    find: (token) => askDatabase(() => findHook(database, masterKey, token)),
    now: pacing.now,
  });
  const commits = new GroupCommit({
    ...COMMITS,
    append: (tenantId, bells) => askDatabase(() => appendBells(database, tenantId, bells, pacing.now())),
    committed: (tenantId, connectionId) => context.ask({ kind: "answer", tenantId, connectionId }),
  });

  async function shakeHands(hook: Hook, request: Request, response: Response): Promise<void> {
    const body = await readBody(request, MOST_HANDSHAKE_BYTES);
    const secret = secretOffered(request.headers["x-hook-secret"] ?? "", body);
    const isTaken = await askDatabase(() => takeHookSecret(database, masterKey, hook, secret, random));
    if (!isTaken) throw secretRefused();
    response.set("x-hook-secret", secret).status(200).end();
  }

  async function takeDelivery(hook: Hook, token: string, signature: string, request: Request): Promise<void> {
    if (hook.secret === undefined) throw signatureWrong();
    const body = await readBody(request, MOST_BODY_BYTES);
    if (!isSignedBy(hook.secret, body, signature)) throw signatureWrong();
    const { bells, unreadable } = readDelivery(body);
    const { hookId } = hook;
    const rung: RungBell[] = bells.map((fields) => ({ bellId: newId(), hookId, fields }));
    if (unreadable !== undefined) {
      log("delivery unreadable", { hookId, path: unreadable.path, bytes: unreadable.bytes });
      const fields = { ...unreadable, project: hook.sourceProject };
      rung.push({ bellId: newId(), hookId, fields, errorCode: "BODY_UNREADABLE" });
    }
    if (rung.length === 0 || (await commits.add(hook, rung))) return;
    hooks.forget(token);
    throw hookUnknown();
  }

  const router = Router();
  router.post(`${HOOK_PATH}:token`, async (request, response) => {
    const { token } = request.params;
    const hook = await hooks.find(token);
    if (hook === undefined) throw hookUnknown();
    const signature = request.headers["x-hook-signature"];
    if (typeof signature === "string") {
      await takeDelivery(hook, token, signature, request);
      response.status(200).end();
    } else {
      if (request.headers["x-hook-secret"] === undefined) throw signatureWrong();
      await shakeHands(hook, request, response);
    }
  });
  router.use(answerProblems(log));
  return router;
}

function hookUnknown(): StageledgerError {
  return new StageledgerError("HOOK_UNKNOWN", "Nothing is expected at this path.");
}

function signatureWrong(): StageledgerError {
  return new StageledgerError("HOOK_SIGNATURE_WRONG", "The body is not signed by whom this path was given to.");
}
