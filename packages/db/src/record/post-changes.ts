/** From changed entries to postings and cells: what the core decides is appended, and its sums are added to the cells. */
import {
  attributeStage,
  type Cell,
  cellKey,
  cellsOfEntry,
  dayText,
  mondayOf,
  type Posting,
  postEntry,
  type StageShare,
  type TimeEntry,
  UNMAPPED_NAME,
} from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import { type EntryRow, toEntry, toPostingRow } from "./entry-rows.ts";
import { loadBookingTimelines, loadPostings } from "./load-entries.ts";
import type { PostingRules } from "./posting-rules.ts";
import { bookingTimeline } from "./timeline-row.ts";

export interface EntryChange {
  /** Undefined for an entry that was never posted. */
  readonly before: EntryRow | undefined;
  readonly after: EntryRow;
}

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
  const attribute = await attribution(
    trx,
    tenantId,
    changes.map(({ after }) => after),
    rules,
  );
  const appended: { readonly posting: Posting; readonly number: number }[] = [];
  const cells = new CellChanges();
  for (const { before, after } of changes) {
    const present = presentByEntry.get(after.entry_id) ?? [];
    const postings = postEntry(
      {
        entryId: after.entry_id,
        contributor: after.contributor_id,
        posted: before === undefined ? undefined : toEntry(before),
        current: toEntry(after),
        present,
        attribute,
      },
      rules.isClosed,
    );
    postings.forEach((posting, place) => {
      appended.push({ posting, number: present.length + place + 1 });
    });
    if (postings.length > 0) cells.replace(cellsOfEntry(present), cellsOfEntry([...present, ...postings]));
  }
  await upsertEntries(
    trx,
    tenantId,
    changes.filter(({ before, after }) => before !== after).map(({ after }) => after),
  );
  await insertPostings(trx, tenantId, appended);
  await addToCells(trx, tenantId, cells.list());
  return appended.length;
}

/** Tells the stages of these entries by what the ledger knows now. */
export async function attribution(
  trx: Transaction<Schema>,
  tenantId: string,
  entries: readonly EntryRow[],
  { maps, zone }: PostingRules,
): Promise<(entry: TimeEntry) => readonly StageShare[]> {
  const itemIds = new Set(entries.flatMap(({ item_id }) => (item_id === null ? [] : [item_id])));
  const timelines = await loadBookingTimelines(trx, tenantId, [...itemIds]);
  return (entry) => {
    const map = maps.mapFor(entry.project, mondayOf(entry.date));
    if (map === undefined) return [{ stage: UNMAPPED_NAME, minutes: entry.minutes }];
    const stored = timelines.get(entry.itemId);
    return attributeStage(entry, stored === undefined ? undefined : bookingTimeline(stored), map, zone);
  };
}

/** Sums up by how many minutes each cell changes. */
class CellChanges {
  readonly #cellByKey = new Map<string, Cell>();

  replace(before: readonly Cell[], after: readonly Cell[]): void {
    for (const cell of before) this.#add(cell, -cell.minutes);
    for (const cell of after) this.#add(cell, cell.minutes);
  }

  list(): readonly Cell[] {
    return [...this.#cellByKey.values()].filter(({ minutes }) => minutes !== 0);
  }

  #add(cell: Cell, minutes: number): void {
    const key = cellKey(cell);
    this.#cellByKey.set(key, { ...cell, minutes: (this.#cellByKey.get(key)?.minutes ?? 0) + minutes });
  }
}

async function upsertEntries(trx: Transaction<Schema>, tenantId: string, rows: readonly EntryRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ledger.entry (tenant_id, entry_id, number, contributor_id, import_id, item_id, project, date, minutes,
      activity, interval_start_ms, interval_end_ms, offset_minutes, chosen_status, visibility)
    select ${tenantId}::uuid, entry_id, number, contributor_id, import_id, item_id, project, date, minutes, activity,
      interval_start_ms, interval_end_ms, offset_minutes, chosen_status, visibility
    from json_to_recordset(${JSON.stringify(rows)}::json) as entry (entry_id uuid, number bigint, contributor_id uuid,
      import_id uuid, item_id text, project text, date date, minutes integer, activity text, interval_start_ms bigint,
      interval_end_ms bigint, offset_minutes integer, chosen_status text, visibility text)
    on conflict (tenant_id, entry_id) do update set number = excluded.number, import_id = excluded.import_id,
      item_id = excluded.item_id, project = excluded.project, date = excluded.date, minutes = excluded.minutes,
      activity = excluded.activity, interval_start_ms = excluded.interval_start_ms,
      interval_end_ms = excluded.interval_end_ms, offset_minutes = excluded.offset_minutes,
      chosen_status = excluded.chosen_status, visibility = excluded.visibility`.execute(trx);
}

async function insertPostings(
  trx: Transaction<Schema>,
  tenantId: string,
  appended: readonly { readonly posting: Posting; readonly number: number }[],
): Promise<void> {
  if (appended.length === 0) return;
  const rows = appended.map(({ posting, number }) => toPostingRow(posting, number));
  await sql`
    insert into ledger.posting (tenant_id, entry_id, number, contributor_id, project, stage, activity, week, visibility,
      minutes, is_late)
    select ${tenantId}::uuid, entry_id, number, contributor_id, project, stage, activity, week, visibility, minutes,
      is_late
    from json_to_recordset(${JSON.stringify(rows)}::json) as posting (entry_id uuid, number integer,
      contributor_id uuid, project text, stage text, activity text, week date, visibility text, minutes integer,
      is_late boolean)`.execute(trx);
}

async function addToCells(trx: Transaction<Schema>, tenantId: string, cells: readonly Cell[]): Promise<void> {
  if (cells.length === 0) return;
  const rows = cells.map(({ week, project, stage, activity, contributor, visibility, kind, minutes }) => ({
    week: dayText(week),
    project,
    stage,
    activity,
    contributor_id: contributor,
    visibility,
    kind,
    minutes,
  }));
  await sql`
    insert into ledger.cell (tenant_id, week, project, stage, activity, contributor_id, visibility, kind, minutes)
    select ${tenantId}::uuid, week, project, stage, activity, contributor_id, visibility, kind, minutes
    from json_to_recordset(${JSON.stringify(rows)}::json) as cell (week date, project text, stage text, activity text,
      contributor_id uuid, visibility text, kind text, minutes integer)
    on conflict (tenant_id, week, project, stage, activity, contributor_id, visibility, kind) do update
      set minutes = cell.minutes + excluded.minutes`.execute(trx);
}
