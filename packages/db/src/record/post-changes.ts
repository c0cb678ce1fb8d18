/** From changed entries to postings and cells: what the core decides is appended, and its sums are added to the cells. */
import type { StageShare, TimeEntry } from "@stageledger/core";
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import { attributionBy, bookingOf, type EntryChange, type TimelinesByItem } from "./booking.ts";
import type { EntryRow } from "./entry-rows.ts";
import { loadBookingTimelines, loadPostings } from "./load-entries.ts";
import type { PostingRules } from "./posting-rules.ts";
import { writeBooking } from "./write-booking.ts";

/** Returns the number of postings appended. Entries that need none are left as they are. */
export async function postChanges(
  trx: Transaction<Schema>,
  tenantId: string,
  changes: readonly EntryChange[],
  rules: PostingRules,
): Promise<number> {
  if (changes.length === 0) return 0;
  const presentByEntry = await loadPostings(
    trx,
    tenantId,
    changes.flatMap(({ before }) => (before === undefined ? [] : [before.entry_id])),
  );
  const timelines = await timelinesOf(
    trx,
    tenantId,
    changes.map(({ after }) => after),
  );
  const booking = bookingOf(changes, presentByEntry, timelines, rules);
  await writeBooking(tenantId, booking).execute(trx);
  return booking.postings.length;
}

/** Tells the stages of these entries by what the ledger knows now. */
export async function attribution(
  trx: Transaction<Schema>,
  tenantId: string,
  entries: readonly EntryRow[],
  rules: PostingRules,
): Promise<(entry: TimeEntry) => readonly StageShare[]> {
  return attributionBy(await timelinesOf(trx, tenantId, entries), rules);
}

function timelinesOf(
  trx: Transaction<Schema>,
  tenantId: string,
  entries: readonly EntryRow[],
): Promise<TimelinesByItem> {
  const itemIds = new Set(entries.flatMap(({ item_id }) => (item_id === null ? [] : [item_id])));
  return loadBookingTimelines(trx, tenantId, [...itemIds]);
}
