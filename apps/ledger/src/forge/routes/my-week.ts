import { ROUTES } from "@stageledger/core/contract/routes";
import { inOneOrder, listMyEntries, loadReadingRules } from "@stageledger/db";
import { mineRoute } from "../mine-route.ts";
import { shownWeek, weekAnswer } from "../week-answer.ts";

export const myWeekRoute = mineRoute(ROUTES.getMyWeek, async ({ tenantId, context, query, asEach }) => {
  const looks = await asEach(async (trx) => {
    const rules = await loadReadingRules(trx, tenantId);
    const week = shownWeek(query.day, rules, context.now());
    return { rules, week, entries: await listMyEntries(trx, tenantId, week.firstDay, week.lastDay) };
  });
  const [{ rules, week }] = looks;
  return weekAnswer(week, inOneOrder(looks.map(({ entries }) => entries)), rules);
});
