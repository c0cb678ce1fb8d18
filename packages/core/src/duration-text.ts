/** How long something took, as people write it, to whole minutes and back. Pure. */
import { StageledgerError } from "./errors.ts";

export const DAY_MINUTES = 1440;

const HOURS = "(?:h|hrs?|hours?)";
const MINUTES = "(?:m|mins?|minutes?)";

const CLOCK = /^(\d{1,2}):([0-5]\d)$/;
const DECIMAL_HOURS = new RegExp(`^(\\d{0,4})[.,](\\d{1,6})\\s*${HOURS}?$`, "i");
const HOURS_AND_MINUTES = new RegExp(`^(\\d{1,4})\\s*${HOURS}(?:\\s*(\\d{1,4})\\s*${MINUTES})?$`, "i");
const HOURS_AND_BARE_MINUTES = new RegExp(`^(\\d{1,4})\\s*${HOURS}\\s*([0-5]?\\d)$`, "i");
const WHOLE_MINUTES = new RegExp(`^(\\d{1,5})\\s*${MINUTES}$`, "i");
const BARE_NUMBER = /^\d{1,5}$/;
const BELOW_ZERO = /^[-−–]\s*[\d.,]/;

const NEXT = "Write it like 1h 30m, 90m, 1.5h or 1:30.";

/**
 * Whole minutes, 1 to 1440, from `1h 30m`, `1h30`, `90m`, `45 min`, `2 h`, `1:30`, `1.5`, `1,5h`.
 *
 * A number with a point or comma counts hours, with or without the `h`: nobody logs one and a half minutes. It is rounded
 * to the nearest minute, half a minute up. A bare whole number is refused with both readings: tools disagree about it,
 * people who type "1" mean an hour, people who type "90" mean minutes, and a ledger must not guess which. Days and weeks
 * are refused, because their length in hours differs from team to team.
 *
 * @throws StageledgerError DURATION_WITHOUT_UNIT, DURATION_OUT_OF_RANGE, DURATION_UNREADABLE
 */
export function parseDuration(text: string): number {
  const written = text.trim();
  if (BARE_NUMBER.test(written)) {
    const amount = String(Number(written));
    throw new StageledgerError("DURATION_WITHOUT_UNIT", `${amount} could be hours or minutes.`, {
      next: `Write ${amount}h or ${amount}m.`,
    });
  }
  if (BELOW_ZERO.test(written)) throw outOfRange("Logged time cannot be below zero.");
  const minutes = minutesIn(written);
  if (minutes === undefined) {
    throw new StageledgerError("DURATION_UNREADABLE", "This is no duration.", { next: NEXT });
  }
  if (minutes < 1) throw outOfRange("That is less than a minute.");
  if (minutes > DAY_MINUTES) throw outOfRange("That is more than a day has.");
  return minutes;
}

/** `1 h 30 min`, `45 min`, `2 h`; `0 min` for nothing and a minus sign in front below zero. */
export function durationText(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60];
  const parts = [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 || hours === 0 ? [`${rest} min`] : [])];
  return `${minutes < 0 ? "−" : ""}${parts.join(" ")}`;
}

function minutesIn(written: string): number | undefined {
  const both = CLOCK.exec(written) ?? HOURS_AND_BARE_MINUTES.exec(written) ?? HOURS_AND_MINUTES.exec(written);
  if (both !== null) return Number(both[1]) * 60 + Number(both[2] ?? 0);
  const alone = WHOLE_MINUTES.exec(written);
  if (alone !== null) return Number(alone[1]);
  const decimal = DECIMAL_HOURS.exec(written);
  if (decimal === null) return undefined;
  const [, hours = "", fraction = ""] = decimal;
  // In whole numbers: 0.575 × 60 is 34.5, which binary fractions would round down.
  const scale = 10 ** fraction.length;
  return Number(hours) * 60 + Math.floor((Number(fraction) * 120 + scale) / (2 * scale));
}

function outOfRange(message: string): StageledgerError {
  return new StageledgerError("DURATION_OUT_OF_RANGE", message, {
    next: "An entry has between 1 minute and 24 hours.",
  });
}
