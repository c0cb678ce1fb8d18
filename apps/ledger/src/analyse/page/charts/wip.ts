/** Work in progress by day (F8). */
import * as Plot from "@observablehq/plot";
import type { ProjectFlow } from "@stageledger/core";
import { count, counted, shortDay } from "@stageledger/core/contract/figure-text";
import type { Chart } from "./chart-card.ts";
import { draw } from "./draw.ts";
import { dateOf, timeAxis, timeScale, weekends } from "./time-axis.ts";

export function wipChart(flow: ProjectFlow): Chart {
  const { days, wip } = flow.charts;
  const firstDay = days[0];
  const lastDay = days.at(-1);
  const title = "Work in progress";
  if (firstDay === undefined || lastDay === undefined) {
    return {
      title,
      subtitle: "Items started and not finished",
      drawing: null,
      notes: ["There are no days to draw."],
      table: null,
    };
  }
  const points = days.map((day, index) => ({ date: dateOf(day), day, items: wip[index] ?? 0 }));
  const most = points.reduce((top, point) => (point.items > top.items ? point : top));
  const last = points.slice(-1);
  const steps = points.filter(
    (point, index) => point.items !== points[index - 1]?.items || index === points.length - 1,
  );
  const now = last[0]?.items ?? 0;
  return {
    title,
    subtitle: "Items started and not finished, by day",
    drawing: draw(
      {
        marginTop: 22,
        marginBottom: 30,
        marginLeft: 30,
        marginRight: 68,
        x: timeScale(firstDay, lastDay),
        y: { domain: [0, Math.max(1, most.items) * 1.08], label: "items", grid: true, ticks: 5 },
        marks: [
          weekends(firstDay, lastDay),
          Plot.areaY(steps, { x: "date", y: "items", curve: "step-after", fill: "var(--ink)", fillOpacity: 0.07 }),
          Plot.lineY(steps, { x: "date", y: "items", curve: "step-after", stroke: "var(--mark)", strokeWidth: 1.5 }),
          Plot.dot(last, { x: "date", y: "items", r: 2.6, fill: "var(--ink)" }),
          Plot.text(last, {
            x: "date",
            y: "items",
            text: [`${count(now)} now`],
            textAnchor: "start",
            dx: 8,
            fill: "var(--ink)",
          }),
          timeAxis(),
        ],
      },
      `Work in progress by day: ${count(points[0]?.items ?? 0)} on ${shortDay(firstDay)}, ${count(now)} on ${shortDay(lastDay)}, at most ${counted(most.items, "item")} on ${shortDay(most.day)}.`,
    ),
    notes: [`At most ${count(most.items)}, on ${shortDay(most.day)}.`],
    table: {
      label: "Figures behind the chart of work in progress",
      caption: "At the end of the day, a row a week.",
      columns: [
        { head: "Day", isNumber: false },
        { head: "WIP", isNumber: true },
      ],
      rows: points
        .filter((_, index) => (points.length - 1 - index) % 7 === 0)
        .map((point) => ({ head: point.day, cells: [count(point.items)] })),
    },
  };
}
