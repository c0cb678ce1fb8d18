import { dayText, type EpochDay } from "../time/report-zone.ts";

/** The ISO weeks whose Thursday lies in a month, 4 or 5 of them, written like the month: `2026-09`. */
export type Period = string;

/** Three periods: `2026-Q3`. */
export type Quarter = string;

/** The period that a week belongs to, given its Monday. */
export function periodOf(week: EpochDay): Period {
  return thursdayText(week).slice(0, 7);
}

/** The quarter that a week belongs to, given its Monday. */
export function quarterOf(week: EpochDay): Quarter {
  const thursday = thursdayText(week);
  return `${thursday.slice(0, 4)}-Q${Math.ceil(Number(thursday.slice(5, 7)) / 3)}`;
}

function thursdayText(week: EpochDay): string {
  return dayText(week + 3);
}
