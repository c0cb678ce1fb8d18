/**
 * Revisions of entries whose source tells neither how often nor when they were changed: what it shows is compared with what
 * the ledger has.
 */
import { isSameEntry, type TimeEntry } from "@stageledger/core";
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import { toEntry } from "./entry-rows.ts";
import type { RecordedRevision } from "./facts.ts";
import { loadEntries } from "./load-entries.ts";

export interface ShownEntry {
  readonly entryId: string;
  /** Undefined when the source does not name the author, or the author was erased: then only what is known already is kept up. */
  readonly contributorId: string | undefined;
  readonly entry: TimeEntry;
}

/**
 * Inside a transaction of role recorder that holds the tenant's lock. Two looks at the source must come in their order.
 *
 * @param shown as the source has them
 * @param goneIds entries that it has no more; those that the ledger never had, or has as deleted, are left out
 */
export async function revisionsFromSource(
  trx: Transaction<Schema>,
  tenantId: string,
  shown: readonly ShownEntry[],
  goneIds: readonly string[],
): Promise<readonly RecordedRevision[]> {
  const known = await loadEntries(trx, tenantId, [...shown.map(({ entryId }) => entryId), ...goneIds]);
  const revised = shown.flatMap(({ entryId, contributorId, entry }): RecordedRevision[] => {
    const row = known.get(entryId);
    if (row === undefined) {
      if (contributorId === undefined) return [];
      return [{ entryId, contributor: contributorId, number: 1, change: "created", entry, importId: undefined }];
    }
    const before = toEntry(row);
    if (before !== undefined && isSameEntry(before, entry)) return [];
    const isMoved = before !== undefined && (before.itemId !== entry.itemId || before.project !== entry.project);
    return [
      {
        entryId,
        contributor: row.contributor_id,
        number: row.number + 1,
        change: isMoved ? "moved" : "edited",
        entry,
        importId: undefined,
      },
    ];
  });
  const deleted = goneIds.flatMap((entryId): RecordedRevision[] => {
    const row = known.get(entryId);
    if (row === undefined || toEntry(row) === undefined) return [];
    const { contributor_id, number } = row;
    return [
      {
        entryId,
        contributor: contributor_id,
        number: number + 1,
        change: "deleted",
        entry: undefined,
        importId: undefined,
      },
    ];
  });
  return [...revised, ...deleted];
}

/**
 * Revisions that take entries back for good, of a source that never gives an id twice: nothing that is read late, from before,
 * brings them again. Those that the ledger never had, or has as deleted, are left out.
 */
export async function finalDeletions(
  trx: Transaction<Schema>,
  tenantId: string,
  entryIds: readonly string[],
): Promise<readonly RecordedRevision[]> {
  const known = await loadEntries(trx, tenantId, entryIds);
  return [...known].flatMap(([entryId, row]): RecordedRevision[] => {
    if (toEntry(row) === undefined) return [];
    const { contributor_id: contributor } = row;
    const number = Number.MAX_SAFE_INTEGER;
    return [{ entryId, contributor, number, change: "deleted", entry: undefined, importId: undefined }];
  });
}
