/** Net flow (F26): what came in at the commitment less what left, week by week. */
import * as Plot from "@observablehq/plot";
import { count } from "@stageledger/core/contract/figure-text";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { Decision } from "../address/address.ts";
import { number, type Table, text } from "../figures/data-table.tsx";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { dateOf, daysAfter, decisionMark, mondayAxis, timeScale } from "./time-axis.ts";

type Week = PageFlow["weeks"][number];

const MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 30, marginRight: 68 };

export function netFlowChart({ flow: { weeks } }: PageReport, decision: Decision | null): Chart {
  const said = words.charts.netFlow;
  const first = weeks[0];
  const last = weeks.at(-1);
  const sum = (of: (week: Week) => number): number => weeks.reduce((total, week) => total + of(week), 0);
  const most = Math.max(1, ...weeks.map(({ net }) => Math.abs(net)));
  return {
    id: "net-flow",
    title: said.title,
    rule: said.rule,
    sentence:
      first === undefined
        ? said.none
        : said.sentence(
            weeks.length,
            sum(({ arrivals }) => arrivals),
            sum(({ departures }) => departures),
            sum(({ withdrawn }) => withdrawn),
            sum(({ net }) => net),
          ),
    drawing:
      first === undefined || last === undefined
        ? null
        : (width) => ({
            ...MARGIN,
            x: timeScale(first.week, daysAfter(last.week, 6)),
            y: {
              domain: [-most * 1.15, most * 1.15],
              label: words.charts.axis.items,
              grid: true,
              ticks: 5,
              tickFormat: signed,
            },
            marks: [
              Plot.rectY(weeks, {
                x1: ({ week }: Week) => dateOf(week),
                x2: ({ week }: Week) => dateOf(daysAfter(week, 7)),
                y: "net",
                insetLeft: 2,
                insetRight: 2,
                fill: "var(--mark)",
                fillOpacity: 0.6,
                title: ({ week, arrivals, departures }: Week) => said.bar(week, arrivals, departures),
                className: "net",
              }),
              Plot.ruleY([0], { stroke: "var(--ink)" }),
              Plot.text(weeks, {
                x: ({ week }: Week) => dateOf(daysAfter(week, 3)),
                y: "net",
                text: ({ net }: Week) => signed(net),
                dy: -7,
                filter: ({ net }: Week) => net >= 0,
                fill: "var(--ink)",
              }),
              Plot.text(weeks, {
                x: ({ week }: Week) => dateOf(daysAfter(week, 3)),
                y: "net",
                text: ({ net }: Week) => signed(net),
                dy: 7,
                filter: ({ net }: Week) => net < 0,
                fill: "var(--ink)",
              }),
              Plot.text([said.more, said.fewer], {
                y: [most * 0.6, -most * 0.6],
                text: (label: string) => label,
                frameAnchor: "right",
                textAnchor: "start",
                dx: 5,
                fill: "var(--soft)",
              }),
              ...decisionMark(decision, first.week, daysAfter(last.week, 6)),
              mondayAxis(
                weeks.map(({ week }) => week),
                width - MARGIN.marginLeft - MARGIN.marginRight,
              ),
            ],
          }),
    notes: [],
    table: tableOf(weeks),
    file: "weeks",
  };
}

function tableOf(weeks: readonly Week[]): Table {
  const { head, title, caption } = words.charts.netFlow;
  return {
    label: words.charts.tableOf(title),
    caption,
    columns: [
      text(head.week),
      number(head.arrivals),
      number(head.departures),
      number(head.withdrawn),
      number(head.net),
    ],
    rows: weeks.map(({ week, arrivals, departures, withdrawn, net }) => ({
      id: week,
      cells: [week, count(arrivals), count(departures), count(withdrawn), signed(net)],
    })),
  };
}

function signed(value: number): string {
  return value > 0 ? `+${count(value)}` : count(value);
}
