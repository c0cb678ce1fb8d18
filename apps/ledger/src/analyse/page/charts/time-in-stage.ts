/** Time in stage (F11): per stage the middle half as a bar, the median as a dot, 85 % and 95 % as ticks. */
import * as Plot from "@observablehq/plot";
import type { ProjectFlow } from "@stageledger/core";
import { count, counted, days, decimal, NEVER_VISITED } from "@stageledger/core/contract/figure-text";
import { chosenStages } from "../chosen-stages.ts";
import { shortened } from "../words.ts";
import type { Chart } from "./chart-card.ts";
import { CHART_HEIGHT, draw } from "./draw.ts";

/** Under this many items the quantiles are drawn as dots (F17). */
const THIN = 20;
const QUANTILES = ["25 %", "50 %", "75 %", "85 %", "95 %"];
const MARGIN = { marginTop: 14, marginBottom: 36, marginRight: 68 };
const DAY = 86_400_000;
const ROW_HEIGHT = 28;
/** Rows that keep the card about as high as the others. */
const MOST_ROWS = 7;

const LABEL = { y: "stage", frameAnchor: "right", textAnchor: "start", dx: 5, fill: "var(--ink)" } as const;

interface Row {
  readonly stage: string;
  readonly n: number;
  readonly p25: number | null;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p85: number | null;
  readonly p95: number | null;
}

interface WholeRow extends Row {
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p85: number;
  readonly p95: number;
}

export function timeInStageChart(flow: ProjectFlow, marked: ReadonlySet<string>): Chart {
  const all = flow.charts.timeInStage.map(
    ({ stage, n, quantiles: [p25, p50, p75, p85, p95] }): Row => ({
      stage,
      n,
      p25: p25 ?? null,
      p50: p50 ?? null,
      p75: p75 ?? null,
      p85: p85 ?? null,
      p95: p95 ?? null,
    }),
  );
  const title = "Time in stage";
  const subtitle = "Days, all visits of a finished item · n by stage";
  const visited = all.filter((row) => row.n > 0);
  const names = chosenStages(
    visited.map((row) => ({ name: row.stage, weight: row.p85 ?? 0 })),
    MOST_ROWS,
    marked,
  );
  const rows = visited.filter((row) => names.includes(row.stage));
  const whole = rows.filter(isWhole);
  const table = {
    label: "Figures behind the chart of time in stage",
    caption: "Days in the stage, all visits together.",
    columns: [
      { head: "Stage", isNumber: false },
      ...QUANTILES.map((head) => ({ head, isNumber: true })),
      { head: "n", isNumber: true },
    ],
    rows: all.map((row) => ({
      head: row.stage,
      cells: [
        ...[row.p25, row.p50, row.p75, row.p85, row.p95].map((value) =>
          value === null ? (row.n === 0 ? NEVER_VISITED : "too few") : decimal(value),
        ),
        count(row.n),
      ],
    })),
  };
  if (rows.length === 0)
    return { title, subtitle, drawing: null, notes: ["No stage was left by a finished item."], table: null };
  const longestName = Math.max(...rows.map((row) => shortened(row.stage, 14).length));
  const isThin = whole.some((row) => row.n < THIN);
  return {
    title,
    subtitle,
    drawing: draw(
      {
        ...MARGIN,
        marginLeft: Math.max(52, longestName * 6.6 + 14),
        height: Math.max(CHART_HEIGHT, rows.length * ROW_HEIGHT + 60),
        x: { domain: [0, Math.max(1, ...whole.map((row) => row.p95)) * 1.04], label: null, grid: true, ticks: 6 },
        y: { type: "band", domain: rows.map((row) => row.stage), axis: null, padding: 0.3 },
        marks: [
          ...intervals(whole.filter((row) => row.n >= THIN)),
          ...thinDots(whole.filter((row) => row.n < THIN)),
          ...missing(rows.filter((row) => !isWhole(row))),
          ...stageNames(rows, marked),
          Plot.axisX({ ticks: 6, tickSize: 4, label: "days →", labelOffset: 34 }),
        ],
      },
      reading(whole),
    ),
    notes: [
      whole.some((row) => row.n >= THIN) && "● median, ▬ middle half, | 85 and 95 %.",
      isThin && `○ thin data: the same five values of fewer than ${THIN} items.`,
      visited.length > rows.length &&
        `${counted(visited.length - rows.length, "more stage")}, shorter or with fewer items: in the figures.`,
    ].filter((line) => line !== false),
    table,
  };
}

