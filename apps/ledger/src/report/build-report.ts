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
  measure,
  mondayOf,
  OFFICE_HOURS,
  periodOf,
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
  const settings = {
    ...DEFAULT_REPORT_SETTINGS,
    window,
    seed,
    samplingHours: new WorkCalendar(zone, OFFICE_HOURS),
    businessCalendar: undefined,
  };
  const builder = new FlowReportBuilder(map, statuses, settings);
  for (const item of facts.items) {
    const measured = measure(item, map, zone, asOf, settings.flow, facts.subtaskActivityByParent.get(item.id));
    if (measured !== undefined) builder.add(measured);
  }
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

/** When the oldest of the weeks that have not closed yet is released, and the period that it belongs to: told by the calendar alone. */
function nextReleaseDays(
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
