/** Cycle-time scatter (F5): a dot a finished item at its day of finish, percentiles labelled on their lines. */
import * as Plot from "@observablehq/plot";
import { count, decimal } from "@stageledger/core/contract/figure-text";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { Decision } from "../address/address.ts";
import { number, type Table, text } from "../figures/data-table.tsx";
import { ItemKey } from "../figures/item-keys.tsx";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { dayCap } from "./day-cap.ts";
import { percentileLinesOf, percentileMarks } from "./percentile-lines.ts";
import { dateOf, dayOf, decisionMark, timeAxis, timeScale, weekends } from "./time-axis.ts";

const MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 30, marginRight: 68 };
const KEYS_NAMED = 4;

type ScatterItem = PageFlow["charts"]["scatter"][number];

/** Items of one day and cycle time are one dot: its area says how many. */
interface Dot {
  readonly date: Date;
  readonly cycleDays: number;
  readonly reopened: boolean;
  readonly keys: string[];
  items: number;
}

export function cycleTimeChart(report: PageReport, decision: Decision | null): Chart {
  const { scatter, omitted, scatterPercentiles: percentiles } = report.flow.charts;
  const { firstDay, lastDay } = report.chartWindow;
  const said = words.charts.cycleTime;
  const n = scatter.length + omitted;
  const cap = dayCap(
    scatter.map((item) => item.cycleDays),
    percentiles.p95.value,
  );
  const above = scatter.filter((item) => item.cycleDays > cap).length;
  const reopened = scatter.filter((item) => item.reopened).length;
  return {
    id: "cycle-time",
    title: said.title,
    rule: said.rule,
    sentence: sentenceOf(n, percentiles),
    drawing:
      scatter.length === 0
        ? null
        : (width) => ({
            ...MARGIN,
            x: timeScale(firstDay, lastDay),
            y: { domain: [0, cap], label: words.charts.axis.days, grid: true, ticks: 5 },
            r: { type: "identity" },
            marks: [
              weekends(firstDay, lastDay),
              ...percentileMarks(percentileLinesOf(percentiles), cap, MARGIN.marginTop + MARGIN.marginBottom),
              ...dotMarks(scatter, cap),
              ...decisionMark(decision, firstDay, lastDay),
              timeAxis(width),
            ],
          }),
    notes: [
      reopened > 0 && said.reopened(reopened),
      above > 0 && words.charts.edge(above, cap),
      omitted > 0 && said.omitted(scatter.length, omitted),
    ].filter((note) => note !== false),
    table: tableOf(report),
    file: "finished-items",
  };
}

function sentenceOf(n: number, { p50, p85 }: PageFlow["charts"]["scatterPercentiles"]): string {
  const said = words.charts.cycleTime;
  if (n === 0) return said.none;
  if (p50.value === null || p85.value === null) return said.few(n);
  return said.sentence(n, decimal(p50.value), decimal(p85.value));
}

function tableOf({ flow: { charts }, linkKindByKey }: PageReport): Table {
  const { head, title } = words.charts.cycleTime;
  return {
    label: words.charts.tableOf(title),
    caption: words.charts.cycleTime.longestFirst,
    columns: [text(head.item), text(head.finished), number(head.days), text(head.reopened)],
    rows: charts.scatter
      .toSorted((a, b) => b.cycleDays - a.cycleDays)
      .map(({ key, day, cycleDays, reopened }, index) => ({
        id: key ?? `${index}`,
        cells: [
          key === null ? words.charts.keyKept : <ItemKey key={key} of={key} links={linkKindByKey} />,
          day,
          decimal(cycleDays),
          reopened ? words.charts.yes : "",
        ],
      })),
  };
}

function dotMarks(scatter: readonly ScatterItem[], cap: number): readonly Plot.Markish[] {
  const byPlace = new Map<string, Dot>();
  for (const { day, cycleDays, reopened, key } of scatter) {
    const place = `${day} ${cycleDays} ${reopened}`;
    const dot = byPlace.get(place) ?? { date: dateOf(day), cycleDays, reopened, keys: [], items: 0 };
    dot.items += 1;
    if (key !== null) dot.keys.push(key);
    byPlace.set(place, dot);
  }
  const all = [...byPlace.values()];
  const within = all.filter((dot) => dot.cycleDays <= cap);
  const shared = {
    x: "date",
    r: (dot: Dot) => Math.min(7, 2.1 * Math.sqrt(dot.items)),
    title: titleOf,
    className: "items",
  };
  return [
    Plot.dot(
      within.filter((dot) => !dot.reopened),
      { ...shared, y: "cycleDays", fill: "var(--mark)", fillOpacity: 0.55, stroke: "none" },
    ),
    Plot.dot(
      within.filter((dot) => dot.reopened),
      { ...shared, y: "cycleDays", fill: "var(--bg)", stroke: "var(--mark)", strokeWidth: 1.2 },
    ),
    Plot.dot(
      all.filter((dot) => dot.cycleDays > cap),
      { ...shared, y: cap, r: 3.2, symbol: "triangle", fill: "var(--mark)", stroke: "none" },
    ),
  ];
}

function titleOf({ keys, items, cycleDays, date }: Dot): string {
  const named = keys.slice(0, KEYS_NAMED).join(", ");
  const what = named === "" ? words.items(items) : keys.length > KEYS_NAMED ? `${named} … (${count(items)})` : named;
  return words.charts.cycleTime.dot(what, cycleDays, dayOf(date));
}
