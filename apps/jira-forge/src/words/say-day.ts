/** Days and times of day, as a person says them. Pure. */
import { dayBefore } from "../state/local-day.ts";
import type { Words } from "./english.ts";

/** "today", "yesterday", "Mon 7 Sept", or with its year where that is another one. */
export function sayDay(date: string, today: string, words: Words): string {
  if (date === today) return words.today;
  if (date === dayBefore(today)) return words.yesterday;
  return sayDate(date, today, words);
}

function sayDate(date: string, today: string, { language }: Words): string {
  const isThisYear = date.slice(0, 4) === today.slice(0, 4);
  const format = new Intl.DateTimeFormat(language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
    ...(isThisYear ? {} : { year: "numeric" }),
  });
  return format.format(new Date(`${date}T00:00Z`)).replace(",", "");
}

/** "Mon" */
export function sayWeekday(date: string, { language }: Words): string {
  return dateFormat(language, { weekday: "short" }).format(noon(date));
}

/** "7 Sept" */
export function sayDayOfMonth(date: string, { language }: Words): string {
  return dateFormat(language, { day: "numeric", month: "short" }).format(noon(date));
}

/** "7–13 September 2026" */
export function sayRange(first: string, last: string, { language }: Words): string {
  return dateFormat(language, { day: "numeric", month: "long", year: "numeric" }).formatRange(noon(first), noon(last));
}

function dateFormat(language: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { ...parts, timeZone: "UTC" });
}

/** Of a date in UTC: no zone is near enough to its ends to turn it. */
function noon(date: string): Date {
  return new Date(`${date}T12:00Z`);
}

/** "11:05", with its day in front where that is another one than `now`'s. @param zone of the person; undefined = the machine's */
export function sayTime(at: number, now: number, zone: string | undefined, { language }: Words): string {
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: zone });
  const day = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", timeZone: zone });
  const isOtherDay = day.format(at) !== day.format(now);
  return isOtherDay ? `${day.format(at).replace(",", "")}, ${time.format(at)}` : time.format(at);
}
