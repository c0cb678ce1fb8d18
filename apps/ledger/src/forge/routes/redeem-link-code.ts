import { ROUTES } from "@stageledger/core/contract/routes";
import { countLinks, redeemLinkCode } from "@stageledger/db";
import { writeRoute } from "../write-route.ts";

export const redeemLinkCodeRoute = writeRoute(ROUTES.redeemLinkCode, async (call) => {
  const { trx, tenantId, contributorId, context, body } = call;
  await redeemLinkCode(trx, tenantId, contributorId, body.code, context.now());
  return { others: await countLinks(trx, tenantId, contributorId) };
});
