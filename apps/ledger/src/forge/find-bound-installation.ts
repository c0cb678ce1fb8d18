import { type Database, findKnownSite, findTenantOfInstallation, inTransaction } from "@stageledger/db";
import type { BoundInstallation } from "./known-installations.ts";

/** Whose ledger an installation logs into, and of which site that is; undefined where nobody has connected it. */
export async function findBoundInstallation(
  database: Database,
  installationId: string,
): Promise<BoundInstallation | undefined> {
  const tenantId = await findTenantOfInstallation(database, installationId);
  if (tenantId === undefined) return undefined;
  const knownSite = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    findKnownSite(trx, tenantId, "jira"),
  );
  return { tenantId, knownSite };
}
