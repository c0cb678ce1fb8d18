/** A week of own entries as rows of items and columns of days. Pure. */
import type { EntryAnswer, myWeek } from "@stageledger/core/contract/entries";
import type { z } from "zod";
import { daysAfter } from "../local-day.ts";

export type MyWeek = z.output<typeof myWeek>;

/** Where a duration can be typed: over one entry, or for a new one. */
export interface Field {
  /** Stays the same for a place in the grid, whatever is logged there. */
  readonly id: string;
  readonly itemId: string;
  readonly itemKey: string;
  readonly date: string;
  readonly entry: EntryAnswer | undefined;
}

export interface Cell {
  readonly date: string;
  /** As it is in the ledger. */
  readonly minutes: number;
  /** Undefined where the cell only shows a sum: then its entries are listed below. */
  readonly field: Field | undefined;
  readonly listed: readonly Listed[];
}

/** An entry that has no cell for itself; or a new one in a cell that has others, because it was begun before they were there. */
export interface Listed {
  readonly entry: EntryAnswer | undefined;
  /** Undefined for what is changed elsewhere. */
  readonly field: Field | undefined;
}

export interface Row {
  readonly itemId: string;
  readonly itemKey: string;
  readonly cells: readonly Cell[];
}

/** An item in the grid without time on it yet. */
export interface AddedItem {
  readonly itemId: string;
  readonly itemKey: string;
}

export interface GridContent {
  readonly week: MyWeek;
  readonly added: readonly AddedItem[];
  /** By field. */
  readonly drafts: ReadonlyMap<string, unknown>;
}

const WEEK_DAYS = 7;

export function daysOf({ firstDay }: Pick<MyWeek, "firstDay">): readonly string[] {
  return Array.from({ length: WEEK_DAYS }, (_, i) => daysAfter(firstDay, i));
}

/** Items with time first, by key; then those that were added, in the order in which they were. */
export function rowsOf({ week, added, drafts }: GridContent): readonly Row[] {
  const items = new Map(week.entries.map(({ itemId, itemKey }) => [itemId, itemKey]));
  const byKey = [...items].sort(([, a], [, b]) => a.localeCompare(b, "en", { numeric: true }));
  const others = added.filter(({ itemId }) => !items.has(itemId));
  const rows = [...byKey.map(([itemId, itemKey]) => ({ itemId, itemKey })), ...others];
  return rows.map((item) => ({
    ...item,
    cells: daysOf(week).map((date) => cellOf(item, date, entriesAt(week, item.itemId, date), drafts)),
  }));
}

export function fieldsOf(rows: readonly Row[]): readonly Field[] {
  return rows.flatMap(({ cells }) =>
    cells.flatMap(({ field, listed }) => [field, ...listed.map((one) => one.field)].filter((one) => one !== undefined)),
  );
}

/** Where in the grid a new entry would be typed. */
export function fieldAt(itemId: string, date: string): string {
  return `${itemId} ${date}`;
}

/** Time on another tool's items is logged there. */
export function isLoggedHere(itemId: string): boolean {
  return itemId.startsWith("jira:");
}

function cellOf(
  { itemId, itemKey }: AddedItem,
  date: string,
  entries: readonly EntryAnswer[],
  drafts: ReadonlyMap<string, unknown>,
): Cell {
  const minutes = entries.reduce((sum, entry) => sum + entry.minutes, 0);
  const id = fieldAt(itemId, date);
  const place = { id, itemId, itemKey, date };
  const [first] = entries;
  if (first === undefined) {
    const field = isLoggedHere(itemId) ? { ...place, entry: undefined } : undefined;
    return { date, minutes, field, listed: [] };
  }
  if (entries.length === 1 && first.canChange) return { date, minutes, field: { ...place, entry: first }, listed: [] };
  const listed = entries.map((entry) => ({
    entry,
    field: entry.canChange ? { ...place, id: entry.id, entry } : undefined,
  }));
  const begun = drafts.has(id) ? [{ entry: undefined, field: { ...place, entry: undefined } }] : [];
  return { date, minutes, field: undefined, listed: [...listed, ...begun] };
}

function entriesAt({ entries }: MyWeek, itemId: string, date: string): readonly EntryAnswer[] {
  return entries
    .filter((entry) => entry.itemId === itemId && entry.date === date)
    .sort((a, b) => a.id.localeCompare(b.id));
}
