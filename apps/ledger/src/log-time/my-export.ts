/** A person's own entries as a file: theirs to take along. Pure. */
import { dayText, parseEntryDate } from "@stageledger/core";
import type { MyEntry } from "@stageledger/db";
import { stringify } from "csv-stringify/sync";

export type ExportFormat = "csv" | "json";

/** Every day that an entry can have. */
export const EVERY_DAY = { from: parseEntryDate("1970-01-01"), to: parseEntryDate("2999-12-31") };

const COLUMNS = ["entry", "item", "project", "date", "minutes", "activity", "start", "end", "readable_by"] as const;

/** Instants in UTC; `readable_by`: you, or colleagues where it was logged. */
export function myExport(entries: readonly MyEntry[], format: ExportFormat): string {
  const rows = entries.map(({ entryId, entry, itemKey }) => ({
    entry: entryId,
    item: itemKey,
    project: entry.project,
    date: dayText(entry.date),
    minutes: entry.minutes,
    activity: entry.activity,
    start: entry.interval === undefined ? null : new Date(entry.interval.start).toISOString(),
    end: entry.interval === undefined ? null : new Date(entry.interval.end).toISOString(),
    readable_by: entry.visibility === "private" ? "you" : "colleagues",
  }));
  if (format === "json") return `${JSON.stringify({ entries: rows }, null, 2)}\n`;
  // Keys and projects come from outside: a spreadsheet must not take one for a formula.
  return stringify(rows, { header: true, columns: [...COLUMNS], escape_formulas: true });
}
