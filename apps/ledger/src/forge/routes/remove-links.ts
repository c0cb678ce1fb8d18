import { ROUTES } from "@stageledger/core/contract/routes";
import { unlink } from "@stageledger/db";
import { writeRoute } from "../write-route.ts";

/** Safe to repeat: afterwards there are none. What was published stays as it was. */
export const removeLinksRoute = writeRoute(ROUTES.removeLinks, async ({ trx, tenantId, contributorId }) => {
  await unlink(trx, tenantId, contributorId);
  return { others: 0 };
});
