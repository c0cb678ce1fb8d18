/** Where nobody has said what the stages are, each status is one. */
import { defaultStageMap } from "@stageledger/core";
import {
  type Database,
  inTransaction,
  loadFirstEntryPlaces,
  loadStageMaps,
  loadStatuses,
  recordStageMap,
} from "@stageledger/db";

/** Does nothing while there are no statuses, and where there are stages. */
export async function beginStages(database: Database, tenantId: string): Promise<void> {
  const map = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    if ((await loadStageMaps(trx, tenantId)).size > 0) return undefined;
    return defaultStageMap(await loadStatuses(trx, tenantId), await loadFirstEntryPlaces(trx, tenantId));
  });
  if (map !== undefined) await recordStageMap(database, tenantId, map);
}
