/** Entries, revisions and postings as rows, and back. Pure. */
import { dayText, type Posting, parseEntryDate, StageledgerError, type TimeEntry } from "@stageledger/core";
import type { Selectable } from "kysely";
import type { Schema } from "../schema.ts";
import type { RecordedRevision } from "./facts.ts";
import { inputHash } from "./input-hash.ts";

export type EntryRow = Omit<Selectable<Schema["ledger.entry"]>, "tenant_id">;
type EntryColumns = Omit<EntryRow, "entry_id" | "number" | "contributor_id" | "import_id">;
/** Its hash in hexadecimal digits. */
export type RevisionRow = EntryRow & { readonly change: RecordedRevision["change"]; readonly input_hash: string };
export type PostingRow = Omit<Selectable<Schema["ledger.posting"]>, "tenant_id">;

const NOTHING: EntryColumns = {
  item_id: null,
  project: null,
  date: null,
  minutes: null,
  activity: null,
  interval_start_ms: null,
  interval_end_ms: null,
  offset_minutes: null,
  chosen_status: null,
  visibility: null,
};

export function toEntryRow({ entryId, number, contributor, importId, entry }: RecordedRevision): EntryRow {
  const columns = entry === undefined ? NOTHING : toColumns(entry);
  return { entry_id: entryId, number, contributor_id: contributor, import_id: importId ?? null, ...columns };
}

/** The hash tells a replay from another revision under the same number; which import brought it is no part of it. */
export function toRevisionRow(revision: RecordedRevision): RevisionRow {
  const columns = revision.entry === undefined ? NOTHING : toColumns(revision.entry);
  const said = [revision.contributor, revision.entry === undefined, ...Object.values(columns)];
  return { ...toEntryRow(revision), change: revision.change, input_hash: inputHash(said) };
}

/** Undefined for a deleted entry. */
export function toEntry(row: EntryColumns): TimeEntry | undefined {
  const { item_id, project, date, minutes, activity, visibility } = row;
  if (minutes === null) return undefined;
  if (item_id === null || project === null || date === null || activity === null || visibility === null) {
    throw new StageledgerError("LEDGER_BROKEN", "An entry in the database lacks a part.", {
      next: "Run: stageledger verify",
    });
  }
  return {
    itemId: item_id,
    project,
    date: parseEntryDate(date),
    minutes,
    activity,
    interval:
      row.interval_start_ms === null || row.interval_end_ms === null
        ? undefined
        : {
            start: row.interval_start_ms,
            end: row.interval_end_ms,
            offsetMinutes: row.offset_minutes ?? undefined,
          },
    chosenStatus: row.chosen_status ?? undefined,
    visibility,
  };
}

export function toPostingRow(posting: Posting, number: number): PostingRow {
  const { entryId, contributor, project, stage, activity, week, visibility, minutes, isLate } = posting;
  return {
    entry_id: entryId,
    number,
    contributor_id: contributor,
    project,
    stage,
    activity,
    week: dayText(week),
    visibility,
    minutes,
    is_late: isLate,
  };
}

export function toPosting(row: PostingRow): Posting {
  const { entry_id, contributor_id, project, stage, activity, week, visibility, minutes, is_late } = row;
  return {
    entryId: entry_id,
    contributor: contributor_id,
    project,
    stage,
    activity,
    week: parseEntryDate(week),
    visibility,
    minutes,
    isLate: is_late,
  };
}

function toColumns(entry: TimeEntry): EntryColumns {
  return {
    item_id: entry.itemId,
    project: entry.project,
    date: dayText(entry.date),
    minutes: entry.minutes,
    activity: entry.activity,
    interval_start_ms: entry.interval?.start ?? null,
    interval_end_ms: entry.interval?.end ?? null,
    offset_minutes: entry.interval?.offsetMinutes ?? null,
    chosen_status: entry.chosenStatus ?? null,
    visibility: entry.visibility,
  };
}
