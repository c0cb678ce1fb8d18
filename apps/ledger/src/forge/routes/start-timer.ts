import { StageledgerError } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { findTimer, getTenant, putTimer } from "@stageledger/db";
import { Refusal } from "../../http/refusal.ts";
import { getItem } from "../known-item.ts";
import { resumed, started, timerAnswer } from "../running-timer.ts";
import { writeRoute } from "../write-route.ts";

export const startTimerRoute = writeRoute(ROUTES.startTimer, async (call) => {
  const { trx, tenantId, contributorId, context, params, body } = call;
  const now = context.now();
  const { itemId, key: itemKey } = await getItem(trx, tenantId, params.item);
  const { zone } = await getTenant(trx, tenantId);
  const found = await findTimer(trx, tenantId, contributorId);
  const other = found === undefined || found.itemId === itemId ? undefined : timerAnswer(found, zone, now);
  if (other !== undefined && !body.replace) {
    throw new Refusal(
      new StageledgerError("TIMER_RUNNING", "Your timer counts on another item.", {
        next: "Log or discard that one first, or start with replace: what it counted is in the answer then.",
      }),
      { timer: other },
    );
  }
  const timer = found === undefined || other !== undefined ? started(itemId, now) : resumed(found, now);
  await putTimer(trx, tenantId, contributorId, timer);
  return { now, timer: timerAnswer({ ...timer, itemKey }, zone, now), replaced: other ?? null };
});
