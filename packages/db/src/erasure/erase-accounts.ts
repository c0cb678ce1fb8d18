/** Takes whoever has an account out of the ledger, together with what else a call has done. */
import { sql, type Transaction } from "kysely";
import { type Account, findContributors } from "../contributors.ts";
import { PAGE_ACCOUNT, removeMembers } from "../members/members.ts";
import type { Schema } from "../schema.ts";
import type { MasterKey } from "../secrets/master-key.ts";
import { openTenantSecrets } from "../secrets/tenant-secrets.ts";
import { eraseContributors } from "./erase-contributors.ts";

/**
 * As {@link erasePerson} does it, of each account that the ledger knows: of the others there is nothing to erase. A member is one no
 * more, whether they logged anything or not.
 *
 * As the last thing in a transaction of role recorder that holds the tenant: from here on its role is eraser.
 *
 * @returns how many entries are gone, deleted ones among them
 * @throws StageledgerError MASTER_KEY_WRONG
 */
export async function eraseAccounts(
  trx: Transaction<Schema>,
  tenantId: string,
  masterKey: MasterKey,
  accounts: readonly Account[],
): Promise<number> {
  if (accounts.length === 0) return 0;
  await sql`set local role stageledger_eraser`.execute(trx);
  const secrets = await openTenantSecrets(trx, tenantId, masterKey);
  await removeMembers(trx, tenantId, membersAmong(accounts));
  const people = await findContributors(trx, tenantId, secrets, accounts);
  const found = people.flatMap((person) => (person?.kind === "found" ? person.contributorId : []));
  return eraseContributors(trx, tenantId, [...new Set(found)], { isMarked: true });
}

/** Their ids. */
export function membersAmong(accounts: readonly Account[]): readonly string[] {
  return accounts.flatMap(({ source, account }) => (source === PAGE_ACCOUNT ? account : []));
}
