/** Takes a person out of the ledger, in one transaction: what stays is a mark not to import them again. */
import { StageledgerError } from "@stageledger/core";
import { type Account, findContributor } from "../contributors.ts";
import type { Database } from "../engine/database.ts";
import { inTransaction, lockTenant } from "../engine/tenant-transaction.ts";
import { removeMembers } from "../members/members.ts";
import type { MasterKey } from "../secrets/master-key.ts";
import { openTenantSecrets } from "../secrets/tenant-secrets.ts";
import { membersAmong } from "./erase-accounts.ts";
import { eraseContributors } from "./erase-contributors.ts";

export interface Erasure {
  /** Entries that are gone, deleted ones among them. */
  readonly entries: number;
}

/**
 * Erases the contributor of an account with all that is theirs, and all accounts that led to it. A
 * member is one no more, with all their sessions.
 *
 * @throws StageledgerError PERSON_UNKNOWN, TENANT_UNKNOWN, MASTER_KEY_WRONG
 */
export function erasePerson(
  database: Database,
  tenantId: string,
  masterKey: MasterKey,
  account: Account,
): Promise<Erasure> {
  return inTransaction(database, { role: "eraser", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const contributorId = await findContributor(trx, tenantId, secrets, account);
    const members = await removeMembers(trx, tenantId, membersAmong([account]));
    if (contributorId === undefined && members > 0) return { entries: 0 };
    if (contributorId === undefined) {
      throw new StageledgerError("PERSON_UNKNOWN", "The ledger has nothing of this account.", {
        next: "Check --as and --source; what was erased already is gone.",
      });
    }
    return { entries: await eraseContributors(trx, tenantId, [contributorId], { isMarked: true }) };
  });
}
