import { ACTIVITIES, dayText, mondayOf } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { listMyEntriesOfItem, loadReadingRules } from "@stageledger/db";
import { entryAnswer } from "../entry-answer.ts";
import { getItem, proposedStage } from "../known-item.ts";
import { readRoute } from "../read-route.ts";

export const itemEntriesRoute = readRoute(ROUTES.listItemEntries, async ({ trx, tenantId, context, params }) => {
  const item = await getItem(trx, tenantId, params.item);
  const rules = await loadReadingRules(trx, tenantId);
  const today = rules.zone.dayOf(context.now());
  const stages = rules.maps.mapFor(item.project, mondayOf(today))?.stages ?? [];
  const entries = await listMyEntriesOfItem(trx, tenantId, params.item);
  return {
    itemId: item.itemId,
    itemKey: item.key,
    project: item.project,
    today: dayText(today),
    proposedStage: proposedStage(item, rules, context.now()) ?? null,
    stages: stages.filter(({ statuses }) => statuses.length > 0).map(({ name }) => name),
    activities: [...ACTIVITIES],
    entries: entries.map((entry) => entryAnswer(entry, rules)),
  };
});
