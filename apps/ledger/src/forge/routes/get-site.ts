import { ROUTES } from "@stageledger/core/contract/routes";
import { inTransaction } from "@stageledger/db";
import { readCall } from "../../http/call-input.ts";
import { type Route, routeAnswer } from "../route.ts";
import { siteStateAnswer } from "../site-state-answer.ts";

const contract = ROUTES.getSite;

/** Read as who records: how a connection goes is nothing that people or reports may look at. */
export const getSiteRoute: Route = {
  contract,
  async answer(context, { tenantId }, request) {
    await readCall(contract, request);
    const state = await inTransaction(context.database, { role: "recorder", tenantId }, (trx) =>
      siteStateAnswer(trx, tenantId, context),
    );
    return routeAnswer(contract, state);
  },
};
