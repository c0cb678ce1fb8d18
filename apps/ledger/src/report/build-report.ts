/** A report as of an instant: flow by the rules, hours by what was released. Pure. */
import {
  closesAt,
  DEFAULT_REPORT_SETTINGS,
  dayText,
  type EpochDay,
  type FlowReport,
  FlowReportBuilder,
  type HoursView,
  hoursView,
  type MeasuredItem,
  measure,
  mondayOf,
  OFFICE_HOURS,
  periodOf,
  type ReportSettings,
  type ReportWindow,
  type ReportZone,
  spansEndedBy,
  WorkCalendar,
  weeksOf,
} from "@stageledger/core";
import type { ReportFacts } from "@stageledger/db";

const WEEK_DAYS = 7;

export interface LedgerReport {
  readonly schema: 1;
  readonly flow: FlowReport;
  readonly hours: HoursView & {
    /** The day on which hours are released next: totals of the next week. */
    readonly nextOn: string;
    /** The day on which the hours of the next period are, by stage and activity. */
    readonly stagesNextOn: string;
    /** A release began and has not ended. */
    readonly isDelayed: boolean;
  };
}

export interface ReportRequest {
  readonly seed: number;
}

export function buildReport(facts: ReportFacts, { seed }: ReportRequest): LedgerReport {
  const { map, statuses, tenant, window } = facts;
  const { zone, asOf } = window;
  const settings = settingsOf(window, seed);
  const builder = new FlowReportBuilder(map, statuses, settings);
  for (const item of measuredItems(facts, settings)) builder.add(item);
  const flow = builder.finish([]);
  const projects = flow.projects.map(({ project }) => project);
  return {
    schema: 1,
    flow,
    hours: {
      ...hoursView(facts.atoms, spansEndedBy(asOf, facts.releasedSpans, zone), projects),
      ...nextReleaseDays(asOf, zone, tenant.settlingDays),
      isDelayed: facts.isPending,
    },
  };
}

/** @param businessCalendar what business time counts (F6); undefined by calendar time */
export function settingsOf(window: ReportWindow, seed: number, businessCalendar?: WorkCalendar): ReportSettings {
  return {
    ...DEFAULT_REPORT_SETTINGS,
    window,
    seed,
    samplingHours: new WorkCalendar(window.zone, OFFICE_HOURS),
    businessCalendar,
  };
}

/** Those that were there at the as-of instant, in the order of the facts. */
export function* measuredItems(facts: ReportFacts, { flow, window }: ReportSettings): Generator<MeasuredItem> {
  const { map, items, subtaskActivityByParent } = facts;
  for (const item of items) {
    const measured = measure(item, map, window.zone, window.asOf, flow, subtaskActivityByParent.get(item.id));
    if (measured !== undefined) yield measured;
  }
}

/** When the oldest of the weeks that have not closed yet is released, and the period that it belongs to: told by the calendar alone. */
export function nextReleaseDays(
  asOf: number,
  zone: ReportZone,
  settlingDays: number,
): { readonly nextOn: string; readonly stagesNextOn: string } {
  const closeOf = (week: EpochDay): number => closesAt(week, zone, settlingDays);
  let next = mondayOf(zone.dayOf(asOf));
  while (closeOf(next - WEEK_DAYS) > asOf) next -= WEEK_DAYS;
  const lastOfPeriod = weeksOf(periodOf(next)).at(-1) ?? next;
  return { nextOn: dayText(zone.dayOf(closeOf(next))), stagesNextOn: dayText(zone.dayOf(closeOf(lastOfPeriod))) };
}
