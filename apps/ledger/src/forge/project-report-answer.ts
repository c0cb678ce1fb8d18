/**
 * A project's report as the panel's API tells it: a part of `stageledger report`, in its very words. Without the keys of items,
 * which not everybody who may see a project's numbers may see.
 */
import {
  dayText,
  type Figure,
  flowOfProject,
  latestSpans,
  partHours,
  type StageRow,
  spansEndedBy,
  type Verdict,
  weeksOf,
} from "@stageledger/core";
import type { ProjectReport } from "@stageledger/core/contract/project-report";
import type { ProjectFacts } from "@stageledger/db";
import { findingText } from "../analyse/finding-words.ts";
import { measuredItems, nextReleaseDays, settingsOf } from "../report/build-report.ts";
import { REPORT_SEED } from "../report/report-defaults.ts";

const DAYS_TO_SUNDAY = 6;

/** Of a project without items it says that there are none. */
export function projectReportAnswer(facts: ProjectFacts): ProjectReport {
  const { frame, tenant, map, statuses, atoms, releasedSpans, isPending } = facts;
  const { zone, asOf: asOfAt } = facts.window;
  const settings = settingsOf(facts.window, REPORT_SEED);
  const told = flowOfProject(frame.project, measuredItems(facts, settings), map, statuses, settings);
  const { flow } = told;
  const inFlow = new Set(flow.charts.pace.map(({ stage }) => stage));
  const { cycleTimeRange: range } = flow;
  const { period } = latestSpans(spansEndedBy(asOfAt, releasedSpans, zone));
  const { stages, otherStages } = partHours(frame.project, period, atoms);
  return {
    schema: 1,
    project: flow.project,
    asOf: told.asOf,
    zone: told.zone,
    window: told.window,
    verdict: verdictOf(flow.verdict),
    cycleTime: {
      p85: figureOf(flow.cycleTime.p85),
      range: range && { low: range.low, high: range.high, items: range.items },
    },
    stages: flow.stages.map((row) => rowOf(row, inFlow.has(row.name))),
    weeks: flow.weeks.map(({ week, arrivals, departures }) => ({ week, arrivals, departures })),
    dataQuality: flow.findings.map(findingText),
    hours: {
      period,
      days: period === null ? null : daysOf(period),
      nextOn: nextReleaseDays(asOfAt, zone, tenant.settlingDays).stagesNextOn,
      isDelayed: isPending,
      stages: [...stages],
      otherStages,
    },
  };
}

function verdictOf(verdict: Verdict): ProjectReport["verdict"] {
  const { outcome, because, stage, sentence, evidence, resamples, thin, finishes } = verdict;
  const { boardNote, stages, accuracyNote, tryFirst, rule, mapVersion } = verdict;
  const shares = stages.map((one) => ({ stage: one.stage, share: one.share }));
  const told = {
    outcome,
    because,
    stage,
    sentence,
    evidence: [...evidence],
    resamples,
    thin,
    finishes,
    parked: verdict.parked.count,
  };
  return { ...told, boardNote, shares, accuracyNote, tryFirst, rule, mapVersion };
}

function rowOf(row: StageRow, isInFlow: boolean): ProjectReport["stages"][number] {
  const { name, kind, wip, age85, arrivalsPerWeek, departuresPerWeek, median, p85, visits } = row;
  return {
    name,
    kind,
    isInFlow,
    wip: figureOf(wip),
    age85: figureOf(age85),
    arrivalsPerWeek: figureOf(arrivalsPerWeek),
    departuresPerWeek: figureOf(departuresPerWeek),
    median: figureOf(median),
    p85: figureOf(p85),
    visits: figureOf(visits),
  };
}

function figureOf(figure: Figure): ProjectReport["stages"][number]["wip"] {
  return { ...figure, findings: [...figure.findings] };
}

function daysOf(period: string): { readonly firstDay: string; readonly lastDay: string } {
  const weeks = weeksOf(period);
  return { firstDay: dayText(weeks[0] ?? 0), lastDay: dayText((weeks.at(-1) ?? 0) + DAYS_TO_SUNDAY) };
}
