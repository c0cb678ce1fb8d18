import { ROUTES } from "@stageledger/core/contract/routes";
import { getTenant, putTimer } from "@stageledger/db";
import { getTimer } from "../get-timer.ts";
import { paused, timerAnswer } from "../running-timer.ts";
import { writeRoute } from "../write-route.ts";

export const pauseTimerRoute = writeRoute(ROUTES.pauseTimer, async ({ trx, tenantId, contributorId, context }) => {
  const now = context.now();
  const found = await getTimer(trx, tenantId, contributorId);
  const timer = paused(found, now);
  await putTimer(trx, tenantId, contributorId, timer);
  const { zone } = await getTenant(trx, tenantId);
  return { now, timer: timerAnswer({ ...timer, itemKey: found.itemKey }, zone, now) };
});
