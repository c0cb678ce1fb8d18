import { type EntryRevision, refuseOverfullDay, StageledgerError } from "@stageledger/core";
import { type inTransaction, minutesOfDay, type PostingRules, recordIn } from "@stageledger/db";

export type LedgerTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

/**
 * Records what a person did to an entry of theirs, inside a transaction of role recorder that holds the tenant's lock.
 * What is not kept must not be acknowledged.
 *
 * @throws StageledgerError ENTRY_DAY_OVER_24_HOURS, ENTRY_TOO_OLD, ENTRY_REVISION_CONFLICT
 */
export async function recordRevision(
  trx: LedgerTransaction,
  tenantId: string,
  revision: EntryRevision,
  rules: PostingRules,
): Promise<void> {
  const { entry, entryId, contributor } = revision;
  if (entry !== undefined) {
    refuseOverfullDay(await minutesOfDay(trx, tenantId, contributor, entry.date, entryId), entry.minutes);
  }
  const entries = [{ ...revision, importId: undefined }];
  const { tooOld } = await recordIn(trx, tenantId, { items: [], statuses: [], entries }, rules);
  if (tooOld > 0) throw tooOldEntry();
}

export function tooOldEntry(): StageledgerError {
  return new StageledgerError("ENTRY_TOO_OLD", "The ledger keeps no entries of that day any more.", {
    next: "Nothing was recorded. Check the date: single days are kept for 13 weeks.",
  });
}
