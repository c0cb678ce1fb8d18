/** The report in a terminal: a card for each project that moves, with the hours that may be shown. */
import {
  ALL_PROJECTS,
  dayText,
  NOT_ENOUGH_PEOPLE,
  type PartHours,
  type Period,
  type ProjectHours,
  type Quarter,
  weeksOf,
} from "@stageledger/core";
import { publishedHours, shortDay, spanText } from "@stageledger/core/contract/figure-text";
import { verdictCard, WITHHELD } from "../analyse/output/verdict-card.ts";
import { wrap } from "../analyse/output/wrap.ts";
import type { LedgerReport } from "./build-report.ts";

const WIDTH = 80;
const INDENT = "  ";
const DAYS_TO_SUNDAY = 6;

/** @param project only this one; undefined = all that move */
export function reportText(
  report: LedgerReport,
  project: string | undefined,
  accent: (text: string) => string,
): string {
  const { flow, hours } = report;
  const shown = flow.projects.filter((one) =>
    project === undefined ? one.counts.wip > 0 || one.verdict.finishes > 0 : one.project === project,
  );
  const cards = shown.map((one) => {
    const ofProject = hours.projects.find((candidate) => candidate.project === one.project);
    const withStages = hours.period === null ? undefined : ofProject;
    return `${verdictCard(one, flow, accent, withStages)}\n${hoursLines(ofProject, report).join("\n")}`;
  });
  const others = hours.otherProjectsMinutes;
  const pooled =
    hours.period === null
      ? []
      : [
          `Other projects together, in ${periodText(hours.period)}: ${others === null ? NOT_ENOUGH_PEOPLE : publishedHours(others)}.`,
        ];
  const name = project ?? ALL_PROJECTS;
  return `${[...cards, ...(name === ALL_PROJECTS ? pooled : [])].join("\n\n")}\n`;
}

function hoursLines(hours: ProjectHours | undefined, { hours: view }: LedgerReport): string[] {
  const delayed = view.isDelayed ? " A release is under way and delayed." : "";
  const next = `${nextDays(view)}.${delayed}`;
  return linesAbout(hours, view, next).flatMap((line) => wrap(line, WIDTH, INDENT).map(indented));
}

function linesAbout(hours: ProjectHours | undefined, view: LedgerReport["hours"], next: string): string[] {
  if (hours === undefined || hours.weeks.length === 0) return [`First hours on ${next}`];
  if (view.period !== null) return linesOfPeriod(hours, view.period, view.quarter, next);
  return [`Hours: rounded to half hours; ${WITHHELD} = ${NOT_ENOUGH_PEOPLE}. Next on ${next}`, byWeek(hours)];
}

function linesOfPeriod(hours: ProjectHours, period: Period, quarter: Quarter | null, next: string): string[] {
  const parts = [...hours.stages, ...(hours.otherStages === null ? [] : [hours.otherStages])];
  const activities = [...hours.activities, ...(hours.otherActivities === null ? [] : [hours.otherActivities])];
  const byActivity = activities.length === 0 ? NOT_ENOUGH_PEOPLE : activities.map(partText).join(", ");
  return [
    `Hours: ${periodText(period)}, rounded to half hours; ${WITHHELD} = ${NOT_ENOUGH_PEOPLE}. Touch: hours logged in a stage over the time that items spent there. Next on ${next}`,
    byWeek(hours),
    `By activity: ${byActivity}`,
    ...(hours.lateMinutes === null || quarter === null
      ? []
      : [`Late corrections in ${quarter}: ${hoursOr(hours.lateMinutes)}`]),
    ...(parts.some(({ touchShare }) => (touchShare ?? 0) > 1)
      ? ["Touch says fault where more hours were logged than items spent there: the data cannot be right."]
      : []),
  ];
}

function byWeek({ weeks }: ProjectHours): string {
  return `By week: ${weeks.map(({ week, minutes }) => `${shortDay(week)} ${hoursOr(minutes)}`).join(", ")}`;
}

/** Totals come every week, stages with the last week of their period: then one day says both. */
function nextDays({ nextOn, stagesNextOn }: LedgerReport["hours"]): string {
  const day = (text: string): string => `${shortDay(text)} ${text.slice(0, 4)}`;
  return nextOn === stagesNextOn ? day(nextOn) : `${day(nextOn)}, by stage on ${day(stagesNextOn)}`;
}

/** The first line of a wrapped text has no indent of its own. */
function indented(line: string): string {
  return line.startsWith(INDENT) ? line : INDENT + line;
}

function hoursOr(minutes: number | null): string {
  return minutes === null ? WITHHELD : publishedHours(minutes);
}

function partText({ name, minutes }: PartHours): string {
  return `${name} ${publishedHours(minutes)}`;
}

function periodText(period: string): string {
  const weeks = weeksOf(period);
  return spanText(dayText(weeks[0] ?? 0), dayText((weeks.at(-1) ?? 0) + DAYS_TO_SUNDAY));
}
