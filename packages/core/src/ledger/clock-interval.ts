/** Start and end as somebody read them off a clock, to instants: over midnight and over clock changes. Pure. */
import { StageledgerError } from "../errors.ts";
import { instantsOf } from "../time/clock-time.ts";
import type { EpochDay, ReportZone } from "../time/report-zone.ts";
import { agree, type EntryInterval, endsBeforeStart } from "./time-entry.ts";

export interface ClockInterval {
  /** The local date as entered: the one on which the work began. */
  readonly date: EpochDay;
  /** What the clock showed, in minutes after midnight, 0 to 1439. */
  readonly startMinute: number;
  readonly endMinute: number;
  /** Undefined = on the same date, or the next one when the clock shows the end only after midnight. */
  readonly endDate: EpochDay | undefined;
  /** What the author says it took; undefined when they do not say. */
  readonly minutes: number | undefined;
}

const MINUTE_MILLISECONDS = 60_000;

/**
 * The interval between two clock times in the author's zone. The end is the first instant after the start at which the
 * clock shows it. In an hour that the clock runs through twice, the author's minutes decide which pass is meant; without
 * them, or when they fit neither, it is the first.
 *
 * @throws StageledgerError ENTRY_IMPOSSIBLE_TIME when the clock never shows that time on that day,
 * ENTRY_ENDS_BEFORE_START when it shows the end on `endDate` only before the start, or without one the same time as at
 * the start
 */
export function clockInterval(clock: ClockInterval, zone: ReportZone): EntryInterval {
  const starts = shown(zone, clock.date, clock.startMinute);
  const ends = clock.endDate === undefined ? endsAfter(zone, clock) : shown(zone, clock.endDate, clock.endMinute);
  const readings = starts.flatMap((start) => ends.filter((end) => end > start).map((end) => ({ start, end })));
  const { minutes } = clock;
  const chosen =
    (minutes === undefined ? undefined : readings.find((reading) => agree(reading, minutes))) ?? readings[0];
  if (chosen === undefined) throw endsBeforeStart();
  return { ...chosen, offsetMinutes: zone.offsetAt(chosen.start) / MINUTE_MILLISECONDS };
}

/** Only in an hour that the clock runs through twice can an end of the same date show no later time than the start. */
function endsAfter(zone: ReportZone, { date, startMinute, endMinute }: ClockInterval): readonly number[] {
  if (endMinute > startMinute) return shown(zone, date, endMinute);
  const secondPass = instantsOf(zone, date, endMinute);
  return endMinute === startMinute ? secondPass : [...secondPass, ...shown(zone, date + 1, endMinute)];
}

function shown(zone: ReportZone, date: EpochDay, minuteOfDay: number): readonly number[] {
  const instants = instantsOf(zone, date, minuteOfDay);
  if (instants.length > 0) return instants;
  throw new StageledgerError("ENTRY_IMPOSSIBLE_TIME", "The clock did not show this time on that day.", {
    next: "Use a time from 00:00 to 23:59; when the clocks go forward, one before or after the skipped hour.",
  });
}
