/** What changes of an entry have in common: whose it is, where it came from, and which revision was seen. */
import { type EntryRevision, StageledgerError, type TimeEntry } from "@stageledger/core";
import { findMyRevisions, type MyRevisions } from "@stageledger/db";
import type { LedgerTransaction } from "../../log-time/record-revision.ts";

export interface ChangeableEntry {
  /** Its contributor is the person's account, or one that is linked to it. */
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
  const found = await findMyRevisions(trx, tenantId, contributorId, [entryId]);
  return changeable(found, entryId, seenRevision);
}

/** The same, where the revisions are known. Pure. */
export function changeable(
  found: ReadonlyMap<string, MyRevisions>,
  entryId: string,
  seenRevision: number,
): ChangeableEntry {
  if (found.get(entryId)?.latest.isOwn === false) {
    throw new StageledgerError("ENTRY_FROM_ELSEWHERE", "This entry was brought by a file or another tool.", {
      next: "Change it where it came from.",
    });
  }
  return asSeen(found, entryId, seenRevision);
}

/** The same of an entry wherever it came from. Pure. @throws StageledgerError ENTRY_UNKNOWN, ENTRY_REVISION_CONFLICT */
export function asSeen(
  found: ReadonlyMap<string, MyRevisions>,
  entryId: string,
  seenRevision: number,
): ChangeableEntry {
  const revisions = found.get(entryId);
  if (revisions === undefined) {
    throw new StageledgerError("ENTRY_UNKNOWN", "None of your entries has that id.", { next: "Reload your entries." });
  }
  const { contributorId: contributor, number, entry } = revisions.latest;
  if (number !== seenRevision) {
    throw new StageledgerError("ENTRY_REVISION_CONFLICT", "The entry was changed meanwhile.", {
      next: "Look at the entry as it is now, and change it again.",
    });
  }
  const change = entry === undefined ? "deleted" : "edited";
  return { latest: { entryId, contributor, number, change, entry }, before: revisions.before?.entry };
}
