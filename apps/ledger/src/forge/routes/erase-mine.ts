import { ROUTES } from "@stageledger/core/contract/routes";
import { eraseAccounts, holdCall, inTransaction } from "@stageledger/db";
import { readCall } from "../../http/call-input.ts";
import { refuseUnheld } from "../refuse-unheld.ts";
import { type Route, routeAnswer } from "../route.ts";

const contract = ROUTES.eraseMine;

/**
 * Erases the account that calls with all that is its own, and leaves the mark not to take it up again: in one transaction. Accounts
 * that are linked to it stay, each with its entries: each has its own erasure, where it can be proved. Who was erased before has
 * nothing to erase. No answer is kept to be given again, since it would be the person's.
 */
export const eraseMineRoute: Route = {
  contract,
  async answer(context, caller, request) {
    await readCall(contract, request);
    const { database, masterKey, now } = context;
    const { tenantId, account, proof } = caller;
    const entries = await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
      refuseUnheld(proof, await holdCall(trx, tenantId, proof, now()));
      return eraseAccounts(trx, tenantId, masterKey, [account]);
    });
    return routeAnswer(contract, { entries });
  },
};
