/** Work in progress by day (F8). */
import * as Plot from "@observablehq/plot";
import { count } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { Decision } from "../address/address.ts";
import { number, text } from "../figures/data-table.tsx";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { dateOf, decisionMark, timeAxis, timeScale, weekends } from "./time-axis.ts";

const MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 30, marginRight: 68 };

/** @param at the day of the last figure; null: now */
export function workInProgressChart({ flow }: PageReport, decision: Decision | null, at: string | null): Chart {
  const { days, wip } = flow.charts;
  const said = words.charts.workInProgress;
  const points = days.map((day, index) => ({ date: dateOf(day), day, items: wip[index] ?? 0 }));
  const first = points[0];
  const last = points.at(-1);
  const most = points.reduce((top, point) => (point.items > (top?.items ?? -1) ? point : top), first);
  const steps = points.filter(
    (point, index) => point.items !== points[index - 1]?.items || index === points.length - 1,
  );
  const line = { x: "date", y: "items", curve: "step-after" } as const;
  return {
    id: "work-in-progress",
    title: said.title,
    rule: said.rule,
    sentence:
      last === undefined || most === undefined ? said.none : said.sentence(last.items, most.items, most.day, at),
    drawing:
      first === undefined || last === undefined
        ? null
        : (width) => ({
            ...MARGIN,
            x: timeScale(first.day, last.day),
            y: {
              domain: [0, Math.max(1, most?.items ?? 1) * 1.08],
              label: words.charts.axis.items,
              grid: true,
              ticks: 5,
            },
            marks: [
              weekends(first.day, last.day),
              Plot.areaY(steps, { ...line, fill: "var(--ink)", fillOpacity: 0.07 }),
              Plot.lineY(steps, { ...line, stroke: "var(--mark)", strokeWidth: 1.5, className: "wip" }),
              Plot.dot([last], { x: "date", y: "items", r: 2.6, fill: "var(--ink)" }),
              Plot.text([last], {
                x: "date",
                y: "items",
                text: [said.now(last.items, at)],
                textAnchor: "start",
                dx: 8,
                fill: "var(--ink)",
              }),
              ...decisionMark(decision, first.day, last.day),
              timeAxis(width),
            ],
          }),
    notes: [],
    table: {
      label: words.charts.tableOf(said.title),
      caption: said.caption,
      columns: [text(said.head.day), number(said.head.wip)],
      rows: points
        .filter((_, index) => (points.length - 1 - index) % 7 === 0)
        .map(({ day, items }) => ({ id: day, cells: [day, count(items)] })),
    },
    file: "days",
  };
}
