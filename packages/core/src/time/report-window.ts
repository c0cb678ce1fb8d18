import { type EpochDay, mondayOf, type ReportZone } from "./report-zone.ts";

const WEEK_DAYS = 7;
/** "6 months": 26 whole weeks, so that weekdays weigh the same. */
const CHART_DAYS = 182;

/** The verdict's whole ISO weeks and the charts' half year, both ending at the as-of instant (B1). */
export interface ReportWindow {
  readonly zone: ReportZone;
  readonly asOf: number;
  readonly asOfDay: EpochDay;
  readonly weeks: number;
  /** A Monday. */
  readonly firstDay: EpochDay;
  /** A Sunday. */
  readonly lastDay: EpochDay;
  /** First instant of `firstDay` and of the day after `lastDay`. */
  readonly start: number;
  readonly end: number;
  readonly chartFirstDay: EpochDay;
}

/**
 * The last `weeks` whole weeks that had ended at `asOf`. A week whose last day is the as-of day
 * counts as whole when the as-of instant lies in its last hour; otherwise it would be half empty.
 */
export function reportWindow(zone: ReportZone, asOf: number, weeks: number): ReportWindow {
  const asOfDay = zone.dayOf(asOf);
  const nextMonday = mondayOf(asOfDay) + WEEK_DAYS;
  const isWeekOver = zone.startOfDay(nextMonday) - asOf <= 3_600_000;
  const endDay = isWeekOver ? nextMonday : nextMonday - WEEK_DAYS;
  const firstDay = endDay - weeks * WEEK_DAYS;
  return {
    zone,
    asOf,
    asOfDay,
    weeks,
    firstDay,
    lastDay: endDay - 1,
    start: zone.startOfDay(firstDay),
    end: zone.startOfDay(endDay),
    chartFirstDay: asOfDay - CHART_DAYS + 1,
  };
}
