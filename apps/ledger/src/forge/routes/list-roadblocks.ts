import { ROUTES } from "@stageledger/core/contract/routes";
import { listRoadblocks } from "@stageledger/db";
import { getItem } from "../known-item.ts";
import { readRoute } from "../read-route.ts";
import { roadblockAnswer } from "../roadblock-answer.ts";

export const listRoadblocksRoute = readRoute(ROUTES.listRoadblocks, async ({ trx, tenantId, params }) => {
  const { itemId } = await getItem(trx, tenantId, params.item);
  return { roadblocks: (await listRoadblocks(trx, tenantId, itemId)).map(roadblockAnswer) };
});
