/** Entries as the ledger has them now, with their postings and the timelines that say their stages. */
import type { Posting } from "@stageledger/core";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import { type EntryRow, type PostingRow, toPosting } from "./entry-rows.ts";
import type { TimelineRow } from "./timeline-row.ts";

export async function loadEntries(
  trx: Transaction<Schema>,
  tenantId: string,
  entryIds: readonly string[],
): Promise<Map<string, EntryRow>> {
  if (entryIds.length === 0) return new Map();
  const { rows } = await sql<EntryRow>`
    select ${ENTRY_COLUMNS} from ledger.entry
    where tenant_id = ${tenantId}::uuid and entry_id in (${uuidsIn(entryIds)})`.execute(trx);
  return new Map(rows.map((row) => [row.entry_id, row]));
}

/** Entries on these items and on their sub-tasks, whose hours roll up to them (E10). Deleted ones have no item. */
export async function loadEntriesOfItems(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<readonly EntryRow[]> {
  if (itemIds.length === 0) return [];
  const { rows } = await sql<EntryRow>`
    with changed as (select json_array_elements_text(${JSON.stringify(itemIds)}::json) as item_id)
    select ${ENTRY_COLUMNS} from ledger.entry
    where tenant_id = ${tenantId}::uuid and item_id in (
      select item_id from changed
      union
      select item_id from flow.item
      where tenant_id = ${tenantId}::uuid and parent_id in (select item_id from changed)
    )`.execute(trx);
  return rows;
}

const ENTRIES_A_PAGE = 5000;

/**
 * Entries that are not deleted, of weeks that are not closed, a page at a time: what a new version of the stages may book
 * anew. Entries that are recorded meanwhile may or may not be among them.
 */
export async function* entriesOfOpenWeeks(
  trx: Transaction<Schema>,
  tenantId: string,
): AsyncGenerator<readonly EntryRow[]> {
  let after: string | null = null;
  do {
    const { rows }: { rows: EntryRow[] } = await sql<EntryRow>`
      select ${ENTRY_COLUMNS} from ledger.entry
      where tenant_id = ${tenantId}::uuid and minutes is not null
        and (${after}::uuid is null or entry_id > ${after}::uuid)
        and date_trunc('week', date)::date not in (
          select week from ledger.week_close where tenant_id = ${tenantId}::uuid
        )
      order by entry_id
      limit ${ENTRIES_A_PAGE}`.execute(trx);
    if (rows.length > 0) yield rows;
    after = rows.length < ENTRIES_A_PAGE ? null : (rows.at(-1)?.entry_id ?? null);
  } while (after !== null);
}

/** Postings by entry, in order of their numbers. */
export async function loadPostings(
  trx: Transaction<Schema>,
  tenantId: string,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Posting[]>> {
  if (entryIds.length === 0) return new Map();
  const { rows } = await sql<PostingRow>`
    select entry_id, number, contributor_id, project, stage, activity, week, visibility, minutes, is_late
    from ledger.posting
    where tenant_id = ${tenantId}::uuid and entry_id in (${uuidsIn(entryIds)})
    order by entry_id, number`.execute(trx);
  return Map.groupBy(rows.map(toPosting), ({ entryId }) => entryId);
}

/** The timelines that book the hours of items: of a sub-task its parent's, where the ledger knows it (E10). */
export async function loadBookingTimelines(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, Pick<TimelineRow, "stays">>> {
  if (itemIds.length === 0) return new Map();
  const { rows } = await sql<{ item_id: string; stays: TimelineRow["stays"] }>`
    select wanted.item_id, coalesce(of_parent.stays, own.stays) as stays
    from (select json_array_elements_text(${JSON.stringify(itemIds)}::json) as item_id) wanted
    left join flow.item item on item.tenant_id = ${tenantId}::uuid and item.item_id = wanted.item_id
    left join flow.timeline own on own.tenant_id = ${tenantId}::uuid and own.item_id = wanted.item_id
    left join flow.timeline of_parent on of_parent.tenant_id = ${tenantId}::uuid
      and item.is_subtask and of_parent.item_id = item.parent_id
    where coalesce(of_parent.stays, own.stays) is not null`.execute(trx);
  return new Map(rows.map(({ item_id, stays }) => [item_id, { stays }]));
}

const ENTRY_COLUMNS = sql.raw(`entry_id, number, contributor_id, import_id, item_id, project, date, minutes, activity,
  interval_start_ms, interval_end_ms, offset_minutes, chosen_status, visibility`);

function uuidsIn(ids: readonly string[]): RawBuilder<unknown> {
  return sql`select json_array_elements_text(${JSON.stringify(ids)}::json)::uuid`;
}
