/** How long something took, as people write it, to whole minutes and back. Pure; knows no language but the units'. */
export const DAY_MINUTES = 1440;

/** What a text says, or why it says no duration. */
export type DurationReading =
  | { readonly kind: "minutes"; readonly minutes: number }
  /** A bare whole number: whoever types "1" means an hour, whoever types "90" means minutes. */
  | { readonly kind: "without-unit"; readonly amount: number }
  | { readonly kind: "below-zero" }
  | { readonly kind: "under-a-minute" }
  | { readonly kind: "over-a-day" }
  | { readonly kind: "unreadable" };

const HOURS = "(?:h|hrs?|hours?)";
const MINUTES = "(?:m|mins?|minutes?)";

const CLOCK = /^(\d{1,2}):([0-5]\d)$/;
const DECIMAL_HOURS = new RegExp(`^(\\d{0,4})[.,](\\d{1,6})\\s*${HOURS}?$`, "i");
const HOURS_AND_MINUTES = new RegExp(`^(\\d{1,4})\\s*${HOURS}(?:\\s*(\\d{1,4})\\s*${MINUTES})?$`, "i");
const HOURS_AND_BARE_MINUTES = new RegExp(`^(\\d{1,4})\\s*${HOURS}\\s*([0-5]?\\d)$`, "i");
const WHOLE_MINUTES = new RegExp(`^(\\d{1,5})\\s*${MINUTES}$`, "i");
const BARE_NUMBER = /^\d{1,5}$/;
const BELOW_ZERO = /^[-−–]\s*[\d.,]/;

/**
 * Whole minutes, 1 to 1440, from `1h 30m`, `1h30`, `90m`, `45 min`, `2 h`, `1:30`, `1.5`, `1,5h`.
 *
 * A number with a point or comma counts hours, with or without the `h`: nobody logs one and a half minutes. It is rounded
 * to the nearest minute, half a minute up. A bare whole number is left to whoever asks: tools disagree about it, and a
 * ledger must not guess. Days and weeks are not read, because their length in hours differs from team to team.
 */
export function readDuration(text: string): DurationReading {
  const written = text.trim();
  if (BARE_NUMBER.test(written)) return { kind: "without-unit", amount: Number(written) };
  if (BELOW_ZERO.test(written)) return { kind: "below-zero" };
  const minutes = minutesIn(written);
  if (minutes === undefined) return { kind: "unreadable" };
  if (minutes < 1) return { kind: "under-a-minute" };
  if (minutes > DAY_MINUTES) return { kind: "over-a-day" };
  return { kind: "minutes", minutes };
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
