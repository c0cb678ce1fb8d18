import type { Words } from "./english.ts";

const MINUTE_MILLISECONDS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1440;
/** Up to two days hours say more. */
const MOST_HOURS_MINUTES = 2 * DAY_MINUTES;

/** How long before `now` that was, in the largest unit that still says enough, rounded down. Pure. Both in epoch milliseconds. */
export function sayAgo(at: number, now: number, { admin: { ago } }: Words): string {
  const minutes = Math.floor((now - at) / MINUTE_MILLISECONDS);
  if (minutes < 0) return ago.later;
  if (minutes === 0) return ago.now;
  if (minutes < HOUR_MINUTES) return ago.minutes(minutes);
  if (minutes < MOST_HOURS_MINUTES) return ago.hours(Math.floor(minutes / HOUR_MINUTES));
  return ago.days(Math.floor(minutes / DAY_MINUTES));
}
