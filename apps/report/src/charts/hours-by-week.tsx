/** Hours of whole weeks, as they were published. A week without a bar is one in which there were not enough people to show. */
import * as Plot from "@observablehq/plot";
import { publishedHours } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import { number, text } from "../figures/data-table.tsx";
import { Withheld } from "../figures/figure.tsx";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { dateOf, daysAfter, mondayAxis, timeScale } from "./time-axis.ts";

const MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 36, marginRight: 20 };

interface ShownWeek {
  readonly week: string;
  readonly minutes: number;
}

export function hoursByWeekChart({ hours }: PageReport): Chart {
  const { weeks, nextOn, lateMinutes, isDelayed } = hours;
  const said = words.charts.hoursByWeek;
  const shown = weeks.flatMap(({ week, minutes }): ShownWeek[] => (minutes === null ? [] : [{ week, minutes }]));
  const latest = shown.at(-1);
  const withheld = weeks.length - shown.length;
  return {
    id: "hours-by-week",
    title: said.title,
    rule: said.rule,
    sentence:
      latest === undefined
        ? weeks.length === 0
          ? said.none(nextOn)
          : said.withheld(weeks.length)
        : said.sentence(publishedHours(latest.minutes), latest.week),
    drawing: shown.length === 0 ? null : (width) => drawingOf(weeks, shown, width),
    notes: [
      weeks.length > 0 && said.next(nextOn),
      latest !== undefined && withheld > 0 && said.withheld(withheld),
      lateMinutes !== null && said.late(publishedHours(lateMinutes)),
      isDelayed && words.hours.delayed,
    ].filter((note) => note !== false),
    table: {
      label: words.charts.tableOf(said.title),
      caption: words.charts.hours.caption,
      columns: [text(said.head.week), number(said.head.hours)],
      rows: weeks.map(({ week, minutes }) => ({
        id: week,
        cells: [week, minutes === null ? <Withheld key="hours" /> : publishedHours(minutes)],
      })),
    },
    file: "hours-by-week",
  };
}

function drawingOf(weeks: PageReport["hours"]["weeks"], shown: readonly ShownWeek[], width: number): Plot.PlotOptions {
  const first = weeks[0]?.week ?? "";
  const last = weeks.at(-1)?.week ?? "";
  return {
    ...MARGIN,
    x: timeScale(first, daysAfter(last, 6)),
    y: {
      domain: [0, Math.max(...shown.map(({ minutes }) => minutes / 60)) * 1.08],
      label: words.charts.axis.hours,
      grid: true,
      ticks: 5,
    },
    marks: [
      Plot.rectY(shown, {
        x1: ({ week }: ShownWeek) => dateOf(week),
        x2: ({ week }: ShownWeek) => dateOf(daysAfter(week, 7)),
        y: ({ minutes }: ShownWeek) => minutes / 60,
        insetLeft: 2,
        insetRight: 2,
        fill: "var(--mark)",
        fillOpacity: 0.6,
        title: ({ week, minutes }: ShownWeek) => words.charts.hoursByWeek.bar(week, publishedHours(minutes)),
        className: "hours",
      }),
      Plot.ruleY([0], { stroke: "var(--ink)", strokeOpacity: 0.5 }),
      mondayAxis(
        weeks.map(({ week }) => week),
        width - MARGIN.marginLeft - MARGIN.marginRight,
      ),
    ],
  };
}
