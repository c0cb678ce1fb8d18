import { ROUTES } from "@stageledger/core/contract/routes";
import { holdInstallation, inTransaction, issueLinkCode, useToken } from "@stageledger/db";
import { readCall } from "../../http/call-input.ts";
import { installationUnknown } from "../caller.ts";
import { ensurePerson } from "../person.ts";
import type { Route } from "../read-route.ts";
import { tokenUsed } from "../token-used.ts";

const contract = ROUTES.issueLinkCode;

/** Its answer is not kept to be given again: that would keep the code. Who lost one gets another, and the first is void. */
export const issueLinkCodeRoute: Route = {
  contract,
  async answer(context, caller, request, response) {
    await readCall(contract, request);
    const { database, random, now } = context;
    const { tenantId, installationId, tokenId, expiresAt } = caller;
    const secrets = await context.secrets.getSecrets(tenantId);
    const code = await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
      if (!(await holdInstallation(trx, tenantId, installationId))) throw installationUnknown();
      if (!(await useToken(trx, tenantId, tokenId, expiresAt, now()))) throw tokenUsed();
      const contributorId = await ensurePerson(trx, secrets, context, caller);
      return issueLinkCode(trx, tenantId, contributorId, random, now());
    });
    response.status(contract.status).json(contract.answer.parse(code));
  },
};
