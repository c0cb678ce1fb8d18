import { ROUTES } from "@stageledger/core/contract/routes";
import { eraseAccounts, holdInstallation, inTransaction, useToken } from "@stageledger/db";
import { readCall } from "../../http/call-input.ts";
import { installationUnknown, JIRA_ACCOUNT } from "../caller.ts";
import type { Route } from "../read-route.ts";
import { tokenUsed } from "../token-used.ts";

const contract = ROUTES.eraseMine;

/**
 * Erases the account that calls with all that is its own, and leaves the mark not to take it up again: in one transaction. Accounts
 * that are linked to it stay, each with its entries: each has its own erasure, where it can be proved. Who was erased before has
 * nothing to erase. No answer is kept to be given again, since it would be the person's.
 */
export const eraseMineRoute: Route = {
  contract,
  async answer(context, caller, request, response) {
    await readCall(contract, request);
    const { database, masterKey, now } = context;
    const { tenantId, installationId, accountId, tokenId, expiresAt } = caller;
    const entries = await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
      if (!(await holdInstallation(trx, tenantId, installationId))) throw installationUnknown();
      if (!(await useToken(trx, tenantId, tokenId, expiresAt, now()))) throw tokenUsed();
      return eraseAccounts(trx, tenantId, masterKey, [{ source: JIRA_ACCOUNT, account: accountId }]);
    });
    response.status(contract.status).json(contract.answer.parse({ entries }));
  },
};
