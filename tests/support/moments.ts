/** Readable instants, days and spans for hand-computed cases. */
import { type EpochDay, ReportZone } from "@stageledger/core";

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** `2026-09-08` (midnight) or `2026-09-08T09:00`, both UTC, as epoch milliseconds. */
export function utc(text: string): number {
  const instant = Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text}Z`);
  if (Number.isNaN(instant)) throw new RangeError(`no such instant: ${text}`);
  return instant;
}

/** Days since 1970-01-01 of a calendar date. */
export function day(text: string): EpochDay {
  return utc(text) / DAY;
}

export function aZone(id = "UTC"): ReportZone {
  const zone = ReportZone.find(id);
  if (zone === undefined) throw new RangeError(`no such zone: ${id}`);
  return zone;
}

/** The calendar day on which an instant falls in a zone, asked of Intl instead of the product. */
export function localDayText(instant: number, zone: string): string {
  return formatterOf(zone).format(instant).slice(0, 10);
}

/** Minutes after local midnight, asked of Intl instead of the product. */
export function localMinute(instant: number, zone: string): number {
  const [hour = "", minute = ""] = formatterOf(zone).format(instant).slice(-5).split(":");
  return Number(hour) * 60 + Number(minute);
}

const formatterByZone = new Map<string, Intl.DateTimeFormat>();

/** Prints `2026-09-08 09:00`. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatterByZone.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formatterByZone.set(zone, formatter);
  }
  return formatter;
}
