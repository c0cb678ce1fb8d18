/** When a week closes: from then on its entries can be released, and what comes later is late. Pure. */
import { StageledgerError } from "../errors.ts";
import { WEEK_DAYS } from "../time/iso-week.ts";
import { type EpochDay, HOUR_MILLISECONDS, type ReportZone } from "../time/report-zone.ts";

/** Days from the end of a week, Sunday midnight, to its close: Thursday 00:00. */
export const DEFAULT_SETTLING_DAYS = 3;

const LEAST_SETTLING_DAYS = 2;
const LEAST_SETTLING_HOURS = 48;

/**
 * The instant at which a week closes: `settlingDays` after its end, at 00:00 in the tenant's zone, and never less than 48
 * hours after its end, also where a clock change makes two days shorter.
 *
 * @param week the week's Monday
 * @throws StageledgerError SETTING_INVALID for fewer than two settling days, or parts of one
 */
export function closesAt(week: EpochDay, zone: ReportZone, settlingDays = DEFAULT_SETTLING_DAYS): number {
  if (!Number.isInteger(settlingDays) || settlingDays < LEAST_SETTLING_DAYS) {
    throw new StageledgerError("SETTING_INVALID", "A week cannot close sooner than two whole days after its end.", {
      next: `Set the settling time to a whole number of days, ${LEAST_SETTLING_DAYS} or more.`,
    });
  }
  const nextMonday = week + WEEK_DAYS;
  const earliest = zone.startOfDay(nextMonday) + LEAST_SETTLING_HOURS * HOUR_MILLISECONDS;
  return Math.max(zone.startOfDay(nextMonday + settlingDays), earliest);
}
