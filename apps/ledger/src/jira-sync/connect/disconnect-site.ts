import {
  type Database,
  inTransaction,
  listConnections,
  removeConnection,
  removeDue,
  removeInstallation,
} from "@stageledger/db";

/**
 * Nobody logs from the site any more, and it is read no more. What it brought stays, people among it. False when it was not
 * connected to this ledger.
 */
export function disconnectSite(database: Database, tenantId: string, installationId: string): Promise<boolean> {
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    for (const { connectionId, kind, workspace } of await listConnections(trx, tenantId)) {
      if (kind !== "jira" || workspace !== installationId) continue;
      await removeConnection(trx, tenantId, connectionId);
      await removeDue(trx, { tenantId, connectionId, kind: "reconcile" });
    }
    return removeInstallation(trx, tenantId, installationId);
  });
}
