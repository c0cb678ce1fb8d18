/** ISO weeks, named by their Monday, and the periods that are made of them. Pure. */
import { StageledgerError } from "../errors.ts";
import { DAY_MILLISECONDS, dayText, type EpochDay, mondayOf } from "./report-zone.ts";

export const WEEK_DAYS = 7;
const THURSDAY = 3;

/** `2026-W37`, given the Monday of the week. The ISO year is the one that the week's Thursday lies in. */
export function weekText(week: EpochDay): string {
  const thursday = week + THURSDAY;
  const year = dayText(thursday).slice(0, 4);
  const number = Math.floor((thursday - firstDayOf(Number(year), 1)) / WEEK_DAYS) + 1;
  return `${year}-W${String(number).padStart(2, "0")}`;
}

/**
 * The Mondays of a period, ascending: the 4 or 5 weeks whose Thursday lies in the month (`2026-09`), or the 12 to 14 of
 * the quarter (`2026-Q3`).
 *
 * @throws StageledgerError SETTING_INVALID for other text
 */
export function weeksOf(period: string): readonly EpochDay[] {
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  if (month !== null) return weeksWithThursdayIn(Number(month[1]), Number(month[2]), 1);
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter !== null) return weeksWithThursdayIn(Number(quarter[1]), Number(quarter[2]) * 3 - 2, 3);
  throw new StageledgerError("SETTING_INVALID", "This is no period.", {
    next: "Write a month like 2026-09 or a quarter like 2026-Q3.",
  });
}

function weeksWithThursdayIn(year: number, month: number, months: number): EpochDay[] {
  const [first, end] = [firstDayOf(year, month), firstDayOf(year, month + months)];
  const weeks: EpochDay[] = [];
  for (let week = mondayOf(first); week + THURSDAY < end; week += WEEK_DAYS) {
    if (week + THURSDAY >= first) weeks.push(week);
  }
  return weeks;
}

/** Months beyond the twelfth belong to the next year. */
function firstDayOf(year: number, month: number): EpochDay {
  return Date.UTC(year, month - 1, 1) / DAY_MILLISECONDS;
}
