/** What a person's text in the time field is taken for. Pure. */
import { DAY_MINUTES, type DurationReading, readDuration } from "@stageledger/core/contract/duration";

export type TimeReading =
  | { readonly kind: "nothing" }
  | { readonly kind: "minutes"; readonly minutes: number }
  /** Both would do, and the ledger must not guess: the person says which. */
  | { readonly kind: "two"; readonly amount: number; readonly minutes: readonly [hours: number, minutes: number] }
  | Exclude<DurationReading, { readonly kind: "minutes" | "without-unit" }>;

const HOUR_MINUTES = 60;

/** A bare number that can only mean minutes, because no day has so many hours, means minutes: "90". */
export function readTime(text: string): TimeReading {
  if (text.trim() === "") return { kind: "nothing" };
  const reading = readDuration(text);
  if (reading.kind !== "without-unit") return reading;
  const { amount } = reading;
  if (amount < 1) return { kind: "under-a-minute" };
  if (amount > DAY_MINUTES) return { kind: "over-a-day" };
  if (amount * HOUR_MINUTES > DAY_MINUTES) return { kind: "minutes", minutes: amount };
  return { kind: "two", amount, minutes: [amount * HOUR_MINUTES, amount] };
}
