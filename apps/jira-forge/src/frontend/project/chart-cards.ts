/** What each chart draws, and what it says: what is only drawn has no text for screen readers. Pure. */
import {
  type Bar,
  type Bars,
  hourBars,
  longestBars,
  timeBars,
  weekBars,
  wipBars,
} from "../../state/project/chart-bars.ts";
import type { Report } from "../../state/project/project-state.ts";
import type { StageLine } from "../../state/project/stage-lines.ts";
import type { Words } from "../../words/english.ts";

const HOUR_MINUTES = 60;

export interface ChartCard {
  readonly testId: string;
  readonly title: string;
  /** Undefined where there is nothing to draw. */
  readonly bars: Bars["bars"] | undefined;
  readonly says: string;
}

export function chartCards(report: Report, lines: readonly StageLine[], of: Words["project"]): readonly ChartCard[] {
  return [
    wipCard(lines, of),
    timeCard(lines, of),
    // Before the first hours are published there is nothing to say of them.
    ...(report.hours.days === null ? [] : [hourCard(lines, of, of.span(report.hours.days))]),
    weekCard(report, of),
  ];
}

function wipCard(lines: readonly StageLine[], { charts: { wip } }: Words["project"]): ChartCard {
  const bars = wipBars(lines);
  const longest = longestBars(bars);
  const about = { testId: "chart-wip", title: wip.title };
  if (longest[0] === undefined) return { ...about, bars: undefined, says: wip.none };
  return { ...about, bars: bars.bars, says: wip.most(namesOf(longest), longest[0].value) };
}

function timeCard(lines: readonly StageLine[], { charts }: Words["project"]): ChartCard {
  const bars = timeBars(lines);
  const longest = longestBars(bars);
  const about = { testId: "chart-time", title: charts.time.title };
  if (longest[0] === undefined) return { ...about, bars: undefined, says: charts.time.none };
  const nOf = (stage: string): number => lines.find(({ name }) => name === stage)?.figures?.p85.n ?? 0;
  const stages = longest.map(({ name }) => ({ name, n: nOf(name) }));
  const says = charts.time.most(stages, longest[0].value);
  return { ...about, bars: bars.bars, says: withMissing(says, bars, charts.time.why, charts) };
}

function hourCard(lines: readonly StageLine[], { charts, stages }: Words["project"], span: string): ChartCard {
  const bars = hourBars(lines);
  const longest = longestBars(bars);
  const about = { testId: "chart-hours", title: charts.hours.title };
  if (longest[0] === undefined) return { ...about, bars: undefined, says: charts.hours.none(span) };
  const says = charts.hours.most(namesOf(longest), longest[0].value * HOUR_MINUTES, span);
  return { ...about, bars: bars.bars, says: withMissing(says, bars, stages.withheld, charts) };
}

function weekCard(report: Report, { charts: { weeks } }: Words["project"]): ChartCard {
  const bars = weekBars(report, weeks.weekOf);
  const values = bars.bars.map(({ value }) => value);
  const finished = values.reduce((sum, value) => sum + value, 0);
  const about = { testId: "chart-weeks", title: weeks.title };
  if (finished === 0) return { ...about, bars: undefined, says: weeks.none };
  return {
    ...about,
    bars: bars.bars,
    says: weeks.of(finished, values.length, Math.min(...values), Math.max(...values)),
  };
}

function namesOf(bars: readonly Bar[]): readonly string[] {
  return bars.map(({ name }) => name);
}

function withMissing(
  says: string,
  { without }: Bars,
  why: string,
  { without: tell }: Words["project"]["charts"],
): string {
  return without.length === 0 ? says : `${says} ${tell(without, why)}`;
}
