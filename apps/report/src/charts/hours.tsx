/** Hours (released ones only) by stage and by activity, period by period. What is not published has no place in the drawing. */
import { publishedHours } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { number, type Table, text } from "../figures/data-table.tsx";
import { Withheld } from "../figures/figure.tsx";
import { markedStages } from "../verdict/stages-of-verdict.ts";
import { activityName } from "../words/activity-name.ts";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { type HoursSeries, hoursLines } from "./hours-lines.ts";
import { stageBars } from "./stage-bars.ts";

type Period = PageReport["hours"]["periods"][number];
type Part = Period["stages"][number];

const MOST_BARS = 8;

export function hoursByStageChart(report: PageReport): Chart {
  const { periods } = report.hours;
  const partsOf = ({ stages, otherStages }: Period): readonly Part[] => [
    ...stages,
    ...(otherStages === null ? [] : [otherStages]),
  ];
  const marked = markedStages(report.flow);
  return {
    ...hoursChart(
      report,
      words.charts.hoursByStage,
      seriesOf(periods, partsOf, (name) => name, marked),
    ),
    id: "hours-by-stage",
    file: "hours-by-stage",
  };
}

export function hoursByActivityChart(report: PageReport): Chart {
  const { periods } = report.hours;
  const partsOf = ({ activities, otherActivities }: Period): readonly Part[] => [
    ...activities,
    ...(otherActivities === null ? [] : [otherActivities]),
  ];
  return {
    ...hoursChart(report, words.charts.hoursByActivity, seriesOf(periods, partsOf, activityName, null)),
    id: "hours-by-activity",
    file: "hours-by-activity",
  };
}

/** @param marked the stages in the accent colour; null where the series are told apart by colour */
function seriesOf(
  periods: readonly Period[],
  partsOf: (period: Period) => readonly Part[],
  nameOf: (name: string) => string,
  marked: ReadonlySet<string> | null,
): readonly HoursSeries[] {
  const names = [...new Set(periods.flatMap((period) => partsOf(period).map(({ name }) => name)))];
  return names.map((name, place) => ({
    name: nameOf(name),
    minutes: periods.map((period) => partsOf(period).find((part) => part.name === name)?.minutes ?? null),
    colour: marked === null ? `var(--series-${(place % 6) + 1})` : marked.has(name) ? "var(--accent)" : "var(--mark)",
    isMarked: marked?.has(name) === true,
  }));
}

function hoursChart(
  { hours }: PageReport,
  said: typeof words.charts.hoursByStage,
  series: readonly HoursSeries[],
): Omit<Chart, "id" | "file"> {
  const { periods, nextOn, stagesNextOn, isDelayed } = hours;
  const last = periods.at(-1);
  const own = series
    .flatMap((one) => {
      const minutes = one.minutes.at(-1) ?? null;
      return minutes === null ? [] : [{ ...one, last: minutes }];
    })
    .toSorted((a, b) => b.last - a.last);
  const [most] = own;
  const shared = words.charts.hours;
  const isDrawn = series.some(({ minutes }) => minutes.some((one) => one !== null));
  const drawing = (): Chart["drawing"] => {
    if (!isDrawn) return null;
    if (periods.length > 1)
      return (width) =>
        hoursLines(
          series,
          periods.map(({ days }) => days),
          width,
        );
    const bars = own.slice(0, MOST_BARS).map(({ name, last, isMarked }) => ({
      stage: name,
      value: last,
      text: publishedHours(last),
      isMarked,
    }));
    return () => stageBars(bars);
  };
  return {
    title: said.title,
    rule: said.rule,
    sentence:
      last === undefined
        ? shared.none(stagesNextOn)
        : most === undefined
          ? shared.withheld(words.span(last.days))
          : said.sentence(words.span(last.days), most.name, publishedHours(most.last)),
    drawing: drawing(),
    notes: [
      last !== undefined && shared.next(stagesNextOn),
      last === undefined && shared.weeksNext(nextOn),
      isDelayed && words.hours.delayed,
      isDrawn && shared.gaps,
    ].filter((note) => note !== false),
    table: tableOf(said, series, periods),
  };
}

function tableOf(
  { title, part }: typeof words.charts.hoursByStage,
  series: readonly HoursSeries[],
  periods: readonly Period[],
): Table {
  const cell = (minutes: number | null, key: string): ReactNode =>
    minutes === null ? <Withheld key={key} /> : publishedHours(minutes);
  const nothing =
    periods.length === 0 ? [] : [{ id: "withheld", cells: ["—", ...periods.map(({ period }) => cell(null, period))] }];
  return {
    label: words.charts.tableOf(title),
    caption: words.charts.hours.caption,
    columns: [text(part), ...periods.map(({ days }) => number(words.span(days)))],
    rows:
      series.length === 0
        ? nothing
        : series.map(({ name, minutes }) => ({
            id: name,
            cells: [name, ...periods.map(({ period }, index) => cell(minutes[index] ?? null, period))],
          })),
  };
}
