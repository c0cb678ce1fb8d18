import { mondayOf, UNMAPPED_NAME } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { addRoadblock, loadReadingRules } from "@stageledger/db";
import { getItem } from "../known-item.ts";
import { roadblockAnswer } from "../roadblock-answer.ts";
import { writeRoute } from "../write-route.ts";

export const raiseRoadblockRoute = writeRoute(ROUTES.raiseRoadblock, async (call) => {
  const { trx, tenantId, context, params, body } = call;
  const item = await getItem(trx, tenantId, params.item);
  const { maps, zone } = await loadReadingRules(trx, tenantId);
  const raisedAt = context.now();
  const map = maps.mapFor(item.project, mondayOf(zone.dayOf(raisedAt)));
  const roadblock = {
    roadblockId: context.newId(),
    kind: body.kind,
    words: body.words,
    stage: map === undefined || item.status === undefined ? UNMAPPED_NAME : map.nameOf(map.positionOf(item.status)),
    raisedAt,
    resolvedAt: undefined,
  };
  await addRoadblock(trx, tenantId, item.itemId, roadblock);
  return roadblockAnswer(roadblock);
});
