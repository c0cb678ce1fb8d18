/** What the texts in the grid's fields would change in the ledger. Pure. */
import type { changeWeekRequest } from "@stageledger/core/contract/entries";
import { activity as activitySchema } from "@stageledger/core/contract/values";
import type { z } from "zod";
import { readTime, type TimeReading } from "../time-text.ts";
import { type Field, fieldsOf, type GridContent, type Row, rowsOf } from "./week-grid.ts";

export type WeekRequest = z.input<typeof changeWeekRequest>;
export type Change = WeekRequest["changes"][number];

/** What stands in a field. It stays when it was saved: then it says the same as the ledger. */
export interface Draft {
  readonly text: string;
  /** The entry that it was typed over. */
  readonly of: string | undefined;
  /** Of a new entry; other than "other" only where it was copied. */
  readonly activity?: string | undefined;
}

/** By field. */
export type Drafts = ReadonlyMap<string, Draft>;

export interface DraftedContent extends GridContent {
  readonly drafts: Drafts;
}

/** What it takes to save a field. */
export type FieldReading =
  | { readonly kind: "same" }
  | { readonly kind: "change"; readonly minutes: number; readonly change: Change }
  /** Hours or minutes: the person says which. */
  | { readonly kind: "two"; readonly reading: Extract<TimeReading, { readonly kind: "two" }> }
  | { readonly kind: "wrong"; readonly reading: Exclude<TimeReading["kind"], "nothing" | "minutes" | "two"> };

export interface Pending {
  readonly field: Field;
  readonly reading: Exclude<FieldReading, { readonly kind: "same" }>;
}

export function readField(field: Field, draft: Draft | undefined): FieldReading {
  if (draft === undefined) return { kind: "same" };
  const { entry, itemId, date } = field;
  const reading = readTime(draft.text);
  switch (reading.kind) {
    case "nothing":
      return entry === undefined
        ? { kind: "same" }
        : { kind: "change", minutes: 0, change: { kind: "delete", entry: entry.id, revision: entry.revision } };
    case "minutes": {
      const { minutes } = reading;
      if (entry === undefined)
        return { kind: "change", minutes, change: logged(itemId, date, minutes, draft.activity) };
      if (entry.minutes === minutes) return { kind: "same" };
      return { kind: "change", minutes, change: { kind: "edit", entry: entry.id, revision: entry.revision, minutes } };
    }
    case "two":
      return { kind: "two", reading };
    default:
      return { kind: "wrong", reading: reading.kind };
  }
}

/** All that is not as in the ledger, in the grid's order. */
export function pendingOf(content: DraftedContent): readonly Pending[] {
  return fieldsOf(rowsOf(content)).flatMap((field) => {
    const reading = readField(field, content.drafts.get(field.id));
    return reading.kind === "same" ? [] : [{ field, reading }];
  });
}

export function changesOf(pending: readonly Pending[]): readonly Change[] {
  return pending.flatMap(({ reading }) => (reading.kind === "change" ? [reading.change] : []));
}

/** Minutes of a row's day as they would be once saved; what cannot be read counts as it is in the ledger. */
export function minutesOf(cell: Row["cells"][number], drafts: Drafts): number {
  return [cell.field, ...cell.listed.map(({ field }) => field)].reduce((sum, field) => {
    if (field === undefined) return sum;
    const reading = readField(field, drafts.get(field.id));
    return reading.kind === "change" ? sum + reading.minutes - (field.entry?.minutes ?? 0) : sum;
  }, cell.minutes);
}

export function logged(
  item: string,
  date: string,
  minutes: number,
  activity?: string,
  stage?: string | null,
): Extract<Change, { readonly kind: "log" }> {
  const known = activitySchema.safeParse(activity).data;
  return {
    kind: "log",
    item,
    date,
    minutes,
    ...(known === undefined ? {} : { activity: known }),
    ...(stage === undefined || stage === null ? {} : { stage }),
  };
}
