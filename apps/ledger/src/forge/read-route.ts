/** A route that reads: as the person who calls, so that the database shows their own rows and nobody else's. */
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import { inTransaction } from "@stageledger/db";
import type { z } from "zod";
import { type CallInput, readCall } from "../http/call-input.ts";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { DoorContext } from "./forge-context.ts";
import { findPerson } from "./person.ts";
import { type Route, routeAnswer } from "./route.ts";

export interface ReadCall<P extends z.ZodType, Q extends z.ZodType>
  extends Pick<CallInput<P, Q, z.ZodType>, "params" | "query"> {
  readonly trx: LedgerTransaction;
  readonly tenantId: string;
  /** Of somebody who never logged anything one that nobody has. */
  readonly contributorId: string;
  readonly context: DoorContext;
}

export function readRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
  read: (call: ReadCall<P, Q>) => Promise<z.input<A>>,
): Route {
  return {
    contract,
    async answer(context, caller, request) {
      const { tenantId } = caller;
      const { params, query } = await readCall(contract, request);
      const contributorId = (await findPerson(context, caller)) ?? context.newId();
      const answer = await inTransaction(context.database, { role: "person", tenantId, contributorId }, (trx) =>
        read({ trx, tenantId, contributorId, context, params, query }),
      );
      return routeAnswer(contract, answer);
    },
  };
}
