/** Instants in the report zone, as a reader's calendar and clock show them. */
import { shortDay } from "@stageledger/core/contract/figure-text";

/** `2026-10-25` for an instant (ISO 8601, UTC). */
export function dayIn(zone: string, instant: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(new Date(instant));
}

/** "25 Oct 2026, 14:00". */
export function instantText(zone: string, instant: string): string {
  const day = dayIn(zone, instant);
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short" });
  return `${shortDay(day)} ${day.slice(0, 4)}, ${clock.format(new Date(instant))}`;
}
