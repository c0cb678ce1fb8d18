import { createEntry, StageledgerError } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { loadPostingRules, removeTimer } from "@stageledger/db";
import { Refusal } from "../../http/refusal.ts";
import { newEntry } from "../../log-time/new-entry.ts";
import { recordRevision } from "../../log-time/record-revision.ts";
import { newEntryAnswer } from "../entry-answer.ts";
import { entryDate } from "../entry-date.ts";
import { getTimer } from "../get-timer.ts";
import { getItem } from "../known-item.ts";
import { timerAnswer } from "../running-timer.ts";
import { writeRoute } from "../write-route.ts";

export const logTimerRoute = writeRoute(ROUTES.logTimer, async (call) => {
  const { trx, tenantId, contributorId, context, body } = call;
  const found = await getTimer(trx, tenantId, contributorId);
  const rules = await loadPostingRules(trx, tenantId);
  const timer = timerAnswer(found, rules.zone, context.now());
  const { of = found } = body;
  if (of.itemId !== found.itemId || of.startedAt !== found.startedAt) {
    throw new Refusal(
      new StageledgerError("TIMER_OTHER", "Your timer is another one meanwhile.", {
        next: "Look at the timer as it is now, and log that one if you mean it.",
      }),
      { timer },
    );
  }
  if (timer.isCapped && body.minutes === undefined) {
    throw new Refusal(
      new StageledgerError("TIMER_CAPPED", "The timer ran for so long that it was probably forgotten.", {
        next: "Say how many minutes it was.",
      }),
      { timer },
    );
  }
  const item = await getItem(trx, tenantId, found.itemId);
  const time = {
    minutes: body.minutes ?? timer.proposedMinutes,
    date: entryDate(body.date ?? timer.proposedDate, rules, context.now()),
    activity: body.activity,
    stage: body.stage,
    isMirrored: body.isMirrored,
  };
  const entry = newEntry(item, time, rules);
  const revision = createEntry(context.newId(), contributorId, entry);
  await recordRevision(trx, tenantId, revision, rules);
  await removeTimer(trx, tenantId, contributorId);
  return newEntryAnswer(revision.entryId, entry, item.key, rules);
});
