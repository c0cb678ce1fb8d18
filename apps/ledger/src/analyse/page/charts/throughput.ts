/** Throughput by ISO week (F10); arrivals, departures and net flow of the verdict's weeks behind it (F26). */
import * as Plot from "@observablehq/plot";
import type { FlowReport, ProjectFlow } from "@stageledger/core";
import { count, counted, decimal, shortDay, tenths } from "@stageledger/core/contract/figure-text";
import type { Chart } from "./chart-card.ts";
import { draw } from "./draw.ts";
import { dateOf, dayOf, daysAfter, timeAxis, timeScale } from "./time-axis.ts";

interface Week {
  readonly monday: string;
  readonly items: number;
  readonly isVerdicts: boolean;
}

export function throughputChart(flow: ProjectFlow, window: FlowReport["window"]): Chart {
  const weeks = wholeWeeks(flow, window);
  const title = "Throughput";
  const first = weeks[0];
  const last = weeks.at(-1);
  if (first === undefined || last === undefined) {
    return {
      title,
      subtitle: "Items finished a week",
      drawing: null,
      notes: ["There is no whole week to draw."],
      table: null,
    };
  }
  const most = weeks.reduce((top, week) => (week.items > top.items ? week : top));
  const verdicts = weeks.filter((week) => week.isVerdicts);
  const mean = verdicts.reduce((sum, week) => sum + week.items, 0) / Math.max(1, verdicts.length);
  const lastDay = daysAfter(last.monday, 6);
  const bars = {
    x1: (week: Week) => dateOf(week.monday),
    x2: (week: Week) => dateOf(daysAfter(week.monday, 7)),
    y: "items",
    insetLeft: 0.75,
    insetRight: 0.75,
    title: (week: Week) => `Week of ${shortDay(week.monday)}: ${counted(week.items, "item")}`,
  };
  return {
    title,
    subtitle: `Items finished a week, ${counted(weeks.length, "whole week")}`,
    drawing: draw(
      {
        marginTop: 22,
        marginBottom: 30,
        marginLeft: 30,
        marginRight: 68,
        x: timeScale(first.monday, lastDay),
        y: { domain: [0, Math.max(1, most.items) * 1.08], label: "items a week", grid: true, ticks: 5 },
        marks: [
          Plot.rectY(
            weeks.filter((week) => !week.isVerdicts),
            { ...bars, fill: "var(--ink)", fillOpacity: 0.22 },
          ),
          Plot.rectY(verdicts, { ...bars, fill: "var(--mark)", fillOpacity: 0.75 }),
          ...meanLine(verdicts, mean),
          timeAxis(),
        ],
      },
      `Throughput of ${counted(weeks.length, "week")}: ${tenths(mean)} finished a week in the verdict's ${count(verdicts.length)}, at most ${counted(most.items, "item")} in the week of ${shortDay(most.monday)}.`,
    ),
    notes: ["Stronger: the weeks of the verdict."],
    table: {
      label: "Figures behind the chart of throughput",
      caption: "By week; arrivals and net flow are counted for the verdict's weeks.",
      columns: [
        { head: "Week of", isNumber: false },
        { head: "Arrivals", isNumber: true },
        { head: "Finished", isNumber: true },
        { head: "Withdrawn", isNumber: true },
        { head: "Net flow", isNumber: true },
      ],
      rows: weeks.map((week) => {
        const counts = flow.weeks.find((row) => row.week === week.monday);
        if (counts === undefined) return { head: week.monday, cells: ["", count(week.items), "", ""] };
        return {
          head: week.monday,
          cells: [
            count(counts.arrivals),
            count(week.items),
            count(counts.withdrawn),
            `${counts.net > 0 ? "+" : ""}${decimal(counts.net)}`,
          ],
        };
      }),
    },
  };
}

/** Daily throughput summed by ISO week; weeks that are cut by the charts' window are left out. */
function wholeWeeks(flow: ProjectFlow, window: FlowReport["window"]): readonly Week[] {
  const { days, throughput } = flow.charts;
  const weeks: Week[] = [];
  for (const [index, day] of days.entries()) {
    if (dateOf(day).getUTCDay() !== 1 || index + 7 > days.length) continue;
    const items = throughput.slice(index, index + 7).reduce((sum, finished) => sum + finished, 0);
    weeks.push({ monday: day, items, isVerdicts: day >= window.firstDay && day <= window.lastDay });
  }
  return weeks;
}

function meanLine(verdicts: readonly Week[], mean: number): readonly Plot.Markish[] {
  const [first] = verdicts;
  const last = verdicts.at(-1);
  if (first === undefined || last === undefined) return [];
  const line = { from: dateOf(first.monday), to: dateOf(dayOf(dateOf(daysAfter(last.monday, 7)))), mean };
  return [
    Plot.link([line], { x1: "from", x2: "to", y1: "mean", y2: "mean", stroke: "var(--ink)", strokeDasharray: "3 2" }),
    Plot.text([line], {
      x: "to",
      y: "mean",
      text: [`mean ${tenths(mean)}`],
      textAnchor: "start",
      dx: 5,
      fill: "var(--ink)",
    }),
  ];
}
