import { dayText, mondayOf, parseEntryDate, weekText } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { listMyEntries, loadReadingRules } from "@stageledger/db";
import { entryAnswer } from "../entry-answer.ts";
import { readRoute } from "../read-route.ts";

const DAYS_TO_SUNDAY = 6;

export const myWeekRoute = readRoute(ROUTES.getMyWeek, async ({ trx, tenantId, context, query }) => {
  const rules = await loadReadingRules(trx, tenantId);
  const today = rules.zone.dayOf(context.now());
  const monday = mondayOf(query.day === undefined ? today : parseEntryDate(query.day));
  const entries = await listMyEntries(trx, tenantId, monday, monday + DAYS_TO_SUNDAY);
  return {
    week: weekText(monday),
    firstDay: dayText(monday),
    lastDay: dayText(monday + DAYS_TO_SUNDAY),
    today: dayText(today),
    isClosed: rules.isClosed(monday),
    minutes: entries.reduce((sum, { entry }) => sum + entry.minutes, 0),
    entries: entries.map((entry) => entryAnswer(entry, rules)),
  };
});
