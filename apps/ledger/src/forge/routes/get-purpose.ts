import { ROUTES } from "@stageledger/core/contract/routes";
import { getPurposeText } from "@stageledger/db";
import { readRoute } from "../read-route.ts";

export const getPurposeRoute = readRoute(ROUTES.getPurpose, ({ trx, tenantId }) => getPurposeText(trx, tenantId));
