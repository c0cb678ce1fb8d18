import { createEntry, refuseOverfullDay, type TimeEntry } from "@stageledger/core";
import { type EntryBasis, type Leave, recordNewEntry } from "@stageledger/db";
import { tooOldEntry } from "./record-revision.ts";

/**
 * Records an entry as {@link recordRevision} does, in the transaction in which its basis was loaded: what is written travels
 * with the commit.
 *
 * @param entryId nobody has had it
 * @throws StageledgerError ENTRY_DAY_OVER_24_HOURS, ENTRY_TOO_OLD
 */
export function leaveNewEntry(
  leave: Leave,
  { tenantId, contributorId }: { readonly tenantId: string; readonly contributorId: string },
  entryId: string,
  entry: TimeEntry,
  basis: EntryBasis,
): void {
  const { entriesFrom } = basis.rules;
  refuseOverfullDay(basis.minutesOf(entry.date), entry.minutes);
  if (entriesFrom !== undefined && entry.date < entriesFrom) throw tooOldEntry();
  leave(recordNewEntry(tenantId, createEntry(entryId, contributorId, entry), basis));
}
