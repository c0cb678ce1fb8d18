/**
 * A route that writes: what a call does, that its token was used and what it is answered with are kept in one transaction.
 * A token of Jira's writes once. A call that comes again under its key, because the answer was lost, gets the first answer.
 */
import { StageledgerError } from "@stageledger/core";
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import { admitCall, inTransaction, keepAnswer, type Leave, type RequestAnswer } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import type { Request } from "express";
import type { z } from "zod";
import { type CallInput, readCall } from "../http/call-input.ts";
import { Refusal } from "../http/refusal.ts";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { Caller } from "./caller.ts";
import type { DoorContext } from "./forge-context.ts";
import { ensurePerson } from "./person.ts";
import { refuseUnheld } from "./refuse-unheld.ts";
import type { AskRight } from "./rights/ask-right.ts";
import { type Route, routeAnswer } from "./route.ts";

export interface WriteCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends CallInput<P, Q, B> {
  readonly trx: LedgerTransaction;
  readonly leave: Leave;
  readonly tenantId: string;
  readonly contributorId: string;
  readonly context: DoorContext;
  /** There is something to do for a connection: told when all that the call does is durable, and not where it comes again. */
  readonly ring: (job: Job) => void;
}

const KEY = /^[0-9A-Za-z_-]{8,64}$/u;
/** Longer than anybody tries again. */
const REMEMBER_MILLISECONDS = 24 * 3_600_000;

export interface WriteOptions<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  /** "person" for what looks at, and changes, rows of nobody else: then a tenant's people do not wait for each other. */
  readonly holds?: "person" | "tenant";
  /** Refuses what the caller has no right to do, before anything is done. For rights that hang on what the body says. */
  mayCall?(call: CallInput<P, Q, B>, ask: AskRight, context: DoorContext, caller: Caller): Promise<void>;
}

export function writeRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
  write: (call: WriteCall<P, Q, B>) => Promise<z.input<A>>,
  { holds = "tenant", mayCall }: WriteOptions<P, Q, B> = {},
): Route {
  return {
    contract,
    async answer(context, caller, request, ask) {
      const call = await readCall(contract, request);
      const key = keyOf(request);
      const input = JSON.stringify([contract.method, contract.path, call]);
      const { tenantId } = caller;
      await mayCall?.(call, ask, context, caller);
      const rung: Job[] = [];
      const work: GuardedWork = async (trx, leave, contributorId) => {
        // The transaction may be tried again.
        rung.length = 0;
        const ring = (job: Job): void => void rung.push(job);
        return routeAnswer(contract, await write({ ...call, trx, leave, tenantId, contributorId, context, ring }));
      };
      const answer = await guarded(context, caller, { key, input, holds }, work);
      for (const job of rung) context.ring(job);
      return answer;
    },
  };
}

type GuardedWork = (trx: LedgerTransaction, leave: Leave, contributorId: string) => Promise<RequestAnswer>;

/** @throws StageledgerError INSTALLATION_UNKNOWN, TOKEN_USED, SIGN_IN_NEEDED, REQUEST_KEY_REUSED, ENTRY_OF_ERASED_PERSON, and what the work throws */
async function guarded(
  context: DoorContext,
  caller: Caller,
  { key, input, holds }: { readonly key: string; readonly input: string; readonly holds: "person" | "tenant" },
  work: GuardedWork,
): Promise<RequestAnswer> {
  const { tenantId, account, proof } = caller;
  const secrets = await context.secrets.getSecrets(tenantId);
  const blindIndex = secrets.blindIndex(account.source, account.account);
  const held = holds === "tenant" ? { holdsTenant: true } : { holdsPerson: blindIndex };
  return inTransaction(context.database, { role: "recorder", tenantId, ...held }, async (trx, leave) => {
    const now = context.now();
    const call = { proof, blindIndex, key, input };
    const { standing, person, known } = await admitCall(trx, tenantId, call, now);
    refuseUnheld(proof, standing);
    const contributorId = await ensurePerson(trx, secrets, context, caller, person);
    if (known?.isOther === true) throw keyReused();
    if (known !== undefined) return known;
    const answer = await work(trx, leave, contributorId);
    leave(keepAnswer(tenantId, contributorId, { key, input, now, expiresAt: now + REMEMBER_MILLISECONDS }, answer));
    return answer;
  });
}

function keyOf({ headers }: Request): string {
  const key = headers["idempotency-key"];
  if (typeof key === "string" && KEY.test(key)) return key;
  throw new Refusal(
    new StageledgerError("REQUEST_INVALID", "The request has no key by which a repetition could be told.", {
      next: "Send the header Idempotency-Key, 8 to 64 letters and digits, a new one for each thing that is done.",
    }),
    { at: "headers.idempotency-key" },
  );
}

function keyReused(): StageledgerError {
  return new StageledgerError("REQUEST_KEY_REUSED", "Another request was made under this key.", {
    next: "Use a new key for each thing that is done.",
  });
}
