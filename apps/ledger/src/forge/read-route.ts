/** A route that reads: as the person who calls, so that the database shows their own rows and nobody else's. */
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import { inTransaction } from "@stageledger/db";
import type { Request, Response } from "express";
import type { z } from "zod";
import { type CallInput, readCall } from "../http/call-input.ts";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { Caller } from "./caller.ts";
import type { DoorContext } from "./forge-context.ts";
import { findPerson } from "./person.ts";
import type { AskRight } from "./rights/ask-right.ts";

export interface ReadCall<P extends z.ZodType, Q extends z.ZodType>
  extends Pick<CallInput<P, Q, z.ZodType>, "params" | "query"> {
  readonly trx: LedgerTransaction;
  readonly tenantId: string;
  /** Of somebody who never logged anything one that nobody has. */
  readonly contributorId: string;
  readonly context: DoorContext;
}

/** A route, ready to be hung into the router. */
export interface Route {
  readonly contract: RouteContract;
  /** @param ask for rights to what only the answer tells, or the body */
  answer(context: DoorContext, caller: Caller, request: Request, response: Response, ask: AskRight): Promise<void>;
}

export function readRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
  read: (call: ReadCall<P, Q>) => Promise<z.input<A>>,
): Route {
  return {
    contract,
    async answer(context, caller, request, response) {
      const { tenantId } = caller;
      const { params, query } = await readCall(contract, request);
      const contributorId = (await findPerson(context, caller)) ?? context.newId();
      const answer = await inTransaction(context.database, { role: "person", tenantId, contributorId }, (trx) =>
        read({ trx, tenantId, contributorId, context, params, query }),
      );
      response.status(contract.status).json(contract.answer.parse(answer));
    },
  };
}
