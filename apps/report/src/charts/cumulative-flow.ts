/** Cumulative flow diagram (F13): a band a stage, correction windows hatched, WIP (F8) in words beside it. */
import { count } from "@stageledger/core/contract/figure-text";
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { Decision } from "../address/address.ts";
import { number, type Table, text } from "../figures/data-table.tsx";
import { markedStages } from "../verdict/stages-of-verdict.ts";
import { words } from "../words/words.ts";
import type { Chart } from "./chart.ts";
import { bandMarks, bandNames, flowMargin, regressionLines } from "./cumulative-bands.ts";
import { cumulativeSeries, type StageBand, thickness } from "./cumulative-series.ts";
import { decisionMark, timeAxis, timeScale, weekends } from "./time-axis.ts";

const WIDEST_NAMED = 3;

/** @param at the day of what is in progress; null: now */
export function cumulativeFlowChart(report: PageReport, decision: Decision | null, at: string | null): Chart {
  const { flow, map } = report;
  const { days, cumulative } = flow.charts;
  const firstDay = days[0] ?? "";
  const lastDay = days.at(-1) ?? "";
  const said = words.charts.cumulativeFlow;
  const shared = {
    id: "cumulative-flow",
    title: said.title,
    rule: said.rule,
    table: tableOf(report),
    file: "days",
  } as const;
  if (days.length === 0 || cumulative.length === 0) return { ...shared, sentence: said.none, drawing: null, notes: [] };
  const series = cumulativeSeries(flow.charts, map);
  const { bands, base, top, leftOff } = series;
  const marked = markedStages(flow);
  const { arrivalLine, departureLine } = flow.charts;
  return {
    ...shared,
    sentence: sentenceOf(bands, lastDay),
    drawing: (width) => ({
      ...flowMargin(bands),
      x: timeScale(firstDay, lastDay),
      y: { domain: [base, top], label: words.charts.axis.items, ticks: 5, grid: true },
      marks: [
        weekends(firstDay, lastDay),
        ...bandMarks(bands, days, marked),
        ...regressionLines(flow.charts, series),
        ...bandNames(series, days, marked, width).marks,
        ...decisionMark(decision, firstDay, lastDay),
        timeAxis(width),
      ],
    }),
    notes: [
      said.both(flow.charts.wip.at(-1) ?? flow.counts.wip, series.between, map.commitment, series.doneName, at),
      bands.some((band) => band.corrected.some((items) => items > 0)) && said.correction,
      (arrivalLine !== null || departureLine !== null) &&
        said.regressions(arrivalLine?.perDay ?? null, departureLine?.perDay ?? null),
      leftOff.length > 0 && said.leftOff(leftOff),
      base > 0 && said.base(base),
    ].filter((note) => note !== false),
  };
}

function sentenceOf(bands: readonly StageBand[], lastDay: string): string {
  const widest = bands
    .slice(0, -1)
    .map((band) => ({ stage: band.name, items: thickness(band, -1) }))
    .filter(({ items }) => items > 0)
    .toSorted((a, b) => b.items - a.items)
    .slice(0, WIDEST_NAMED);
  return words.charts.cumulativeFlow.sentence(widest, lastDay);
}

function tableOf({ flow: { charts }, map }: PageReport): Table {
  const { days, cumulative, corrected, wip } = charts;
  const { head, title, weekly } = words.charts.cumulativeFlow;
  const shown = map.stages.flatMap(({ name }, index) => {
    const series = cumulative[index] ?? [];
    return (series.at(-1) ?? 0) > 0 ? [{ name, series }] : [];
  });
  return {
    label: words.charts.tableOf(title),
    caption: weekly,
    columns: [text(head.day), ...shown.map(({ name }) => number(name)), number(head.behind), number(head.wip)],
    rows: weekEnds(days).map((at) => ({
      id: days[at] ?? "",
      cells: [
        days[at],
        ...shown.map(({ series }) => count(series[at] ?? 0)),
        count(corrected.reduce((sum, stage) => sum + (stage[at] ?? 0), 0)),
        count(wip[at] ?? 0),
      ],
    })),
  };
}

/** Every seventh day counted back from the last. */
function weekEnds(days: readonly string[]): readonly number[] {
  return days.flatMap((_, index) => ((days.length - 1 - index) % 7 === 0 ? [index] : []));
}
