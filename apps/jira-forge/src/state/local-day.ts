/** Local dates as text, `2026-09-08`. Pure. */
const DAY_MILLISECONDS = 86_400_000;

export function dayBefore(date: string): string {
  return daysAfter(date, -1);
}

/** The date in that zone, or in the machine's where it is undefined. */
export function dateIn(zone: string | undefined, at: number): string {
  const fields = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone } as const;
  const parts = new Intl.DateTimeFormat("en", fields).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/**
 * The author's own date, by their clock; the ledger's where the two are further apart than zones can be, because then the clock
 * is wrong.
 *
 * @param ledgerDate today in the tenant's zone, told at the same moment
 */
export function ownDate(ledgerDate: string, clockDate: string): string {
  return [dayBefore(ledgerDate), ledgerDate, daysAfter(ledgerDate, 1)].includes(clockDate) ? clockDate : ledgerDate;
}

/** @param days below zero: before */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
