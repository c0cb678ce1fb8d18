/** Start and end as an export has them, to minutes of the day. Pure. */
import { DAY_MINUTES, type EpochDay, StageledgerError } from "@stageledger/core";
import type { TimeRow } from "./time-row.ts";

const TIME = /^(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?\s*(?:([ap])\.?m\.?)?$/i;
const HOUR_MINUTES = 60;
const DAY_SECONDS = 86_400;

export type ClockTimes = Pick<TimeRow, "startMinute" | "endMinute" | "endDate">;

interface ClockCells {
  readonly start: string;
  readonly end: string;
  readonly endDate: EpochDay | undefined;
}

const NO_TIMES: ClockTimes = { startMinute: undefined, endMinute: undefined, endDate: undefined };

/**
 * Seconds are cut. Where cutting them at both ends makes the times differ from rounded minutes by one, the end gives way:
 * by less than a minute, and the times still say what the row says.
 *
 * An end before the start is refused. One that the minutes explain by an hour that the clock ran through twice is left to
 * whoever knows the zone.
 *
 * @throws StageledgerError ENTRY_IMPOSSIBLE_TIME, ENTRY_ENDS_BEFORE_START
 */
export function clockTimes(cells: ClockCells, date: EpochDay, minutes: number): ClockTimes {
  const start = secondOfDay(cells.start);
  const end = secondOfDay(cells.end);
  if (start === undefined) return NO_TIMES;
  const startMinute = Math.floor(start / 60);
  if (end === undefined) return { ...NO_TIMES, startMinute };
  const endDate = cells.endDate ?? (end > start ? date : undefined);
  const days = endDate === undefined ? 1 : endDate - date;
  const elapsed = days * DAY_SECONDS + end - start;
  const isSecondPass = Math.abs(elapsed / 60 + HOUR_MINUTES - minutes) < 1;
  if ((elapsed <= 0 || start === end) && days < 1 && !isSecondPass) throw endsBeforeStart();
  if (cells.endDate === undefined && start === end) throw endsBeforeStart();
  const cut = Math.floor(end / 60) + days * DAY_MINUTES - startMinute;
  const gives = Math.abs(elapsed - minutes * 60) < 60;
  const ends = startMinute + (gives ? minutes : cut);
  return {
    startMinute,
    endMinute: ((ends % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES,
    endDate: cells.endDate === undefined ? undefined : date + Math.floor(ends / DAY_MINUTES),
  };
}

/** Undefined for an empty cell. */
function secondOfDay(text: string): number | undefined {
  const written = text.trim();
  if (written === "") return undefined;
  const [, hour, minute, second = "0", half] = TIME.exec(written) ?? [];
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  const isTwelve = half !== undefined;
  const isPossible = isTwelve ? hours >= 1 && hours <= 12 : hours < 24;
  if (!(isPossible && minutes < 60 && seconds < 60)) {
    throw new StageledgerError("ENTRY_IMPOSSIBLE_TIME", "The start or the end is no time of day.", {
      next: "Write it like 09:30, 09:30:00 or 9:30 AM.",
    });
  }
  const ofDay = isTwelve ? (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0) : hours;
  return ofDay * 3600 + minutes * 60 + seconds;
}

function endsBeforeStart(): StageledgerError {
  return new StageledgerError("ENTRY_ENDS_BEFORE_START", "The end is not after the start.", {
    next: "Swap start and end, or give the date on which the work ended.",
  });
}
