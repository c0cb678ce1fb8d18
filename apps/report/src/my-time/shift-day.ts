const DAY_MILLISECONDS = 86_400_000;

/** So many days later, on the calendar. Pure. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
