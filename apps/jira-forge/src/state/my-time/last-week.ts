/** What last week would put into the empty cells of this one. Pure. */
import { durationText } from "@stageledger/core/contract/duration";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { daysAfter } from "../local-day.ts";
import type { Draft, DraftedContent, Drafts } from "./week-changes.ts";
import { type AddedItem, fieldAt, fieldsOf, isLoggedHere, rowsOf } from "./week-grid.ts";

const WEEK_DAYS = 7;

export interface Copied {
  /** By field. */
  readonly drafts: Drafts;
  readonly added: readonly AddedItem[];
  /** Cells that have time, or something typed in, already. */
  readonly taken: number;
  /** Cells whose day is still to come. */
  readonly ahead: number;
}

/** Only what was typed in at the ledger: the rest is typed in elsewhere, and comes from there. */
export function copyOf(last: readonly EntryAnswer[], content: DraftedContent, today: string): Copied {
  const own = last.filter((entry) => entry.canChange && isLoggedHere(entry.itemId));
  const added = withItems(content.added, own);
  const isEmpty = new Set(
    fieldsOf(rowsOf({ ...content, added }))
      .filter(({ id, entry }) => entry === undefined && (content.drafts.get(id)?.text ?? "").trim() === "")
      .map(({ id }) => id),
  );
  const drafts = new Map<string, Draft>();
  let [taken, ahead] = [0, 0];
  for (const [place, entries] of byPlace(own)) {
    if (entries.date > today) ahead += 1;
    else if (!isEmpty.has(place)) taken += 1;
    else drafts.set(place, draftOf(entries));
  }
  return { drafts, added, taken, ahead };
}

interface Place {
  readonly date: string;
  readonly minutes: number;
  readonly activities: ReadonlySet<string>;
}

/** By field of this week. Several entries of one cell are one: there is one field. */
function byPlace(own: readonly EntryAnswer[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const { itemId, date: before, minutes, activity } of own) {
    const date = daysAfter(before, WEEK_DAYS);
    const id = fieldAt(itemId, date);
    const place = places.get(id);
    const activities = new Set([...(place?.activities ?? []), activity]);
    places.set(id, { date, minutes: (place?.minutes ?? 0) + minutes, activities });
  }
  return places;
}

/** The kind of work is copied where all of the day was of one. */
function draftOf({ minutes, activities }: Place): Draft {
  const [activity] = activities.size === 1 ? activities : [];
  return { text: durationText(minutes), of: undefined, activity };
}

function withItems(added: readonly AddedItem[], own: readonly EntryAnswer[]): readonly AddedItem[] {
  const items = new Map([...added, ...own].map(({ itemId, itemKey }) => [itemId, itemKey]));
  return [...items].map(([itemId, itemKey]) => ({ itemId, itemKey }));
}
