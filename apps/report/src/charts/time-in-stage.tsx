/** Time in stage (F11): how long finished items were in each stage, all visits together. */
import { axisX } from "@observablehq/plot";
import { count, decimal, NEVER_VISITED } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import { number, type Table, text } from "../figures/data-table.tsx";
import { chosenStages } from "../strip/shown-stages.ts";
import { markedStages } from "../verdict/stages-of-verdict.ts";
import { shortened } from "../words/shortened.ts";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { CHART_HEIGHT } from "./draw.ts";
import {
  intervals,
  isWhole,
  LONGEST_NAME,
  missing,
  type Row,
  stageNames,
  thinDots,
  type WholeRow,
} from "./time-in-stage-marks.ts";

/** Under this many items the quantiles are drawn as dots (F17). */
const THIN = 20;
const MARGIN = { marginTop: 14, marginBottom: 36, marginRight: 68 };
/** Rows that keep the card as high as the others. */
const MOST_ROWS = 6;

export function timeInStageChart(report: PageReport): Chart {
  const said = words.charts.timeInStage;
  const all = rowsOf(report);
  const visited = all.filter((row) => row.n > 0);
  const marked = markedStages(report.flow);
  const names = chosenStages(
    visited.map((row) => ({ name: row.stage, weight: row.p85 ?? 0 })),
    MOST_ROWS,
    marked,
  );
  const rows = visited.filter((row) => names.includes(row.stage));
  const whole = rows.filter(isWhole);
  const longestName = Math.max(0, ...rows.map((row) => shortened(row.stage, LONGEST_NAME).length));
  return {
    id: "time-in-stage",
    title: said.title,
    rule: said.rule,
    sentence: sentenceOf(rows.length, whole),
    drawing:
      rows.length === 0
        ? null
        : () => ({
            ...MARGIN,
            marginLeft: Math.max(52, longestName * 6.6 + 14),
            height: CHART_HEIGHT,
            x: { domain: [0, Math.max(1, ...whole.map((row) => row.p95)) * 1.04], label: null, grid: true, ticks: 6 },
            y: { type: "band", domain: rows.map((row) => row.stage), axis: null, padding: 0.3 },
            marks: [
              ...intervals(whole.filter((row) => row.n >= THIN)),
              ...thinDots(whole.filter((row) => row.n < THIN)),
              ...missing(rows.filter((row) => !isWhole(row))),
              ...stageNames(rows, marked),
              axisX({ ticks: 6, tickSize: 4, label: `${words.charts.axis.days} →`, labelOffset: 34 }),
            ],
          }),
    notes: [
      whole.some((row) => row.n >= THIN) && said.marks,
      whole.some((row) => row.n < THIN) && said.thin(THIN),
      visited.length > rows.length && said.elsewhere(visited.length - rows.length),
    ].filter((note) => note !== false),
    table: tableOf(all),
    file: "time-in-stage",
  };
}

function rowsOf({ flow: { charts } }: PageReport): readonly Row[] {
  return charts.timeInStage.map(({ stage, n, quantiles: [p25, p50, p75, p85, p95] }) => ({
    stage,
    n,
    p25: p25 ?? null,
    p50: p50 ?? null,
    p75: p75 ?? null,
    p85: p85 ?? null,
    p95: p95 ?? null,
  }));
}

function sentenceOf(rows: number, whole: readonly WholeRow[]): string {
  const said = words.charts.timeInStage;
  if (rows === 0) return said.none;
  const [first, ...others] = whole;
  if (first === undefined) return said.fewAnywhere;
  const longest = others.reduce((most, row) => (row.p85 > most.p85 ? row : most), first);
  return said.sentence(longest.stage, longest.p50, longest.p85);
}

function tableOf(all: readonly Row[]): Table {
  const { head, title, caption, tooFew } = words.charts.timeInStage;
  return {
    label: words.charts.tableOf(title),
    caption,
    columns: [text(head.stage), ...head.quantiles.map(number), number(head.n)],
    rows: all.map(({ stage, n, p25, p50, p75, p85, p95 }) => ({
      id: stage,
      cells: [
        stage,
        ...[p25, p50, p75, p85, p95].map((value) =>
          value === null ? (n === 0 ? NEVER_VISITED : tooFew) : decimal(value),
        ),
        count(n),
      ],
    })),
  };
}
