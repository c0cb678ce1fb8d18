/** Imports of time files: what they brought, and how it is taken back. */
import { type EpochDay, StageledgerError } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import { recordIn } from "./record/record-facts.ts";
import type { Schema } from "./schema.ts";

/** What the ledger has of an entry, for an import that may bring it again. */
export interface KnownEntry {
  readonly number: number;
  /** Where its hours are; undefined when it is deleted. */
  readonly project: string | undefined;
  /** Taken back with its import, so that another import may bring it again; what its person deleted stays deleted. */
  readonly isUndone: boolean;
  readonly contributorId: string;
  /** Undefined when it is deleted. */
  readonly itemId: string | undefined;
}

export interface UndoneImport {
  readonly importId: string;
  /** Entries that were deleted. Those that their people changed since are theirs, and stay. */
  readonly entries: number;
}

/** Inside a transaction of role recorder that holds the tenant's lock. @param at epoch milliseconds */
export async function addTimeImport(
  trx: Transaction<Schema>,
  tenantId: string,
  importId: string,
  layout: string,
  at: number,
): Promise<void> {
  await trx
    .insertInto("ledger.time_import")
    .values({ tenant_id: tenantId, import_id: importId, layout, imported_at_ms: at, undone_at_ms: null })
    .execute();
}

/** Of these entries, those that the ledger knows. */
export async function findKnownEntries(
  trx: Transaction<Schema>,
  tenantId: string,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, KnownEntry>> {
  const { rows } = await sql<{
    entry_id: string;
    number: number;
    project: string | null;
    is_undone: boolean;
    contributor_id: string;
    item_id: string | null;
  }>`
    select entry_id, number, project, minutes is null and import_id is not null as is_undone, contributor_id, item_id
    from ledger.entry
    where tenant_id = ${tenantId}::uuid
      and entry_id in (select json_array_elements_text(${JSON.stringify(entryIds)}::json)::uuid)`.execute(trx);
  return new Map(
    rows.map(({ entry_id, number, project, is_undone, contributor_id, item_id }) => [
      entry_id,
      {
        number,
        project: project ?? undefined,
        isUndone: is_undone,
        contributorId: contributor_id,
        itemId: item_id ?? undefined,
      },
    ]),
  );
}

/** Minutes that people have by day. The keys are those of {@link dayKey}. */
export async function minutesByDay(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ contributor_id: string; day: number; minutes: number }>`
    select contributor_id, (date - date '1970-01-01')::bigint as day, sum(minutes)::bigint as minutes
    from ledger.entry
    where tenant_id = ${tenantId}::uuid and minutes is not null
      and contributor_id in (select json_array_elements_text(${JSON.stringify(contributorIds)}::json)::uuid)
    group by contributor_id, date`.execute(trx);
  return new Map(rows.map(({ contributor_id, day, minutes }) => [dayKey(contributor_id, day), minutes]));
}

export function dayKey(contributorId: string, day: EpochDay): string {
  return `${contributorId} ${day}`;
}

/**
 * Deletes what an import brought and nobody changed since. In weeks that have closed that is a late correction.
 *
 * Inside a transaction of role recorder that holds the tenant's lock.
 *
 * @param idStart the import's id, or how it begins
 * @param at epoch milliseconds
 * @throws StageledgerError IMPORT_UNKNOWN when none begins so, more than one does, or it was undone already
 */
export async function undoTimeImport(
  trx: Transaction<Schema>,
  tenantId: string,
  idStart: string,
  at: number,
): Promise<UndoneImport> {
  const { rows: found } = await sql<{ import_id: string }>`
    update ledger.time_import set undone_at_ms = ${at}::bigint
    where tenant_id = ${tenantId}::uuid and undone_at_ms is null and starts_with(import_id::text, ${idStart})
    returning import_id`.execute(trx);
  const [only, another] = found;
  if (only === undefined || another !== undefined) {
    throw new StageledgerError("IMPORT_UNKNOWN", "No import, or more than one, has an id that begins so.", {
      next: "Look it up with: stageledger import list",
    });
  }
  const importId = only.import_id;
  const { rows: entries } = await sql<{ entry_id: string; number: number; contributor_id: string }>`
    select entry_id, number, contributor_id from ledger.entry
    where tenant_id = ${tenantId}::uuid and import_id = ${importId}::uuid and minutes is not null`.execute(trx);
  const revisions = entries.map(({ entry_id, number, contributor_id }) => ({
    entryId: entry_id,
    contributor: contributor_id,
    number: number + 1,
    change: "deleted" as const,
    entry: undefined,
    importId,
  }));
  await recordIn(trx, tenantId, { items: [], statuses: [], entries: revisions });
  return { importId, entries: revisions.length };
}

export interface TimeImport {
  readonly importId: string;
  readonly layout: string;
  /** Epoch milliseconds. */
  readonly importedAt: number;
  /** Undefined while it holds. */
  readonly undoneAt: number | undefined;
}

/** The latest first. */
export async function listTimeImports(trx: Transaction<Schema>, tenantId: string): Promise<readonly TimeImport[]> {
  const rows = await trx
    .selectFrom("ledger.time_import")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .orderBy("imported_at_ms", "desc")
    .orderBy("import_id")
    .execute();
  return rows.map(({ import_id, layout, imported_at_ms, undone_at_ms }) => ({
    importId: import_id,
    layout,
    importedAt: imported_at_ms,
    undoneAt: undone_at_ms ?? undefined,
  }));
}
