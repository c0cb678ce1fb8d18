/**
 * A route that writes: what a call does, that its token was used and what it is answered with are kept in one transaction.
 * A token writes once. A call that comes again under its key, because the answer was lost, gets the first answer.
 */
import { StageledgerError } from "@stageledger/core";
import type { RouteContract } from "@stageledger/core/contract/routes";
import { findAnswer, inTransaction, keepAnswer, type RequestAnswer, useToken } from "@stageledger/db";
import type { Request } from "express";
import type { z } from "zod";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import { type CallInput, readCall } from "./call-input.ts";
import type { Caller } from "./caller.ts";
import type { ForgeContext } from "./forge-context.ts";
import { ensurePerson } from "./person.ts";
import type { Route } from "./read-route.ts";
import { Refusal } from "./refusal.ts";
import { tokenUsed } from "./token-used.ts";

export interface WriteCall<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends CallInput<P, Q, B> {
  readonly trx: LedgerTransaction;
  readonly tenantId: string;
  readonly contributorId: string;
  readonly context: ForgeContext;
}

const KEY = /^[0-9A-Za-z_-]{8,64}$/u;
/** Longer than anybody tries again. */
const REMEMBER_MILLISECONDS = 24 * 3_600_000;

export function writeRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
  write: (call: WriteCall<P, Q, B>) => Promise<z.input<A>>,
): Route {
  return {
    contract,
    async answer(context, caller, request, response) {
      const call = await readCall(contract, request);
      const key = keyOf(request);
      const input = JSON.stringify([contract.method, contract.path, call]);
      const { status, answer } = await guarded(context, caller, { key, input }, async (trx, contributorId) => {
        const { tenantId } = caller;
        const told = await write({ ...call, trx, tenantId, contributorId, context });
        return { status: contract.status, answer: JSON.stringify(contract.answer.parse(told)) };
      });
      response.status(status).type("json").send(answer);
    },
  };
}

/** @throws StageledgerError TOKEN_USED, REQUEST_KEY_REUSED, ENTRY_OF_ERASED_PERSON, and what the work throws */
function guarded(
  context: ForgeContext,
  caller: Caller,
  { key, input }: { readonly key: string; readonly input: string },
  work: (trx: LedgerTransaction, contributorId: string) => Promise<RequestAnswer>,
): Promise<RequestAnswer> {
  const { tenantId, tokenId, expiresAt } = caller;
  return inTransaction(context.database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    const now = context.now();
    if (!(await useToken(trx, tenantId, tokenId, expiresAt, now))) throw tokenUsed();
    const contributorId = await ensurePerson(trx, context, caller);
    const known = await findAnswer(trx, tenantId, contributorId, key, input, now);
    if (known?.isOther === true) throw keyReused();
    if (known !== undefined) return known;
    const answer = await work(trx, contributorId);
    await keepAnswer(trx, tenantId, contributorId, { key, input, now, expiresAt: now + REMEMBER_MILLISECONDS }, answer);
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
