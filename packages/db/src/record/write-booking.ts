/** Writes revisions, entries, postings and cells: in one statement, since to a server each costs a trip. */
import { type Cell, dayText } from "@stageledger/core";
import { type RawBuilder, sql } from "kysely";
import { KEEP_PLAN } from "../engine/kept-plan.ts";
import type { Booking } from "./booking.ts";
import type { EntryRow, PostingRow, RevisionRow } from "./entry-rows.ts";

/** What follows from revisions that are recorded. */
export function writeBooking(tenantId: string, { entries, postings, cells }: Booking): RawBuilder<unknown> {
  return sql`
    with entry as (${upsertEntries(tenantId, entries)}), posting as (${insertPostings(tenantId, postings)})
    ${addToCells(tenantId, cells)}`;
}

/** The same with the revision of an entry that is new. The database refuses an id that there is. */
export function writeNewEntry(
  tenantId: string,
  revision: RevisionRow,
  { entries, postings, cells }: Booking,
): RawBuilder<unknown> {
  return sql`${KEEP_PLAN}
    with revision as (${insertRevisions(tenantId, [revision])}), entry as (${upsertEntries(tenantId, entries)}),
      posting as (${insertPostings(tenantId, postings)})
    ${addToCells(tenantId, cells)}`;
}

/** To be completed by what happens to those that there are. */
export function insertRevisions(tenantId: string, rows: readonly RevisionRow[]): RawBuilder<unknown> {
  return sql`
    insert into ledger.entry_revision (tenant_id, entry_id, number, input_hash, contributor_id, change, import_id,
      item_id, project, date, minutes, activity, interval_start_ms, interval_end_ms, offset_minutes, chosen_status,
      visibility)
    select ${tenantId}::uuid, entry_id, number, decode(input_hash, 'hex'), contributor_id, change, import_id, item_id,
      project, date, minutes, activity, interval_start_ms, interval_end_ms, offset_minutes, chosen_status, visibility
    from json_to_recordset(${JSON.stringify(rows)}::json) as revision (entry_id uuid, number bigint, input_hash text,
      contributor_id uuid, change text, import_id uuid, item_id text, project text, date date, minutes integer,
      activity text, interval_start_ms bigint, interval_end_ms bigint, offset_minutes integer, chosen_status text,
      visibility text)`;
}

function upsertEntries(tenantId: string, rows: readonly EntryRow[]): RawBuilder<unknown> {
  return sql`
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
      chosen_status = excluded.chosen_status, visibility = excluded.visibility`;
}

function insertPostings(tenantId: string, rows: readonly PostingRow[]): RawBuilder<unknown> {
  return sql`
    insert into ledger.posting (tenant_id, entry_id, number, contributor_id, project, stage, activity, week, visibility,
      minutes, is_late)
    select ${tenantId}::uuid, entry_id, number, contributor_id, project, stage, activity, week, visibility, minutes,
      is_late
    from json_to_recordset(${JSON.stringify(rows)}::json) as posting (entry_id uuid, number integer,
      contributor_id uuid, project text, stage text, activity text, week date, visibility text, minutes integer,
      is_late boolean)`;
}

function addToCells(tenantId: string, cells: readonly Cell[]): RawBuilder<unknown> {
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
  return sql`
    insert into ledger.cell (tenant_id, week, project, stage, activity, contributor_id, visibility, kind, minutes)
    select ${tenantId}::uuid, week, project, stage, activity, contributor_id, visibility, kind, minutes
    from json_to_recordset(${JSON.stringify(rows)}::json) as cell (week date, project text, stage text, activity text,
      contributor_id uuid, visibility text, kind text, minutes integer)
    on conflict (tenant_id, week, project, stage, activity, contributor_id, visibility, kind) do update
      set minutes = cell.minutes + excluded.minutes`;
}