function isWhole(row: Row): row is WholeRow {
  return row.p25 !== null && row.p50 !== null && row.p75 !== null && row.p85 !== null && row.p95 !== null;
}

function intervals(rows: readonly WholeRow[]): readonly Plot.Markish[] {
  const tick = { y: "stage", stroke: "var(--mark)", strokeWidth: 1.4, insetTop: 8, insetBottom: 8 };
  return [
    Plot.link(rows, { x1: "p75", x2: "p95", y: "stage", stroke: "var(--mark)", strokeOpacity: 0.35 }),
    Plot.link(rows, { x1: "p25", x2: "p75", y: "stage", stroke: "var(--mark)", strokeOpacity: 0.4, strokeWidth: 10 }),
    Plot.tickX(rows, { ...tick, x: "p85" }),
    Plot.tickX(rows, { ...tick, x: "p95" }),
    Plot.dot(rows, { x: "p50", y: "stage", r: 3.6, fill: "var(--ink)", stroke: "var(--bg)", strokeWidth: 1 }),
    Plot.text(rows, { ...LABEL, text: (row: WholeRow) => `85 % ${days(row.p85 * DAY)}` }),
  ];
}

function thinDots(rows: readonly WholeRow[]): readonly Plot.Markish[] {
  const values = rows.flatMap(({ stage, p25, p50, p75, p85, p95 }) =>
    [p25, p50, p75, p85, p95].map((value) => ({ stage, value })),
  );
  return [
    Plot.dot(values, { x: "value", y: "stage", r: 2.8, fill: "var(--bg)", stroke: "var(--mark)", strokeWidth: 1.2 }),
    Plot.text(rows, { ...LABEL, text: (row: WholeRow) => `85 % ${days(row.p85 * DAY)}` }),
  ];
}

function missing(rows: readonly Row[]): readonly Plot.Markish[] {
  const text = (row: Row): string => `n ${row.n}: too few for percentiles`;
  return [Plot.text(rows, { x: 0, y: "stage", text, textAnchor: "start", dx: 6, fill: "var(--soft)" })];
}

function stageNames(rows: readonly Row[], marked: ReadonlySet<string>): readonly Plot.Markish[] {
  const shared = { y: "stage", frameAnchor: "left", textAnchor: "end", dx: -8 } as const;
  return [
    ...[true, false].map((isMarked) =>
      Plot.text(
        rows.filter((row) => marked.has(row.stage) === isMarked),
        {
          ...shared,
          dy: -5,
          text: (row: Row) => shortened(row.stage, 14),
          fill: isMarked ? "var(--accent)" : "var(--ink)",
          fontWeight: isMarked ? 650 : 400,
        },
      ),
    ),
    Plot.text(rows, { ...shared, dy: 7, text: (row: Row) => `n ${count(row.n)}`, fontSize: 10, fill: "var(--soft)" }),
  ];
}

function reading(rows: readonly WholeRow[]): string {
  if (rows.length === 0) return "Time in stage: too few items for percentiles in any stage.";
  const stages = rows.map(
    (row) => `${row.stage} ${days(row.p50 * DAY)} at the median and ${days(row.p85 * DAY)} at 85 %`,
  );
  return `Time in stage: ${stages.join("; ")}.`;
}
