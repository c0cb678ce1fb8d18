import type { TimeReading } from "../state/time-text.ts";
import type { Words } from "./english.ts";

/** Why a text is no duration that could be logged. */
export function sayRefusal(kind: Exclude<TimeReading["kind"], "nothing" | "minutes" | "two">, { time }: Words): string {
  switch (kind) {
    case "below-zero":
      return time.belowZero;
    case "under-a-minute":
      return time.underAMinute;
    case "over-a-day":
      return time.overADay;
    case "unreadable":
      return time.unreadable;
  }
}
