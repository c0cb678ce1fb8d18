/** Cycle-time scatter (F5): one dot a finished item at its day of finish, percentiles labelled on their lines. */
import * as Plot from "@observablehq/plot";
import type { Figure, ProjectFlow, Span } from "@stageledger/core";
import { count, counted, decimal, shortDay } from "@stageledger/core/contract/figure-text";
import { keysText, sentence } from "../words.ts";
import type { Chart } from "./chart-card.ts";
import { dayCap } from "./day-cap.ts";
import { CHART_HEIGHT, draw } from "./draw.ts";
import { spread } from "./spread.ts";
import { dateOf, dayOf, timeAxis, timeScale, weekends } from "./time-axis.ts";

const ROWS_SHOWN = 50;
const MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 30, marginRight: 68 };

type ScatterItem = ProjectFlow["charts"]["scatter"][number];

/** Items of one day and cycle time are one dot: its area says how many. */
interface Dot {
  readonly date: Date;
  readonly cycleDays: number;
  readonly reopened: boolean;
  readonly keys: string[];
}

export function scatterChart(flow: ProjectFlow, span: Span): Chart {
  const { scatter, omitted, scatterPercentiles: percentiles } = flow.charts;
  const subtitle = `Days from start to finish, by day of finish · n ${count(scatter.length + omitted)}`;
  const title = "Cycle time";
  if (scatter.length === 0) {
    return { title, subtitle, drawing: null, notes: ["No item was finished in these days."], table: null };
  }
  const longest = scatter.toSorted((a, b) => b.cycleDays - a.cycleDays);
  const lines = linesOf(percentiles);
  const cap = dayCap(
    scatter.map((item) => item.cycleDays),
    percentiles.p95.value,
  );
  const above = scatter.filter((item) => item.cycleDays > cap).length;
  const reopened = scatter.filter((item) => item.reopened).length;
  const note = percentiles.p85.note;
  return {
    title,
    subtitle,
    drawing: draw(
      {
        ...MARGIN,
        x: timeScale(span.firstDay, span.lastDay),
        y: { domain: [0, cap], label: "days", grid: true, ticks: 5 },
        r: { type: "identity" },
        marks: [
          weekends(span.firstDay, span.lastDay),
          ...percentileLines(lines, cap),
          ...dots(scatter, cap),
          timeAxis(),
        ],
      },
      reading(scatter.length + omitted, lines, longest[0]),
    ),
    notes: [
      note !== undefined && sentence(`${lines.length === 0 ? "no percentiles" : "percentiles"}: ${note}`),
      reopened > 0 && `○ re-opened once or more (${count(reopened)}).`,
      above > 0 && `▲ ${counted(above, "item")} above ${decimal(cap)} d, drawn at the edge.`,
      omitted > 0 && `The newest ${count(scatter.length)} are drawn, ${count(omitted)} older ones are left off.`,
    ].filter((line) => line !== false),
    table: {
      label: "Figures behind the chart of cycle time",
      caption: `The ${count(Math.min(ROWS_SHOWN, longest.length))} longest of ${count(scatter.length + omitted)}; an items file (--items) holds all.`,
      columns: [
        { head: "Item", isNumber: false },
        { head: "Finished", isNumber: false },
        { head: "Days", isNumber: true },
        { head: "Re-opened", isNumber: false },
      ],
      rows: longest.slice(0, ROWS_SHOWN).map((item) => ({
        head: item.key,
        cells: [item.day, decimal(item.cycleDays), item.reopened ? "yes" : ""],
      })),
    },
  };
}

interface PercentileLine {
  readonly percent: number;
  readonly days: number;
}

function linesOf(percentiles: ProjectFlow["charts"]["scatterPercentiles"]): readonly PercentileLine[] {
  const line = (percent: number, figure: Figure): PercentileLine[] =>
    figure.value === null ? [] : [{ percent, days: figure.value }];
  return [...line(50, percentiles.p50), ...line(85, percentiles.p85), ...line(95, percentiles.p95)];
}

function percentileLines(lines: readonly PercentileLine[], cap: number): readonly Plot.Markish[] {
  const gap = (12 / (CHART_HEIGHT - MARGIN.marginTop - MARGIN.marginBottom)) * cap;
  const places = spread(
    lines.map((line) => line.days),
    gap,
    0,
    cap,
  );
  return [
    Plot.ruleY(
      lines.filter((line) => line.percent !== 85),
      { y: "days", stroke: "var(--ink)", strokeOpacity: 0.45, strokeDasharray: "3 2" },
    ),
    Plot.ruleY(
      lines.filter((line) => line.percent === 85),
      { y: "days", stroke: "var(--ink)" },
    ),
    Plot.text(lines, {
      y: (_line: PercentileLine, index: number) => places[index],
      text: (line: PercentileLine) => `${line.percent} % ${decimal(line.days)} d`,
      frameAnchor: "right",
      textAnchor: "start",
      dx: 5,
      fill: "var(--ink)",
    }),
  ];
}

function dots(scatter: readonly ScatterItem[], cap: number): readonly Plot.Markish[] {
  const byPlace = new Map<string, Dot>();
  for (const { day, cycleDays, reopened, key } of scatter) {
    const place = `${day} ${cycleDays} ${reopened}`;
    const dot = byPlace.get(place) ?? { date: dateOf(day), cycleDays, reopened, keys: [] };
    dot.keys.push(key);
    byPlace.set(place, dot);
  }
  const all = [...byPlace.values()];
  const within = all.filter((dot) => dot.cycleDays <= cap);
  const shared = {
    x: "date",
    r: (dot: Dot) => Math.min(7, 2.1 * Math.sqrt(dot.keys.length)),
    title: (dot: Dot) =>
      `${keysText(dot.keys, dot.keys.length, 4)} · ${decimal(dot.cycleDays)} d · ${shortDay(dayOf(dot.date))}`,
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

function reading(n: number, lines: readonly PercentileLine[], longest: ScatterItem | undefined): string {
  const shares = lines.map((line) => `${line.percent} % within ${decimal(line.days)} d`);
  const spread = shares.length === 0 ? "too few for percentiles" : shares.join(", ");
  const worst = longest === undefined ? "" : `; the longest, ${longest.key}, took ${decimal(longest.cycleDays)} d`;
  return `Cycle time of ${counted(n, "finished item")}: ${spread}${worst}.`;
}
