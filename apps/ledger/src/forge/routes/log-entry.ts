import { createEntry } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { loadPostingRules } from "@stageledger/db";
import { newEntry } from "../../log-time/new-entry.ts";
import { recordRevision } from "../../log-time/record-revision.ts";
import { newEntryAnswer } from "../entry-answer.ts";
import { entryDate } from "../entry-date.ts";
import { getItem } from "../known-item.ts";
import { writeRoute } from "../write-route.ts";

export const logEntryRoute = writeRoute(ROUTES.logEntry, async (call) => {
  const { trx, tenantId, contributorId, context, params, body } = call;
  const item = await getItem(trx, tenantId, params.item);
  const rules = await loadPostingRules(trx, tenantId);
  const date = entryDate(body.date, rules, context.now());
  const entry = newEntry(item, { ...body, date, stage: body.stage }, rules);
  const revision = createEntry(context.newId(), contributorId, entry);
  await recordRevision(trx, tenantId, revision, rules);
  return newEntryAnswer(revision.entryId, entry, item.key, rules);
});
