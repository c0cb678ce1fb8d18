/**
 * A route that reads what is the caller's own, by whichever of their accounts: of each account as that account, so that the database
 * shows its rows and nobody else's.
 */
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import { inTransaction, listContributorsOf } from "@stageledger/db";
import type { z } from "zod";
import { type CallInput, readCall } from "../http/call-input.ts";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { Caller } from "./caller.ts";
import type { DoorContext } from "./forge-context.ts";
import type { AskRight } from "./rights/ask-right.ts";
import { type Route, routeAnswer } from "./route.ts";

export interface MineCall<P extends z.ZodType, Q extends z.ZodType>
  extends Pick<CallInput<P, Q, z.ZodType>, "params" | "query"> {
  readonly context: DoorContext;
  readonly tenantId: string;
  readonly keysHiddenIn: Caller["keysHiddenIn"];
  /** How many accounts are linked to the caller's. */
  readonly others: number;
  /** What a look as each account shows, the caller's own first. Somebody who never logged anything has that one, and it shows nothing. */
  readonly asEach: <T>(
    look: (trx: LedgerTransaction, contributorId: string) => Promise<T>,
  ) => Promise<readonly [T, ...T[]]>;
  readonly ask: AskRight;
}

export function mineRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
  read: (call: MineCall<P, Q>) => Promise<z.input<A>>,
): Route {
  return {
    contract,
    async answer(context, caller, request, ask) {
      const { tenantId, keysHiddenIn } = caller;
      const { params, query } = await readCall(contract, request);
      const [own = context.newId(), ...linked] = await findContributors(context, caller);
      const as = <T>(
        contributorId: string,
        look: (trx: LedgerTransaction, contributorId: string) => Promise<T>,
      ): Promise<T> =>
        inTransaction(context.database, { role: "person", tenantId, contributorId }, (trx) => look(trx, contributorId));
      const answer = await read({
        params,
        query,
        context,
        tenantId,
        keysHiddenIn,
        others: linked.length,
        ask,
        async asEach(look) {
          const looks: Awaited<ReturnType<typeof look>>[] = [];
          const first = await as(own, look);
          for (const one of linked) looks.push(await as(one, look));
          return [first, ...looks];
        },
      });
      return routeAnswer(contract, answer);
    },
  };
}

async function findContributors(
  { database, secrets }: DoorContext,
  { tenantId, account: { source, account } }: Caller,
): Promise<readonly string[]> {
  const blindIndex = (await secrets.getSecrets(tenantId)).blindIndex(source, account);
  return inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    listContributorsOf(trx, tenantId, blindIndex),
  );
}
