/** How long the ledger keeps what it keeps. Pure. */
import { WEEK_DAYS } from "../time/iso-week.ts";
import { DAY_MILLISECONDS, type EpochDay, mondayOf } from "../time/report-zone.ts";

/** The first days that are kept; each is a Monday. */
export interface RetentionEdges {
  /** Entries, revisions and postings: what shows single days. */
  readonly entriesFrom: EpochDay;
  /** Sums by person and week. */
  readonly cellsFrom: EpochDay;
  /** Published numbers, by the first day of what they cover. */
  readonly atomsFrom: EpochDay;
}

const ENTRY_WEEKS = 13;
const CELL_MONTHS = 13;
const ATOM_MONTHS = 36;
/** A quarter's late corrections are published from sums that reach this far behind its last week. */
const LONGEST_QUARTER_WEEKS = 14;

/**
 * @param today the tenant's date
 * @param firstOpenWeek Monday of the earliest week with hours that has not closed; undefined when all have. What was not
 * released yet is kept, however old it is
 */
export function retentionEdges(today: EpochDay, firstOpenWeek: EpochDay | undefined): RetentionEdges {
  const open = firstOpenWeek ?? Number.POSITIVE_INFINITY;
  const entriesFrom = Math.min(mondayOf(today) - ENTRY_WEEKS * WEEK_DAYS, open);
  const cellsFrom = Math.min(mondayOf(monthsBefore(today, CELL_MONTHS)), open - LONGEST_QUARTER_WEEKS * WEEK_DAYS);
  return { entriesFrom, cellsFrom, atomsFrom: mondayOf(monthsBefore(today, ATOM_MONTHS)) };
}

/** The same day of an earlier month, or that month's last. */
function monthsBefore(day: EpochDay, months: number): EpochDay {
  const date = new Date(day * DAY_MILLISECONDS);
  const month = date.getUTCMonth() - months;
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastOfMonth)) / DAY_MILLISECONDS;
}
