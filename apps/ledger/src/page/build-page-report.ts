/** The page's document of one project, as of an instant. Pure. */
import {
  dayText,
  type Figure,
  type Finding,
  flowOfProject,
  hoursView,
  latestPeriods,
  OFFICE_HOURS,
  type Percentiles,
  partHours,
  spansEndedBy,
  WorkCalendar,
  weeksOf,
} from "@stageledger/core";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";
import { type ProjectFacts, SHOWN_PERIODS } from "@stageledger/db";
import { findingText, findingWords } from "../analyse/finding-words.ts";
import { measuredItems, nextReleaseDays, settingsOf } from "../report/build-report.ts";
import { REPORT_SEED } from "../report/report-defaults.ts";
import { type Reader, withKeysFor } from "./item-keys.ts";
import { linkKinds } from "./item-links.ts";
import type { Meaning } from "./question.ts";
import { countRoadblocks } from "./roadblock-counts.ts";

const DAYS_TO_SUNDAY = 6;

/** @param facts read by the map and window of the question's meaning */
export function buildPageReport(facts: ProjectFacts, { time }: Pick<Meaning, "time">, reader: Reader): PageReport {
  const { frame, map, statuses, window } = facts;
  const { project, isRestricted, versions } = frame;
  const calendar = time === "business" ? new WorkCalendar(window.zone, OFFICE_HOURS) : undefined;
  const settings = settingsOf(window, REPORT_SEED, calendar);
  const { flow: whole, ...told } = flowOfProject(project, measuredItems(facts, settings), map, statuses, settings);
  const flow = withKeysFor(reader, isRestricted, whole);
  return {
    ...told,
    schema: 1,
    project,
    isRestricted,
    mapVersions: versions.map(({ version, effectiveFrom }) => ({
      version,
      effectiveFrom: effectiveFrom === undefined ? null : new Date(effectiveFrom).toISOString(),
    })),
    time,
    calendar: calendar === undefined ? null : calendarOf(),
    flow,
    forecast: forecastDays(whole.monteCarlo, window.asOfDay),
    roadblocks: countRoadblocks(facts.roadblocks, map, window),
    hours: hoursOf(facts),
    dataQuality: flow.findings.map(inWords),
    linkKindByKey: linkKinds(facts.items, flow),
  };
}

function calendarOf(): PageReport["calendar"] {
  const { days, shifts, holidays } = OFFICE_HOURS;
  return { days: [...days], shifts: [...shifts], holidays: [...holidays].map(dayText) };
}

function forecastDays(
  { when, horizonDays }: { readonly when: Percentiles | null; readonly horizonDays: number },
  asOfDay: number,
): PageReport["forecast"] {
  const dayOf = ({ value }: Figure): string | null => (value === null ? null : dayText(asOfDay + value));
  return {
    doneBy: when && { p50: dayOf(when.p50), p85: dayOf(when.p85), p95: dayOf(when.p95) },
    horizonDay: dayText(asOfDay + horizonDays),
  };
}

function hoursOf({ frame, tenant, window, atoms, releasedSpans, isPending }: ProjectFacts): PageReport["hours"] {
  const { project } = frame;
  const spans = spansEndedBy(window.asOf, releasedSpans, tenant.zone);
  const { period, quarter, projects } = hoursView(atoms, spans, [project]);
  const own = projects.find((one) => one.project === project);
  return {
    period,
    quarter,
    ...nextReleaseDays(window.asOf, window.zone, tenant.settlingDays),
    isDelayed: isPending,
    weeks: own?.weeks ?? [],
    ...partHours(project, period, atoms),
    lateMinutes: own?.lateMinutes ?? null,
    periods: latestPeriods(spans, SHOWN_PERIODS).map((one) => ({
      period: one,
      days: daysOf(one),
      ...partHours(project, one, atoms),
    })),
  };
}

function daysOf(period: string): { readonly firstDay: string; readonly lastDay: string } {
  const weeks = weeksOf(period);
  return { firstDay: dayText(weeks[0] ?? 0), lastDay: dayText((weeks.at(-1) ?? 0) + DAYS_TO_SUNDAY) };
}

function inWords({
  kind,
  count,
}: PageFlow["findings"][number] & Pick<Finding, "kind">): PageReport["dataQuality"][number] {
  const { long, keysAre } = findingWords(kind);
  return { kind, count, text: findingText({ kind, count }), meaning: long, keysAre };
}
