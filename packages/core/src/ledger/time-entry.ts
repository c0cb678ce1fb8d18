/** What a person logged, and whether it can be. Pure. */
import { DAY_MINUTES } from "../contract/duration.ts";
import { StageledgerError } from "../errors.ts";
import { parseInstant } from "../time/instant.ts";
import { DAY_MILLISECONDS, type EpochDay } from "../time/report-zone.ts";

/**
 * Private: only its author can read the entry. Known: colleagues can read it elsewhere (a native Asana entry, a Jira
 * worklog, a mirrored entry).
 */
export type Visibility = "private" | "known";

/** Start and end as instants, epoch milliseconds, half-open. */
export interface EntryInterval {
  readonly start: number;
  readonly end: number;
  /** Local time minus UTC at the start, as the author's clock had it; undefined when the source does not say. */
  readonly offsetMinutes: number | undefined;
}

/** One version of a time entry, whole. Its person is in {@link EntryRevision}, never here. */
export interface TimeEntry {
  readonly itemId: string;
  /** The one ledger project that the hours belong to (E9, E14), decided where the entry came in. */
  readonly project: string;
  /** The local date as entered. Never derived again, from the interval or otherwise (E17). */
  readonly date: EpochDay;
  /** 1 to 1440. */
  readonly minutes: number;
  readonly activity: string;
  readonly interval: EntryInterval | undefined;
  /** A status of the stage that the author chose: the choice goes where later map versions put that status (E19). */
  readonly chosenStatus: string | undefined;
  readonly visibility: Visibility;
}

const MINUTE_MILLISECONDS = 60_000;
/** Nobody logs time before 1970 or after 2999: a year beyond is a slip of the keyboard. */
const FIRST_DATE: EpochDay = 0;
const LAST_DATE: EpochDay = Date.UTC(2999, 11, 31) / DAY_MILLISECONDS;

/**
 * The day that `2026-09-07` names (E17). No zone takes part: a date stays the date that it is.
 *
 * @throws StageledgerError ENTRY_IMPOSSIBLE_DATE
 */
export function parseEntryDate(text: string): EpochDay {
  const midnight = text.length === 10 ? parseInstant(text) : undefined;
  if (midnight === undefined) throw impossibleDate();
  const date = midnight / DAY_MILLISECONDS;
  refuseImpossibleDate(date);
  return date;
}

/** A holiday may be logged ahead; a day further off is a slip of the year more often than a plan. */
const MOST_DAYS_AHEAD = 31;

/** For what a person types in. @param today where they are, or in the tenant's zone @throws StageledgerError ENTRY_IMPOSSIBLE_DATE */
export function refuseFarAhead(date: EpochDay, today: EpochDay): void {
  if (date <= today + MOST_DAYS_AHEAD) return;
  throw new StageledgerError("ENTRY_IMPOSSIBLE_DATE", `That day is more than ${MOST_DAYS_AHEAD} days ahead.`, {
    next: "Check the year and the month. Nothing was recorded.",
  });
}

/**
 * Refuses an entry that cannot be: a date that the calendar does not have, under one minute or over 24 hours, an end that
 * is not after the start, minutes that are a minute or more away from what elapsed between them (clock changes counted).
 *
 * @throws StageledgerError ENTRY_IMPOSSIBLE_DATE, ENTRY_MINUTES_OUT_OF_RANGE, ENTRY_ENDS_BEFORE_START,
 * ENTRY_TIMES_DISAGREE
 */
export function refuseImpossibleEntry({ date, minutes, interval }: TimeEntry): void {
  refuseImpossibleDate(date);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > DAY_MINUTES) {
    throw new StageledgerError("ENTRY_MINUTES_OUT_OF_RANGE", "An entry has whole minutes, from 1 to 24 hours.", {
      next:
        minutes === 0 ? "Delete the entry instead." : "Split longer work by day; take time back by editing the entry.",
    });
  }
  if (interval === undefined) return;
  if (!(interval.end > interval.start)) throw endsBeforeStart();
  if (!agree(interval, minutes)) {
    throw new StageledgerError("ENTRY_TIMES_DISAGREE", "The minutes are not those between start and end.", {
      next: "Give start and end, or the minutes; for a break log two entries.",
    });
  }
}

/**
 * Refuses an entry that would give its author's day more than 24 hours.
 *
 * @param otherMinutes what the author's other entries of that date sum to
 * @throws StageledgerError ENTRY_DAY_OVER_24_HOURS
 */
export function refuseOverfullDay(otherMinutes: number, minutes: number): void {
  if (otherMinutes + minutes <= DAY_MINUTES) return;
  throw new StageledgerError("ENTRY_DAY_OVER_24_HOURS", "With this entry the day would have more than 24 hours.", {
    next: "Check the date, or shorten an entry of that day.",
  });
}

/** True when an interval lasts as long as the minutes say. Vendors cut or round seconds, so less than one minute may be between. */
export function agree({ start, end }: { readonly start: number; readonly end: number }, minutes: number): boolean {
  return Math.abs(end - start - minutes * MINUTE_MILLISECONDS) < MINUTE_MILLISECONDS;
}

export function isSameEntry(a: TimeEntry, b: TimeEntry): boolean {
  return (
    isSameWork(a, b) &&
    a.project === b.project &&
    a.minutes === b.minutes &&
    a.activity === b.activity &&
    a.visibility === b.visibility &&
    a.interval?.offsetMinutes === b.interval?.offsetMinutes
  );
}

/** True when everything that tells the stage (E19) is the same: item, date, start and end, chosen stage. */
export function isSameWork(a: TimeEntry, b: TimeEntry): boolean {
  return (
    a.itemId === b.itemId &&
    a.date === b.date &&
    a.chosenStatus === b.chosenStatus &&
    a.interval?.start === b.interval?.start &&
    a.interval?.end === b.interval?.end
  );
}

export function endsBeforeStart(): StageledgerError {
  return new StageledgerError("ENTRY_ENDS_BEFORE_START", "The end is not after the start.", {
    next: "Swap start and end, or give the date on which the work ended.",
  });
}

function refuseImpossibleDate(date: EpochDay): void {
  if (!(Number.isInteger(date) && date >= FIRST_DATE && date <= LAST_DATE)) throw impossibleDate();
}

function impossibleDate(): StageledgerError {
  return new StageledgerError("ENTRY_IMPOSSIBLE_DATE", "There is no such date.", {
    next: "Write it like 2026-09-07, from 1970 to 2999.",
  });
}
