import { readDuration } from "./contract/duration.ts";
import { StageledgerError } from "./errors.ts";

const NEXT = "Write it like 1h 30m, 90m, 1.5h or 1:30.";

/**
 * Whole minutes, as {@link readDuration} reads them. A bare whole number is refused with both readings.
 *
 * @throws StageledgerError DURATION_WITHOUT_UNIT, DURATION_OUT_OF_RANGE, DURATION_UNREADABLE
 */
export function parseDuration(text: string): number {
  const reading = readDuration(text);
  switch (reading.kind) {
    case "minutes":
      return reading.minutes;
    case "without-unit":
      throw new StageledgerError("DURATION_WITHOUT_UNIT", `${reading.amount} could be hours or minutes.`, {
        next: `Write ${reading.amount}h or ${reading.amount}m.`,
      });
    case "below-zero":
      throw outOfRange("Logged time cannot be below zero.");
    case "under-a-minute":
      throw outOfRange("That is less than a minute.");
    case "over-a-day":
      throw outOfRange("That is more than a day has.");
    case "unreadable":
      throw new StageledgerError("DURATION_UNREADABLE", "This is no duration.", { next: NEXT });
  }
}

function outOfRange(message: string): StageledgerError {
  return new StageledgerError("DURATION_OUT_OF_RANGE", message, {
    next: "An entry has between 1 minute and 24 hours.",
  });
}
