/** From changed entries to what has to be booked: the core decides, and its sums are what the cells change by. Pure. */
import {
  attributeStage,
  type Cell,
  cellKey,
  cellsOfEntry,
  mondayOf,
  type Posting,
  postEntry,
  type StageShare,
  type TimeEntry,
  UNMAPPED_NAME,
} from "@stageledger/core";
import { type EntryRow, type PostingRow, toEntry, toPostingRow } from "./entry-rows.ts";
import type { PostingRules } from "./posting-rules.ts";
import { bookingTimeline, type TimelineRow } from "./timeline-row.ts";

export interface EntryChange {
  /** Undefined for an entry that was never posted. */
  readonly before: EntryRow | undefined;
  readonly after: EntryRow;
}

export interface Booking {
  /** Those that changed themselves, as they are now. */
  readonly entries: readonly EntryRow[];
  readonly postings: readonly PostingRow[];
  /** By how many minutes each changes. */
  readonly cells: readonly Cell[];
}

/** The timelines that book the hours of items, by item. */
export type TimelinesByItem = ReadonlyMap<string, Pick<TimelineRow, "stays">>;

/**
 * Entries that need no posting are left as they are.
 *
 * @param presentByEntry the postings that there are, in order of their numbers
 */
export function bookingOf(
  changes: readonly EntryChange[],
  presentByEntry: ReadonlyMap<string, readonly Posting[]>,
  timelines: TimelinesByItem,
  rules: PostingRules,
): Booking {
  const attribute = attributionBy(timelines, rules);
  const appended: PostingRow[] = [];
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
      appended.push(toPostingRow(posting, present.length + place + 1));
    });
    if (postings.length > 0) cells.replace(cellsOfEntry(present), cellsOfEntry([...present, ...postings]));
  }
  const entries = changes.filter(({ before, after }) => before !== after).map(({ after }) => after);
  return { entries, postings: appended, cells: cells.list() };
}

/** Tells the stages of entries by what the ledger knows now. */
export function attributionBy(
  timelines: TimelinesByItem,
  { maps, zone }: PostingRules,
): (entry: TimeEntry) => readonly StageShare[] {
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
