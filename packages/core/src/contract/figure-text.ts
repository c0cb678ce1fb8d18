/**
 * Text for figures, durations and days. The terminal card and the pages print the same words, so that a
 * number read in one is found again in the other. Plain spaces only; a page keeps them together by style.
 */
import type { Figure, Unit } from "../flow/figure.ts";

/** Printed where no item was ever there (F12); a visit that rounds to nothing prints 0. */
export const NEVER_VISITED = "—";

/** As much of a figure as text needs. */
type ShownFigure = Pick<Figure, "value" | "n" | "unit"> & { readonly note?: string | undefined };

export type FigureFormat = (value: number) => string;

const HOUR = 3_600_000;
const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const FORMAT_BY_UNIT: Readonly<Record<Unit, FigureFormat>> = {
  items: decimal,
  days: (value) => `${decimal(value)} d`,
  milliseconds: days,
  "items/week": (value) => `${tenths(value)} a week`,
  ratio: percent,
  visits: tenths,
};

/**
 * A figure as text: its value in `format` (by default that of its unit), the note that says why there is
 * none, or {@link NEVER_VISITED} when it has neither. A note beside a value is left to the caller.
 */
export function figureText(figure: ShownFigure, format: FigureFormat = FORMAT_BY_UNIT[figure.unit]): string {
  if (figure.value !== null) return format(figure.value);
  return figure.note ?? NEVER_VISITED;
}

/**
 * A stage's time or visits (F11): {@link NEVER_VISITED} when no item was there, whatever the note says (F12);
 * else as {@link figureText}.
 */
export function stageFigureText(figure: ShownFigure): string {
  return figure.value === null && figure.n === 0 ? NEVER_VISITED : figureText(figure);
}

/**
 * Milliseconds as days of 24 hours with one decimal ("4.4 d", "2.0 d"), under one day as hours ("3.2 h"),
 * from 100 days on without decimals. Zero is "0 d"; what rounds to zero hours is "0 h".
 */
export function days(ms: number): string {
  if (ms === 0) return "0 d";
  return Math.abs(ms) < DAY ? `${tenths(ms / HOUR)} h` : `${tenths(ms / DAY)} d`;
}

/** A whole number as it is; else one decimal below 100 and none from there on: 6.8, 11, 1,204. */
export function decimal(value: number): string {
  return Number.isInteger(value) ? count(value) : tenths(value);
}

/** Rounded to a whole number, thousands parted: 1,204. */
export function count(value: number): string {
  const rounded = Math.round(value);
  return signed(rounded, String(Math.abs(rounded)).replace(/\B(?=(\d{3})+$)/g, ","));
}

/** Every half hour is shown: what was rounded when it was published is never rounded again. @param minutes a multiple of 30 */
export function publishedHours(minutes: number): string {
  return `${count(Math.floor(minutes / 60))}${minutes % 60 === 0 ? "" : ".5"} h`;
}

/** A share of 1 as a whole percentage: "47 %". */
export function percent(ratio: number): string {
  const hundredths = ratio * 100;
  if (hundredths > 0 && hundredths < 0.5) return "under 1 %";
  return `${count(Math.round(hundredths))} %`;
}

/** "1 item", "2 items", "1,204 items". */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** "25 Oct" for 2026-10-25; anything that is no calendar day is returned as it came. */
export function shortDay(day: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const month = MONTHS[Number(parts?.[2]) - 1];
  return month === undefined ? day : `${Number(parts?.[3])} ${month}`;
}

/** "31 Aug – 25 Oct 2026", with both years when they differ. */
export function spanText(firstDay: string, lastDay: string): string {
  const firstYear = firstDay.slice(0, 4);
  const lastYear = lastDay.slice(0, 4);
  const first = firstYear === lastYear ? shortDay(firstDay) : `${shortDay(firstDay)} ${firstYear}`;
  return `${first} – ${shortDay(lastDay)} ${lastYear}`;
}

/** One decimal below 100, none from there on; "0" when nothing is left of it. */
export function tenths(value: number): string {
  const absolute = Math.abs(value);
  if (absolute >= 99.95) return count(value);
  return absolute < 0.05 ? "0" : signed(value, absolute.toFixed(1));
}

/** Puts a true minus sign before the text of an absolute value. */
function signed(value: number, absolute: string): string {
  return value < 0 ? `−${absolute}` : absolute;
}
