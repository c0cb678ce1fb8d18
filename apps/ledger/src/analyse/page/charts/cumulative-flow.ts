/** Cumulative flow diagram (F13): a band a stage, correction windows hatched, WIP (F8) in words beside it. */
import type { FlowCharts, MapSummary, ProjectFlow } from "@stageledger/core";
import { count, counted, shortDay, tenths } from "@stageledger/core/contract/figure-text";
import type { Table } from "../table.ts";
import type { Chart } from "./chart-card.ts";
import { bandMarks, bandNames, flowMargin, regressionLines } from "./cumulative-bands.ts";
import { cumulativeSeries, type StageBand, thickness } from "./cumulative-series.ts";
import { draw } from "./draw.ts";
import { timeAxis, timeScale, weekends } from "./time-axis.ts";

export function cumulativeFlowChart(flow: ProjectFlow, map: MapSummary, marked: ReadonlySet<string>): Chart {
  const { days, cumulative, wip } = flow.charts;
  const firstDay = days[0];
  const lastDay = days.at(-1);
  const title = "Cumulative flow";
  if (firstDay === undefined || lastDay === undefined || cumulative.length === 0) {
    return { title, subtitle: "Items by stage", drawing: null, notes: ["There are no days to draw."], table: null };
  }
  const series = cumulativeSeries(flow.charts, map);
  const { bands, base, top, leftOff, between, doneName } = series;
  const isCorrected = bands.some((band) => band.corrected.some((items) => items > 0));
  const names = bandNames(series, days, marked);
  return {
    title,
    subtitle: `Items that reached each stage · n ${count(flow.counts.items)}`,
    drawing: draw(
      {
        ...flowMargin(bands),
        x: timeScale(firstDay, lastDay),
        y: { domain: [base, top], label: "items", ticks: 5, grid: true },
        marks: [
          weekends(firstDay, lastDay),
          ...bandMarks(bands, days, marked),
          ...regressionLines(flow.charts, series),
          ...names.marks,
          timeAxis(),
        ],
      },
      reading(flow, bands, lastDay),
    ),
    notes: [
      `WIP on ${shortDay(lastDay)}: ${count(wip.at(-1) ?? flow.counts.wip)} (F8); bands ${map.commitment} to before ${doneName}: ${count(between)}.`,
      isCorrected && "▨ moved back: these items lie further left than they are counted.",
      regressionNote(flow.charts),
      leftOff.length > 0 && `${leftOff.join(", ")}: left off, too many to draw beside the rest.`,
      names.unnamed > 0 && `${counted(names.unnamed, "thin band")} without a name.`,
      base > 0 && `The axis starts at the ${counted(base, "item")} done before.`,
    ].filter((line) => line !== false),
    table: figuresTable(flow.charts, map),
  };
}

function figuresTable({ days, cumulative, corrected, wip }: FlowCharts, map: MapSummary): Table {
  const shown = cumulative.flatMap((stage, index) => {
    const name = map.stages[index]?.name;
    const isAnything = (stage.at(-1) ?? 0) > 0;
    return name === undefined || !isAnything ? [] : [{ name, stage }];
  });
  return {
    label: "Figures behind the cumulative flow diagram",
    caption:
      "Items that reached each stage by the end of the day, a row a week; behind = items in a correction window.",
    columns: [
      { head: "Day", isNumber: false },
      ...shown.map(({ name }) => ({ head: name, isNumber: true })),
      { head: "behind", isNumber: true },
      { head: "WIP", isNumber: true },
    ],
    rows: weekEnds(days).map((at) => ({
      head: days[at] ?? "",
      cells: [
        ...shown.map(({ stage }) => count(stage[at] ?? 0)),
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

function regressionNote({ arrivalLine, departureLine }: FlowCharts): string | false {
  const parts = [
    arrivalLine !== null && `arrivals ${tenths(arrivalLine.perDay * 7)} a week`,
    departureLine !== null && `departures ${tenths(departureLine.perDay * 7)} a week`,
  ].filter((part) => part !== false);
  return parts.length > 0 && `Dashed: regressions, ${parts.join(", ")}.`;
}

function reading(flow: ProjectFlow, bands: readonly StageBand[], lastDay: string): string {
  const now = bands
    .slice(0, -1)
    .map((band) => ({ name: band.name, items: thickness(band, -1) }))
    .filter(({ items }) => items > 0)
    .sort((a, b) => b.items - a.items)
    .slice(0, 5)
    .map(({ name, items }) => `${name} ${count(items)}`);
  const widest = now.length === 0 ? "no band is open" : `the widest bands are ${now.join(", ")}`;
  return `Cumulative flow of ${counted(flow.counts.items, "item")}: on ${shortDay(lastDay)} ${widest}.`;
}
