/** The pseudonym of whoever calls. */
import { StageledgerError } from "@stageledger/core";
import {
  ensureContributors,
  type FoundContributor,
  findContributor,
  inTransaction,
  type TenantSecrets,
} from "@stageledger/db";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { Caller } from "./caller.ts";
import type { DoorContext } from "./forge-context.ts";

/**
 * Made when it is new. Inside a transaction of role recorder that holds the tenant, or the person.
 *
 * @param secrets got before that transaction began: getting them may take one of its own
 * @param found what the ledger knows of the account, where that was asked already
 * @throws StageledgerError ENTRY_OF_ERASED_PERSON
 */
export async function ensurePerson(
  trx: LedgerTransaction,
  secrets: TenantSecrets,
  { newId }: Pick<DoorContext, "newId">,
  { tenantId, account }: Caller,
  found?: FoundContributor,
): Promise<string> {
  const [person] = found === undefined ? await ensureContributors(trx, tenantId, secrets, [account], newId) : [found];
  if (person?.kind === "found") return person.contributorId;
  throw new StageledgerError("ENTRY_OF_ERASED_PERSON", "This account was erased, and is not taken up again.", {
    next: "Nothing can be recorded or changed with it. Use another account, or ask somebody else who may do it.",
  });
}

/** Undefined for somebody who never logged anything, or was erased. Makes none. */
export async function findPerson(
  { database, secrets }: DoorContext,
  { tenantId, account }: Caller,
): Promise<string | undefined> {
  const known = await secrets.getSecrets(tenantId);
  return inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    findContributor(trx, tenantId, known, account),
  );
}
