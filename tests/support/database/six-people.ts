import { randomUUID } from "node:crypto";
import { type Database, ensureContributors, inTransaction, lockTenant, openTenantSecrets } from "@stageledger/db";
import type { TestTenant } from "./a-tenant.ts";

/** As many contributors as a published number needs, and one more. */
export function sixPeople(database: Database, { tenantId, masterKey }: TestTenant): Promise<readonly string[]> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const accounts = [..."abcdef"].map((account) => ({ source: "cli", account }));
    const people = await ensureContributors(trx, tenantId, secrets, accounts, randomUUID);
    return people.flatMap((person) => (person.kind === "found" ? [person.contributorId] : []));
  });
}
