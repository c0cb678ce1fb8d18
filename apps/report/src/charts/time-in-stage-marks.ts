/** The marks of the chart of time in stage: the middle half as a bar, the median as a dot, 85 and 95 % as ticks. */
import * as Plot from "@observablehq/plot";
import { count, days } from "@stageledger/core/contract/figure-text";
import { shortened } from "../words/shortened.ts";
import { words } from "../words/words.ts";

const DAY = 86_400_000;
export const LONGEST_NAME = 14;
const LABEL = { y: "stage", frameAnchor: "right", textAnchor: "start", dx: 5, fill: "var(--ink)" } as const;

export interface Row {
  readonly stage: string;
  readonly n: number;
  readonly p25: number | null;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p85: number | null;
  readonly p95: number | null;
}

export type WholeRow = Pick<Row, "stage" | "n"> & Record<"p25" | "p50" | "p75" | "p85" | "p95", number>;

export function isWhole(row: Row): row is WholeRow {
  return row.p25 !== null && row.p50 !== null && row.p75 !== null && row.p85 !== null && row.p95 !== null;
}

export function intervals(rows: readonly WholeRow[]): readonly Plot.Markish[] {
  const tick = { y: "stage", stroke: "var(--mark)", strokeWidth: 1.4, insetTop: 8, insetBottom: 8 };
  return [
    Plot.link(rows, { x1: "p75", x2: "p95", y: "stage", stroke: "var(--mark)", strokeOpacity: 0.35 }),
    Plot.link(rows, { x1: "p25", x2: "p75", y: "stage", stroke: "var(--mark)", strokeOpacity: 0.4, strokeWidth: 10 }),
    Plot.tickX(rows, { ...tick, x: "p85" }),
    Plot.tickX(rows, { ...tick, x: "p95" }),
    Plot.dot(rows, {
      x: "p50",
      y: "stage",
      r: 3.6,
      fill: "var(--ink)",
      stroke: "var(--bg)",
      strokeWidth: 1,
      className: "median",
    }),
    Plot.text(rows, { ...LABEL, text: (row: WholeRow) => `85 % ${days(row.p85 * DAY)}` }),
  ];
}

export function thinDots(rows: readonly WholeRow[]): readonly Plot.Markish[] {
  const values = rows.flatMap(({ stage, p25, p50, p75, p85, p95 }) =>
    [p25, p50, p75, p85, p95].map((value) => ({ stage, value })),
  );
  return [
    Plot.dot(values, { x: "value", y: "stage", r: 2.8, fill: "var(--bg)", stroke: "var(--mark)", strokeWidth: 1.2 }),
    Plot.text(rows, { ...LABEL, text: (row: WholeRow) => `85 % ${days(row.p85 * DAY)}` }),
  ];
}

export function missing(rows: readonly Row[]): readonly Plot.Markish[] {
  const text = ({ n }: Row): string => words.charts.timeInStage.few(n);
  return [Plot.text(rows, { x: 0, y: "stage", text, textAnchor: "start", dx: 6, fill: "var(--soft)" })];
}

export function stageNames(rows: readonly Row[], marked: ReadonlySet<string>): readonly Plot.Markish[] {
  const shared = { y: "stage", frameAnchor: "left", textAnchor: "end", dx: -8 } as const;
  return [
    ...[true, false].map((isMarked) =>
      Plot.text(
        rows.filter((row) => marked.has(row.stage) === isMarked),
        {
          ...shared,
          dy: -5,
          text: (row: Row) => shortened(row.stage, LONGEST_NAME),
          fill: isMarked ? "var(--accent)" : "var(--ink)",
          fontWeight: isMarked ? 650 : 400,
        },
      ),
    ),
    Plot.text(rows, { ...shared, dy: 7, text: (row: Row) => `n ${count(row.n)}`, fontSize: 10, fill: "var(--soft)" }),
  ];
}
