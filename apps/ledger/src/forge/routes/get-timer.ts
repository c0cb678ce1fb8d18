import { ROUTES } from "@stageledger/core/contract/routes";
import { findTimer, getTenant } from "@stageledger/db";
import { readRoute } from "../read-route.ts";
import { timerAnswer } from "../running-timer.ts";

export const getTimerRoute = readRoute(ROUTES.getTimer, async ({ trx, tenantId, contributorId, context }) => {
  const now = context.now();
  const found = await findTimer(trx, tenantId, contributorId);
  const { zone } = await getTenant(trx, tenantId);
  return { now, timer: found === undefined ? null : timerAnswer(found, zone, now) };
});
