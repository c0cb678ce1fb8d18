/** Which of the released weeks, periods and quarters a report shows. Pure. */
import { parseEntryDate } from "../ledger/time-entry.ts";
import { WEEK_DAYS, weeksOf } from "../time/iso-week.ts";
import type { EpochDay, ReportZone } from "../time/report-zone.ts";
import type { Period, Quarter } from "./period.ts";

const WEEK = /^\d{4}-\d{2}-\d{2}$/u;
const PERIOD = /^\d{4}-\d{2}$/u;
const QUARTER = /^\d{4}-Q\d$/u;

/** A report as of an earlier instant shows what was over by then, not what came later. */
export function spansEndedBy(asOf: number, spans: readonly string[], zone: ReportZone): readonly string[] {
  const today = zone.dayOf(asOf);
  return spans.filter((span) => (mondaysOf(span).at(-1) ?? 0) + WEEK_DAYS <= today);
}

/** Null where there is none of the kind. */
export function latestSpans(spans: readonly string[]): {
  readonly period: Period | null;
  readonly quarter: Quarter | null;
} {
  const latest = (kind: RegExp): string | null =>
    spans
      .filter((span) => kind.test(span))
      .sort()
      .at(-1) ?? null;
  return { period: latest(PERIOD), quarter: latest(QUARTER) };
}

/** The newest periods, ascending. */
export function latestPeriods(spans: readonly string[], most: number): readonly Period[] {
  return spans
    .filter((span) => PERIOD.test(span))
    .sort()
    .slice(-most);
}

/**
 * Mondays of the weeks whose totals a report shows, ascending: those of the latest period, and those released since, which
 * are fewer than a period has. Before the first period: those released since the ledger began.
 */
export function shownWeeks(spans: readonly string[]): readonly EpochDay[] {
  const { period } = latestSpans(spans);
  const ofPeriod = period === null ? [] : weeksOf(period);
  const lastOfPeriod = ofPeriod.at(-1) ?? Number.NEGATIVE_INFINITY;
  const since = spans.filter((span) => WEEK.test(span)).flatMap(mondaysOf);
  return [...ofPeriod, ...since.filter((week) => week > lastOfPeriod).sort((a, b) => a - b)];
}

function mondaysOf(span: string): readonly EpochDay[] {
  return WEEK.test(span) ? [parseEntryDate(span)] : weeksOf(span);
}
