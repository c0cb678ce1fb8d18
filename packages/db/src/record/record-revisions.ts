/** Records revisions of time entries, and brings the postings in line with them and with what items did meanwhile. */
import { StageledgerError } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { EntryChange } from "./booking.ts";
import { type EntryRow, toEntryRow, toRevisionRow } from "./entry-rows.ts";
import { factConflict } from "./fact-conflict.ts";
import type { RecordedRevision, RecordOutcome } from "./facts.ts";
import { loadEntries, loadEntriesOfItems } from "./load-entries.ts";
import { postChanges } from "./post-changes.ts";
import type { PostingRules } from "./posting-rules.ts";
import { insertRevisions } from "./write-booking.ts";

type RecordedRevisions = Pick<RecordOutcome, "newRevisions" | "newPostings" | "tooOld">;

/**
 * @param changedItemIds items whose timelines changed in this transaction: their entries of open weeks are booked anew
 * @throws StageledgerError ENTRY_REVISION_CONFLICT, FACT_CONFLICT
 */
export async function recordRevisions(
  trx: Transaction<Schema>,
  tenantId: string,
  revisions: readonly RecordedRevision[],
  changedItemIds: ReadonlySet<string>,
  rules: PostingRules,
): Promise<RecordedRevisions> {
  const { entriesFrom } = rules;
  const kept = revisions.filter(
    ({ entry }) => entry === undefined || entriesFrom === undefined || entry.date >= entriesFrom,
  );
  const fresh = await insertFresh(trx, tenantId, onceEach(kept));
  const changes = await changesOf(trx, tenantId, fresh);
  const changedEntries = new Set(changes.map(({ after }) => after.entry_id));
  const moved = await loadEntriesOfItems(trx, tenantId, [...changedItemIds]);
  for (const row of moved) {
    if (!changedEntries.has(row.entry_id)) changes.push({ before: row, after: row });
  }
  const newPostings = await postChanges(trx, tenantId, changes, rules);
  return { newRevisions: fresh.length, newPostings, tooOld: revisions.length - kept.length };
}

/** @throws StageledgerError ENTRY_REVISION_CONFLICT when two revisions of one number say different things */
function onceEach(revisions: readonly RecordedRevision[]): ReadonlyMap<string, RecordedRevision> {
  const revisionByKey = new Map<string, RecordedRevision>();
  for (const revision of revisions) {
    const key = keyOf(revision.entryId, revision.number);
    const same = revisionByKey.get(key);
    if (same !== undefined && toRevisionRow(same).input_hash !== toRevisionRow(revision).input_hash) throw conflict();
    if (same === undefined) revisionByKey.set(key, revision);
  }
  return revisionByKey;
}

function keyOf(entryId: string, number: number): string {
  return `${entryId} ${number}`;
}

/** Those that were new. @throws StageledgerError ENTRY_REVISION_CONFLICT */
async function insertFresh(
  trx: Transaction<Schema>,
  tenantId: string,
  revisionByKey: ReadonlyMap<string, RecordedRevision>,
): Promise<RecordedRevision[]> {
  if (revisionByKey.size === 0) return [];
  const fresh = [...revisionByKey.values()].map(toRevisionRow);
  const { rows } = await sql<{ entry_id: string; number: number }>`
    ${insertRevisions(tenantId, fresh)}
    on conflict (tenant_id, entry_id, number) do nothing
    returning entry_id, number`.execute(trx);
  if (rows.length < fresh.length) await refuseConflicts(trx, tenantId, JSON.stringify(fresh));
  return rows.flatMap(({ entry_id, number }) => revisionByKey.get(keyOf(entry_id, number)) ?? []);
}

async function refuseConflicts(trx: Transaction<Schema>, tenantId: string, revisionsJson: string): Promise<void> {
  const { rows } = await sql`
    select 1 from ledger.entry_revision known
    join json_to_recordset(${revisionsJson}::json) as revision (entry_id uuid, number bigint, input_hash text)
      on known.entry_id = revision.entry_id and known.number = revision.number
    where known.tenant_id = ${tenantId}::uuid and known.input_hash <> decode(revision.input_hash, 'hex')
    limit 1`.execute(trx);
  if (rows.length > 0) throw conflict();
}

/** What holds after the fresh revisions, beside what held before: the revision with the highest number. */
async function changesOf(
  trx: Transaction<Schema>,
  tenantId: string,
  fresh: readonly RecordedRevision[],
): Promise<EntryChange[]> {
  const latestByEntry = new Map<string, RecordedRevision>();
  for (const revision of fresh) {
    const known = latestByEntry.get(revision.entryId);
    if (known !== undefined && known.contributor !== revision.contributor) throw factConflict("time entry");
    if (known === undefined || revision.number > known.number) latestByEntry.set(revision.entryId, revision);
  }
  const before = await loadEntries(trx, tenantId, [...latestByEntry.keys()]);
  return [...latestByEntry.values()].flatMap((revision): EntryChange[] => {
    const row: EntryRow | undefined = before.get(revision.entryId);
    if (row !== undefined && row.contributor_id !== revision.contributor) throw factConflict("time entry");
    if (row !== undefined && row.number >= revision.number) return [];
    return [{ before: row, after: toEntryRow(revision) }];
  });
}

function conflict(): StageledgerError {
  return new StageledgerError("ENTRY_REVISION_CONFLICT", "The entry was changed twice at the same time.", {
    next: "Look at the entry as it is now, and change it again.",
  });
}
