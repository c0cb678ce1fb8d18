import { UNASSIGNED } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { inOneOrder, listMyEntriesOfProject, loadReadingRules } from "@stageledger/db";
import { entryAnswer } from "../entry-answer.ts";
import { mineRoute } from "../mine-route.ts";
import { listPlaces } from "../places-of-hours.ts";

/** Where there is nothing to place, Jira is asked nothing. */
export const myUnassignedRoute = mineRoute(ROUTES.getMyUnassigned, async ({ tenantId, context, asEach, ask }) => {
  const looks = await asEach(async (trx) => ({
    rules: await loadReadingRules(trx, tenantId),
    entries: await listMyEntriesOfProject(trx, tenantId, UNASSIGNED),
  }));
  const [{ rules }] = looks;
  const entries = inOneOrder(looks.map((look) => look.entries));
  return {
    entries: entries.map((entry) => entryAnswer(entry, rules)),
    projects: entries.length === 0 ? [] : [...(await listPlaces(context, tenantId, ask))],
  };
});
