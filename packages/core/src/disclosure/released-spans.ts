/** Which of the released periods and quarters a report shows. Pure. */
import { WEEK_DAYS, weeksOf } from "../time/iso-week.ts";
import type { ReportZone } from "../time/report-zone.ts";
import type { Period, Quarter } from "./period.ts";

const PERIOD = /^\d{4}-\d{2}$/u;
const QUARTER = /^\d{4}-Q\d$/u;

/** A report as of an earlier instant shows the period that was over by then, not one that came later. */
export function spansEndedBy(asOf: number, spans: readonly string[], zone: ReportZone): readonly string[] {
  return spans.filter((span) => zone.startOfDay((weeksOf(span).at(-1) ?? 0) + WEEK_DAYS) <= asOf);
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
