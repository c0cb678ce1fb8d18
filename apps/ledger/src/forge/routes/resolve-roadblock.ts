import { ROUTES } from "@stageledger/core/contract/routes";
import { resolveRoadblock } from "@stageledger/db";
import { roadblockUnknown } from "../../http/unknown.ts";
import { roadblockAnswer } from "../roadblock-answer.ts";
import { writeRoute } from "../write-route.ts";

/** Anybody may say so: a roadblock belongs to the item. */
export const resolveRoadblockRoute = writeRoute(ROUTES.resolveRoadblock, async ({ trx, tenantId, context, params }) => {
  const resolved = await resolveRoadblock(trx, tenantId, params.roadblock, context.now());
  if (resolved !== undefined) return roadblockAnswer(resolved);
  throw roadblockUnknown();
});
