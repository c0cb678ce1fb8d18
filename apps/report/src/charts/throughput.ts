/** Throughput (F10): items finished each week, and what that lets one expect (F21). */
import * as Plot from "@observablehq/plot";
import { count, tenths } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { Decision } from "../address/address.ts";
import { number, type Table, text } from "../figures/data-table.tsx";
import { sentence } from "../words/sentence.ts";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { dateOf, daysAfter, decisionMark, timeAxis, timeScale } from "./time-axis.ts";

const MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 30, marginRight: 68 };

interface Week {
  readonly monday: string;
  readonly items: number;
  /** Of the weeks that the verdict is about. */
  readonly isVerdicts: boolean;
}

export function throughputChart(report: PageReport, decision: Decision | null): Chart {
  const said = words.charts.throughput;
  const weeks = wholeWeeks(report);
  const first = weeks[0];
  const last = weeks.at(-1);
  const most = Math.max(1, ...weeks.map(({ items }) => items));
  const verdicts = weeks.filter(({ isVerdicts }) => isVerdicts);
  const mean = verdicts.reduce((sum, { items }) => sum + items, 0) / Math.max(1, verdicts.length);
  const bars = {
    x1: ({ monday }: Week) => dateOf(monday),
    x2: ({ monday }: Week) => dateOf(daysAfter(monday, 7)),
    y: "items",
    insetLeft: 0.75,
    insetRight: 0.75,
    title: ({ monday, items }: Week) => said.bar(monday, items),
    className: "finished",
  };
  return {
    id: "throughput",
    title: said.title,
    rule: said.rule,
    sentence: sentenceOf(report, verdicts.length, mean),
    drawing:
      first === undefined || last === undefined
        ? null
        : (width) => ({
            ...MARGIN,
            x: timeScale(first.monday, daysAfter(last.monday, 6)),
            y: { domain: [0, most * 1.08], label: words.charts.axis.itemsAWeek, grid: true, ticks: 5 },
            marks: [
              Plot.rectY(
                weeks.filter(({ isVerdicts }) => !isVerdicts),
                { ...bars, fill: "var(--ink)", fillOpacity: 0.22 },
              ),
              Plot.rectY(verdicts, { ...bars, fill: "var(--mark)", fillOpacity: 0.75 }),
              ...meanMarks(verdicts, mean),
              ...decisionMark(decision, first.monday, daysAfter(last.monday, 6)),
              timeAxis(width),
            ],
          }),
    notes: notesOf(report),
    table: tableOf(weeks),
    file: "days",
  };
}

/** "85 %: 12 items by 14 Dec": what is to come first, then what was. */
function sentenceOf({ flow: { monteCarlo }, forecast }: PageReport, weeks: number, mean: number): string {
  const said = words.charts.throughput;
  const finished = weeks === 0 ? said.none : said.mean(mean, weeks);
  const items = monteCarlo.howMany?.p85.value ?? null;
  if (items === null) return `${finished} ${said.noForecast(monteCarlo.refusal)}`;
  return `${said.forecast(items, forecast.horizonDay)} ${finished}`;
}

function notesOf({ flow: { monteCarlo }, forecast }: PageReport): readonly string[] {
  const said = words.charts.throughput;
  const { p50 = null, p85 = null, p95 = null } = forecast.doneBy ?? {};
  return [
    monteCarlo.remaining > 0 &&
      p50 !== null &&
      p85 !== null &&
      p95 !== null &&
      said.doneBy(monteCarlo.remaining, p50, p85, p95),
    monteCarlo.refusal === null && said.trials(monteCarlo.trials, monteCarlo.seed, monteCarlo.windowDays),
    monteCarlo.warning !== null && sentence(monteCarlo.warning),
    said.stronger,
  ].filter((note) => note !== false);
}

function tableOf(weeks: readonly Week[]): Table {
  const { head, title, caption } = words.charts.throughput;
  return {
    label: words.charts.tableOf(title),
    caption,
    columns: [text(head.week), number(head.finished)],
    rows: weeks.map(({ monday, items }) => ({ id: monday, cells: [monday, count(items)] })),
  };
}

/** Daily throughput summed by ISO week; weeks that are cut by the charts' window are left out. */
function wholeWeeks({ flow: { charts }, window }: PageReport): readonly Week[] {
  const { days, throughput } = charts;
  return days.flatMap((day, index) => {
    if (dateOf(day).getUTCDay() !== 1 || index + 7 > days.length) return [];
    const items = throughput.slice(index, index + 7).reduce((sum, finished) => sum + finished, 0);
    return [{ monday: day, items, isVerdicts: day >= window.firstDay && day <= window.lastDay }];
  });
}

function meanMarks(verdicts: readonly Week[], mean: number): readonly Plot.Markish[] {
  const first = verdicts[0];
  const last = verdicts.at(-1);
  if (first === undefined || last === undefined) return [];
  const line = { from: dateOf(first.monday), to: dateOf(daysAfter(last.monday, 7)), mean };
  const className = "mean";
  return [
    Plot.link([line], {
      x1: "from",
      x2: "to",
      y1: "mean",
      y2: "mean",
      stroke: "var(--ink)",
      strokeDasharray: "3 2",
      className,
    }),
    Plot.text([line], {
      x: "to",
      y: "mean",
      text: [words.charts.throughput.meanLabel(tenths(mean))],
      textAnchor: "start",
      dx: 5,
      fill: "var(--ink)",
      className,
    }),
  ];
}
