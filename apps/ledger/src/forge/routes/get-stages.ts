import { EVERY_PROJECT } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { loadStageMaps, loadStatuses } from "@stageledger/db";
import { readRoute } from "../read-route.ts";
import { stageMapAnswer } from "../stage-map-answer.ts";

export const getStagesRoute = readRoute(ROUTES.getStages, async ({ trx, tenantId }) => {
  const latest = (await loadStageMaps(trx, tenantId)).get(EVERY_PROJECT)?.at(-1);
  return stageMapAnswer(latest, await loadStatuses(trx, tenantId));
});
