/** The pseudonym of whoever calls. */
import { StageledgerError } from "@stageledger/core";
import { ensureContributors, findContributor, inTransaction, openTenantSecrets } from "@stageledger/db";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import { type Caller, JIRA_ACCOUNT } from "./caller.ts";
import type { ForgeContext } from "./forge-context.ts";

/** Made when it is new. Inside a transaction of role recorder that holds the tenant's lock. @throws StageledgerError ENTRY_OF_ERASED_PERSON */
export async function ensurePerson(
  trx: LedgerTransaction,
  { masterKey, newId }: ForgeContext,
  { tenantId, accountId }: Caller,
): Promise<string> {
  const secrets = await openTenantSecrets(trx, tenantId, masterKey);
  const account = { source: JIRA_ACCOUNT, account: accountId };
  const [person] = await ensureContributors(trx, tenantId, secrets, [account], newId);
  if (person?.kind === "found") return person.contributorId;
  throw new StageledgerError("ENTRY_OF_ERASED_PERSON", "This account was erased, and is not taken up again.");
}

/** Undefined for somebody who never logged anything, or was erased. Makes none. */
export function findPerson(
  { database, masterKey }: ForgeContext,
  { tenantId, accountId }: Caller,
): Promise<string | undefined> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    return findContributor(trx, tenantId, secrets, { source: JIRA_ACCOUNT, account: accountId });
  });
}
