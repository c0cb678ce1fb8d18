/** Stages as they could be. Nothing is recorded: whoever takes them puts them, as seen by the version that they were proposed for. */
import { EVERY_PROJECT, StageMap } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { inTransaction, loadFirstEntryPlaces, loadStageMaps, loadStatuses } from "@stageledger/db";
import { readCall } from "../../http/call-input.ts";
import { proposeStages } from "../../stages/propose-stages.ts";
import { type Route, routeAnswer } from "../route.ts";
import { stageMapAnswer } from "../stage-map-answer.ts";

const contract = ROUTES.proposeStages;

/** Read as who reads reports. Reads every timeline. */
export const proposeStagesRoute: Route = {
  contract,
  async answer({ database }, { tenantId }, request) {
    await readCall(contract, request);
    const answer = await inTransaction(database, { role: "report_reader", tenantId }, async (trx) => {
      const latest = (await loadStageMaps(trx, tenantId)).get(EVERY_PROJECT)?.at(-1);
      const statuses = await loadStatuses(trx, tenantId);
      const proposal = proposeStages(latest, statuses, await loadFirstEntryPlaces(trx, tenantId));
      const version = latest?.version ?? 0;
      const map = proposal && new StageMap({ ...proposal, version, origin: "given" });
      return { ...stageMapAnswer(map ?? latest, statuses), version };
    });
    return routeAnswer(contract, answer);
  },
};
