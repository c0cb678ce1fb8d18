/** Cumulative flow diagram (F13): a band a stage, correction windows hatched, WIP (F8) in words beside it. */
import type { MapSummary, ProjectFlow } from "@stageledger/core";
import { count, counted, shortDay, spanText, tenths } from "../../words.ts";
import type { Chart } from "./chart-card.ts";
import { bandMarks, bandNames, FLOW_MARGIN, regressionLines, type StageBand } from "./cumulative-bands.ts";
import { draw } from "./draw.ts";
import { timeAxis, timeScale, weekends } from "./time-axis.ts";

/** Stages before the commitment are left off when they would take more of the height than this times the rest. */
const MOST_BACKLOG = 0.6;

export function cumulativeFlowChart(flow: ProjectFlow, map: MapSummary, marked: ReadonlySet<string>): Chart {
  const { days, cumulative, corrected, wip } = flow.charts;
  const firstDay = days[0];
  const lastDay = days.at(-1);
  const title = "Cumulative flow";
  if (firstDay === undefined || lastDay === undefined || cumulative.length === 0) {
    return { title, subtitle: "Items by stage", drawing: null, notes: ["There are no days to draw."], table: null };
  }
  const names = map.stages.map((stage) => stage.name);
  const firstDone = map.stages.findIndex((stage) => stage.kind === "done");
  const last = firstDone < 0 ? names.length - 1 : firstDone;
  const base = cumulative[last]?.[0] ?? 0;
  const commitment = Math.max(0, names.indexOf(map.commitment));
  const first = firstBand(cumulative, commitment, base);
  const bands = names.slice(first, last + 1).map((name, offset): StageBand => {
    const index = first + offset;
    // One band for everything done: items move on between done stages without any meaning to the flow.
    const lower = index === last ? undefined : cumulative[index + 1];
    return {
      name,
      lower: lower ?? days.map(() => base),
      upper: cumulative[index] ?? [],
      corrected: corrected[index] ?? [],
    };
  });
  const top = Math.max(base + 1, bands[0]?.upper.at(-1) ?? 0);
  const leftOff = names.slice(0, first);
  const between = (cumulative[commitment]?.at(-1) ?? 0) - (cumulative[last]?.at(-1) ?? 0);
  const isCorrected = bands.some((band) => band.corrected.some((items) => items > 0));
  return {
    title,
    subtitle: `Items that reached each stage · ${spanText(firstDay, lastDay)} · n ${count(flow.counts.items)}`,
    drawing: draw(
      {
        ...FLOW_MARGIN,
        x: timeScale(firstDay, lastDay),
        y: { domain: [base, top], label: "items", ticks: 5, grid: true },
        marks: [
          weekends(firstDay, lastDay),
          ...bandMarks(bands, days, marked),
          ...regressionLines(flow.charts, base),
          ...bandNames(bands, { base, top }, days, marked),
          timeAxis(),
        ],
      },
      reading(flow, bands, lastDay),
    ),
    notes: [
      `WIP on ${shortDay(lastDay)}: ${count(wip.at(-1) ?? flow.counts.wip)} (F8); the bands from ${map.commitment} to before ${names[last] ?? "done"} hold ${count(between)}.`,
      isCorrected && "▨ moved back: the item lies behind the band it is counted in, so bands and WIP differ there.",
      regressionNote(flow),
      leftOff.length > 0 && `${leftOff.join(", ")}: left off, too many to draw beside the rest.`,
      base > 0 && `The axis starts at the ${counted(base, "item")} that were through before these days.`,
    ].filter((line) => line !== false),
    table: {
      label: "Figures behind the cumulative flow diagram",
      caption:
        "Items that reached each stage by the end of the day, a row a week; behind = items in a correction window.",
      columns: [
        { head: "Day", isNumber: false },
        ...names.map((name) => ({ head: name, isNumber: true })),
        { head: "behind", isNumber: true },
        { head: "WIP", isNumber: true },
      ],
      rows: weekEnds(days).map((at) => ({
        head: days[at] ?? "",
        cells: [
          ...cumulative.map((stage) => count(stage[at] ?? 0)),
          count(corrected.reduce((sum, stage) => sum + (stage[at] ?? 0), 0)),
          count(wip[at] ?? 0),
        ],
      })),
    },
  };
}

function firstBand(cumulative: readonly (readonly number[])[], commitment: number, base: number): number {
  const committed = (cumulative[commitment]?.at(-1) ?? 0) - base;
  const fits = cumulative.findIndex((stage) => (stage.at(-1) ?? 0) - base <= committed * (1 + MOST_BACKLOG));
  return fits < 0 ? commitment : Math.min(fits, commitment);
}

/** Every seventh day counted back from the last. */
function weekEnds(days: readonly string[]): readonly number[] {
  return days.flatMap((_, index) => ((days.length - 1 - index) % 7 === 0 ? [index] : []));
}

function regressionNote(flow: ProjectFlow): string | false {
  const { arrivalLine, departureLine } = flow.charts;
  const parts = [
    arrivalLine !== null && `arrivals ${tenths(arrivalLine.perDay * 7)} a week`,
    departureLine !== null && `departures ${tenths(departureLine.perDay * 7)} a week`,
  ].filter((part) => part !== false);
  return parts.length > 0 && `Dashed: regressions, ${parts.join(", ")}.`;
}

function reading(flow: ProjectFlow, bands: readonly StageBand[], lastDay: string): string {
  const now = bands
    .slice(0, -1)
    .map((band) => `${count((band.upper.at(-1) ?? 0) - (band.lower.at(-1) ?? 0))} in ${band.name}`);
  const widest = now.length === 0 ? "" : `: ${now.join(", ")}`;
  return `Cumulative flow of ${counted(flow.counts.items, "item")}; thickness of the bands on ${shortDay(lastDay)}${widest}.`;
}
