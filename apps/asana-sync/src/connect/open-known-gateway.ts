import { inTransaction, openCredentials, openTenantSecrets, replaceCredentials } from "@stageledger/db";
import type { AsanaGateway } from "../asana/gateway.ts";
import type { SyncContext } from "../context.ts";

/** With the credentials that the connection has; renewed ones are kept. @throws StageledgerError MASTER_KEY_WRONG, ASANA_CREDENTIALS_MISSING */
export async function openKnownGateway(
  { database, masterKey, random, openGateway }: SyncContext,
  tenantId: string,
  connectionId: string,
): Promise<AsanaGateway> {
  const { secrets, credentials } = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    return { secrets, credentials: await openCredentials(trx, tenantId, connectionId, secrets) };
  });
  return openGateway(connectionId, credentials, (renewed) =>
    inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      replaceCredentials(trx, tenantId, connectionId, renewed, secrets, random),
    ),
  );
}
