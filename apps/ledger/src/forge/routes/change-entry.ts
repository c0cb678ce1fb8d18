/** What changes of an entry have in common: whose it is, where it came from, and which revision was seen. */
import { type EntryRevision, StageledgerError, type TimeEntry } from "@stageledger/core";
import { findMyRevisions } from "@stageledger/db";
import type { LedgerTransaction } from "../../log-time/record-revision.ts";

export interface ChangeableEntry {
  readonly latest: EntryRevision;
  /** The entry by the revision before; undefined = none, or deleted. */
  readonly before: TimeEntry | undefined;
}

/**
 * @param seenRevision which one the author saw when they decided
 * @throws StageledgerError ENTRY_UNKNOWN (somebody else's too), ENTRY_FROM_ELSEWHERE, ENTRY_REVISION_CONFLICT
 */
export async function getChangeable(
  trx: LedgerTransaction,
  tenantId: string,
  contributorId: string,
  entryId: string,
  seenRevision: number,
): Promise<ChangeableEntry> {
  const found = await findMyRevisions(trx, tenantId, contributorId, entryId);
  if (found === undefined) {
    throw new StageledgerError("ENTRY_UNKNOWN", "None of your entries has that id.", { next: "Reload your entries." });
  }
  const { latest, before } = found;
  if (!latest.isOwn) {
    throw new StageledgerError("ENTRY_FROM_ELSEWHERE", "This entry was brought by a file or another tool.", {
      next: "Change it where it came from.",
    });
  }
  if (latest.number !== seenRevision) {
    throw new StageledgerError("ENTRY_REVISION_CONFLICT", "The entry was changed meanwhile.", {
      next: "Look at the entry as it is now, and change it again.",
    });
  }
  const { number, entry } = latest;
  const change = entry === undefined ? "deleted" : "edited";
  return { latest: { entryId, contributor: contributorId, number, change, entry }, before: before?.entry };
}
