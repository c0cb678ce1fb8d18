/** The marks of the cumulative flow diagram: bands, correction windows, regression lines and the stages' names. */
import * as Plot from "@observablehq/plot";
import type { FlowCharts } from "@stageledger/core";
import { shortened } from "../words.ts";
import { placeBandLabels } from "./band-labels.ts";
import { CHART_HEIGHT, CHART_WIDTH } from "./draw.ts";
import { dateOf } from "./time-axis.ts";

export const FLOW_MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 34, marginRight: 62 };
const PLOT_HEIGHT = CHART_HEIGHT - FLOW_MARGIN.marginTop - FLOW_MARGIN.marginBottom;
const PLOT_WIDTH = CHART_WIDTH - FLOW_MARGIN.marginLeft - FLOW_MARGIN.marginRight;
const LONGEST_NAME = 12;
/** Length of the line from a thin band to its name, pixels. */
const LEADER = 7;
const DAY = 86_400_000;

/** One stage's band, in items. */
export interface StageBand {
  readonly name: string;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly corrected: readonly number[];
}

export function bandMarks(
  bands: readonly StageBand[],
  days: readonly string[],
  marked: ReadonlySet<string>,
): readonly Plot.Markish[] {
  return bands.flatMap((band, index) =>
    oneBand(band, days, marked.has(band.name) ? undefined : greyOf(index, bands.length)),
  );
}

/** Without a grey the band is drawn in the accent colour. */
function oneBand(band: StageBand, days: readonly string[], grey: number | undefined): readonly Plot.Markish[] {
  const points = days.map((day, index) => {
    const lower = band.lower[index] ?? 0;
    const upper = band.upper[index] ?? lower;
    // Hatched from the top: that edge touches the stages where these items really are.
    return { date: dateOf(day), lower, upper, unsure: Math.max(lower, upper - (band.corrected[index] ?? 0)) };
  });
  const fill =
    grey === undefined ? { fill: "var(--accent)", fillOpacity: 0.8 } : { fill: "var(--ink)", fillOpacity: grey };
  const isHatched = band.corrected.some((items) => items > 0);
  return [
    Plot.areaY(points, { x: "date", y1: "lower", y2: "upper", ...fill }),
    Plot.lineY(points, { x: "date", y: "upper", stroke: "var(--bg)", strokeWidth: 0.8 }),
    isHatched ? Plot.areaY(points, { x: "date", y1: "unsure", y2: "upper", fill: "url(#hatch)" }) : null,
  ];
}

/** From dark on the left-hand stages to light on the done ones. */
function greyOf(index: number, bands: number): number {
  return bands < 2 ? 0.2 : 0.34 - (0.26 * index) / (bands - 1);
}

/** F14, dashed; a line starts where it enters the drawing. */
export function regressionLines(charts: FlowCharts, base: number): readonly Plot.Markish[] {
  const first = dateOf(charts.days[0] ?? "").getTime();
  return [charts.arrivalLine, charts.departureLine]
    .filter((line) => line !== null)
    .map((line) => {
      const from = line.perDay > 0 ? Math.max(0, (base - line.atFirstDay) / line.perDay) : 0;
      const points = [from, charts.days.length - 1].map((day) => ({
        date: new Date(first + day * DAY),
        items: line.atFirstDay + line.perDay * day,
      }));
      return Plot.lineY(points, {
        x: "date",
        y: "items",
        stroke: "var(--ink)",
        strokeDasharray: "4 3",
        strokeWidth: 1,
      });
    });
}

/** The stages' names: on the band, or beside the drawing with a leader line. */
export function bandNames(
  bands: readonly StageBand[],
  { base, top }: { readonly base: number; readonly top: number },
  days: readonly string[],
  marked: ReadonlySet<string>,
): readonly Plot.Markish[] {
  const pixelsPerItem = PLOT_HEIGHT / (top - base);
  const pixelsPerDay = PLOT_WIDTH / days.length;
  const toPixels = (items: readonly number[]): readonly number[] =>
    items.map((value) => (value - base) * pixelsPerItem);
  const labels = placeBandLabels(
    bands.map((band) => ({
      name: shortened(band.name, LONGEST_NAME),
      lower: toPixels(band.lower),
      upper: toPixels(band.upper),
    })),
    pixelsPerDay,
    PLOT_HEIGHT,
  );
  const first = dateOf(days[0] ?? "").getTime();
  const dateAt = (day: number): Date => new Date(first + day * DAY);
  const itemsAt = (height: number): number => base + height / pixelsPerItem;
  return labels.flatMap((label, index) => {
    const isMarked = marked.has(bands[index]?.name ?? "");
    const style = {
      text: [label.name],
      fill: isMarked ? "var(--accent)" : "var(--ink)",
      fontWeight: isMarked ? 650 : 400,
    };
    if (label.day !== null) {
      const place = { x: [dateAt(label.day)], y: [itemsAt(label.height)] };
      return [Plot.text([label.name], { ...place, ...style, stroke: "var(--bg)", strokeWidth: 3.5 })];
    }
    const edge = days.length;
    const place = { x: [dateAt(edge + LEADER / pixelsPerDay)], y: [itemsAt(label.height)] };
    return [
      Plot.text([label.name], { ...place, ...style, textAnchor: "start", dx: 2 }),
      Plot.link([label.name], {
        x1: [dateAt(edge)],
        y1: [itemsAt(label.edgeHeight)],
        x2: place.x,
        y2: place.y,
        stroke: "var(--soft)",
        strokeWidth: 0.7,
      }),
    ];
  });
}
