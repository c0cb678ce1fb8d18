import { ROUTES } from "@stageledger/core/contract/routes";
import { removeTimer } from "@stageledger/db";
import { writeRoute } from "../write-route.ts";

/** Safe to repeat: afterwards there is none. */
export const discardTimerRoute = writeRoute(ROUTES.discardTimer, async ({ trx, tenantId, contributorId, context }) => {
  await removeTimer(trx, tenantId, contributorId);
  return { now: context.now(), timer: null };
});
