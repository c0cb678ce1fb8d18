/** A report as of an instant: flow by the rules, hours by what was released. Pure. */
import {
  closesAt,
  DEFAULT_REPORT_SETTINGS,
  dayText,
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
    /** The day on which hours are released next. */
    readonly nextOn: string;
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
      nextOn: nextReleaseDay(asOf, zone, tenant.settlingDays),
      isDelayed: facts.isPending,
    },
  };
}

/** When the oldest of the periods that have not closed yet is released: told by the calendar alone. */
function nextReleaseDay(asOf: number, zone: ReportZone, settlingDays: number): string {
  const present = periodOf(mondayOf(zone.dayOf(asOf)));
  const weekBefore = (weeksOf(present)[0] ?? 0) - WEEK_DAYS;
  const closes = [periodOf(weekBefore), present].map((period) =>
    closesAt(weeksOf(period).at(-1) ?? 0, zone, settlingDays),
  );
  return dayText(zone.dayOf(closes.find((close) => asOf < close) ?? asOf));
}
