/** How long something took, as exports write it into a column, to whole minutes. Pure. */
import { DAY_MINUTES, parseDuration, StageledgerError } from "@stageledger/core";

/** What a bare number in the column counts; "unknown" = the header does not say, so a whole number is refused. */
export type CountedIn = "hours" | "minutes" | "unknown";

const CLOCK = /^(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?$/;
const NUMBER = /^(\d{0,6})(?:[.,](\d{0,20}))?$/;
const BELOW_ZERO = /^[-−–]\s*[\d.,]/;
/** More would leave the whole numbers that are exact; no export means anything by them. */
const DIGITS_KEPT = 12;

/**
 * 1 to 1440, from `1:30:00`, `1:30`, `1.5`, `1,5`, a number of minutes, or what people write (`1h 30m`). Rounded to the
 * nearest minute, half a minute up, and what is over nothing is a minute at least. A number with a point or comma counts
 * hours unless the column counts minutes.
 *
 * @throws StageledgerError DURATION_WITHOUT_UNIT, DURATION_OUT_OF_RANGE, DURATION_UNREADABLE
 */
export function minutesInColumn(text: string, countedIn: CountedIn): number {
  const written = text.trim();
  if (BELOW_ZERO.test(written)) throw outOfRange("Logged time cannot be below zero.");
  const minutes = clockMinutes(written, countedIn) ?? countedMinutes(written, countedIn);
  if (minutes === undefined) return parseDuration(written);
  if (minutes < 1) throw outOfRange("There is no time in this row.");
  if (minutes > DAY_MINUTES) throw outOfRange("That is more than a day has.");
  return minutes;
}

function clockMinutes(written: string, countedIn: CountedIn): number | undefined {
  const clock = CLOCK.exec(written);
  if (clock === null) return undefined;
  if (countedIn === "minutes") {
    // 1:30 in a column of minutes may be a minute and a half.
    throw new StageledgerError("DURATION_UNREADABLE", "A column of minutes holds a time with a colon.", {
      next: "Write whole minutes, or name the column duration.",
    });
  }
  const [, hours, minutes, seconds = "0"] = clock;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return atLeastOne(Math.floor((total + 30) / 60), total > 0);
}

function countedMinutes(written: string, countedIn: CountedIn): number | undefined {
  const number = NUMBER.exec(written);
  if (number === null || !/\d/.test(written)) return undefined;
  const [, whole = "", fraction] = number;
  if (fraction === undefined && countedIn === "unknown") return undefined;
  const unit = countedIn === "minutes" ? 1 : 60;
  const kept = (fraction ?? "").slice(0, DIGITS_KEPT);
  // In whole numbers: 0.575 × 60 is 34.5, which binary fractions would round down.
  const scale = 10 ** kept.length;
  const minutes = Number(whole) * unit + Math.floor((Number(kept) * 2 * unit + scale) / (2 * scale));
  return atLeastOne(minutes, /[1-9]/.test(written));
}

function atLeastOne(minutes: number, isOverNothing: boolean): number {
  return minutes === 0 && isOverNothing ? 1 : minutes;
}

function outOfRange(message: string): StageledgerError {
  return new StageledgerError("DURATION_OUT_OF_RANGE", message, {
    next: "An entry has between 1 minute and 24 hours.",
  });
}
