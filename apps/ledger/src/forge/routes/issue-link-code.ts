import { ROUTES } from "@stageledger/core/contract/routes";
import { holdCall, inTransaction, issueLinkCode } from "@stageledger/db";
import { readCall } from "../../http/call-input.ts";
import { ensurePerson } from "../person.ts";
import { refuseUnheld } from "../refuse-unheld.ts";
import { type Route, routeAnswer } from "../route.ts";

const contract = ROUTES.issueLinkCode;

/** Its answer is not kept to be given again: that would keep the code. Who lost one gets another, and the first is void. */
export const issueLinkCodeRoute: Route = {
  contract,
  async answer(context, caller, request) {
    await readCall(contract, request);
    const { database, random, now } = context;
    const { tenantId, proof } = caller;
    const secrets = await context.secrets.getSecrets(tenantId);
    const code = await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
      refuseUnheld(proof, await holdCall(trx, tenantId, proof, now()));
      const contributorId = await ensurePerson(trx, secrets, context, caller);
      return issueLinkCode(trx, tenantId, contributorId, random, now());
    });
    return routeAnswer(contract, code);
  },
};
