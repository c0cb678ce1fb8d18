import { ROUTES } from "@stageledger/core/contract/routes";
import { findPersonSettings, putPersonSettings } from "@stageledger/db";
import { readRoute } from "../read-route.ts";
import { writeRoute } from "../write-route.ts";

export const getMySettingsRoute = readRoute(ROUTES.getMySettings, ({ trx, tenantId, contributorId }) =>
  findPersonSettings(trx, tenantId, contributorId),
);

export const putMySettingsRoute = writeRoute(
  ROUTES.putMySettings,
  async ({ trx, tenantId, contributorId, body }) => {
    await putPersonSettings(trx, tenantId, contributorId, body);
    return body;
  },
  { holds: "person" },
);
