/** The marks of the cumulative flow diagram: bands, correction windows, regression lines and the stages' names. */
import * as Plot from "@observablehq/plot";
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import { shortened } from "../words/shortened.ts";
import { type BandLabel, placeBandLabels } from "./band-labels.ts";
import { type CumulativeSeries, type StageBand, thickness } from "./cumulative-series.ts";
import { CHART_HEIGHT } from "./draw.ts";
import { dateOf } from "./time-axis.ts";

const MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 36 };
const PLOT_HEIGHT = CHART_HEIGHT - MARGIN.marginTop - MARGIN.marginBottom;
const LONGEST_NAME = 11;
/** Of heavy letters: the constraint's are. */
const LETTER_WIDTH = 7.6;
/** Length of the line from a thin band to its name, pixels. */
const LEADER = 7;
const DAY = 86_400_000;

/** The names beside the drawing decide its right margin. */
export function flowMargin(bands: readonly StageBand[]): typeof MARGIN & { readonly marginRight: number } {
  const longest = Math.max(...bands.map((band) => shortened(band.name, LONGEST_NAME).length));
  return { ...MARGIN, marginRight: Math.ceil(Math.max(52, longest * LETTER_WIDTH + LEADER + 6)) };
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
  // Steps need only the days on which something changed: most of the file's size is saved here.
  const steps = points.filter(({ lower, upper, unsure }, index) => {
    const before = points[index - 1];
    const isChanged = before?.lower !== lower || before.upper !== upper || before.unsure !== unsure;
    return isChanged || index === points.length - 1;
  });
  const fill =
    grey === undefined ? { fill: "var(--accent)", fillOpacity: 0.8 } : { fill: "var(--ink)", fillOpacity: grey };
  const curve = "step-after";
  const isHatched = band.corrected.some((items) => items > 0);
  return [
    Plot.areaY(steps, {
      x: "date",
      y1: "lower",
      y2: "upper",
      curve,
      ...fill,
      stroke: "var(--bg)",
      strokeWidth: 0.6,
      className: "band",
    }),
    isHatched
      ? Plot.areaY(steps, { x: "date", y1: "unsure", y2: "upper", curve, fill: "url(#hatch)", className: "correction" })
      : null,
  ];
}

/** From dark on the left-hand stages to light on the done ones. */
function greyOf(index: number, bands: number): number {
  return bands < 2 ? 0.2 : 0.42 - (0.34 * index) / (bands - 1);
}

/** F14, dashed, as far as it lies within the drawing. */
export function regressionLines(charts: PageFlow["charts"], { base, top }: CumulativeSeries): readonly Plot.Markish[] {
  const first = dateOf(charts.days[0] ?? "").getTime();
  const lastDay = charts.days.length - 1;
  return [charts.arrivalLine, charts.departureLine]
    .filter((line) => line !== null)
    .map(({ perDay, atFirstDay }) => {
      const dayAt = (items: number): number => (items - atFirstDay) / perDay;
      const from = perDay > 0 ? Math.max(0, dayAt(base)) : 0;
      const to = perDay > 0 ? Math.min(lastDay, dayAt(top)) : lastDay;
      const points = [from, to].map((day) => ({ date: new Date(first + day * DAY), items: atFirstDay + perDay * day }));
      return Plot.lineY(points, {
        x: "date",
        y: "items",
        stroke: "var(--ink)",
        strokeDasharray: "4 3",
        strokeWidth: 1,
        className: "regression",
      });
    });
}

/** The stages' names: on the band, or beside the drawing with a leader line. The thinnest may go without one. */
export function bandNames(
  { bands, base, top }: CumulativeSeries,
  days: readonly string[],
  marked: ReadonlySet<string>,
  width: number,
): { readonly marks: readonly Plot.Markish[]; readonly unnamed: number } {
  const { marginLeft, marginRight } = flowMargin(bands);
  const pixelsPerItem = PLOT_HEIGHT / (top - base);
  const pixelsPerDay = (width - marginLeft - marginRight) / days.length;
  const toPixels = (items: readonly number[]): readonly number[] =>
    items.map((value) => (value - base) * pixelsPerItem);
  const labels = placeBandLabels(
    bands.map((band) => ({
      name: shortened(band.name, LONGEST_NAME),
      lower: toPixels(band.lower),
      upper: toPixels(band.upper),
      weight: marked.has(band.name) ? Number.POSITIVE_INFINITY : thickness(band, -1),
    })),
    pixelsPerDay,
    PLOT_HEIGHT,
  );
  const first = dateOf(days[0] ?? "").getTime();
  const toDate = (day: number): Date => new Date(first + day * DAY);
  const toItems = (height: number): number => base + height / pixelsPerItem;
  const markOf = (label: BandLabel, index: number): readonly Plot.Markish[] => {
    const isMarked = marked.has(bands[index]?.name ?? "");
    const style = {
      text: [label.name],
      fill: isMarked ? "var(--accent)" : "var(--ink)",
      fontWeight: isMarked ? 650 : 400,
    };
    if (label.day !== null) {
      const place = { x: [toDate(label.day)], y: [toItems(label.height)] };
      return [Plot.text([label.name], { ...place, ...style, stroke: "var(--bg)", strokeWidth: 3.5 })];
    }
    const place = { x: [toDate(days.length + LEADER / pixelsPerDay)], y: [toItems(label.height)] };
    return [
      Plot.text([label.name], { ...place, ...style, textAnchor: "start", dx: 2 }),
      Plot.link([label.name], {
        x1: [toDate(days.length)],
        y1: [toItems(label.edgeHeight)],
        x2: place.x,
        y2: place.y,
        stroke: "var(--soft)",
        strokeWidth: 0.7,
      }),
    ];
  };
  return {
    marks: labels.flatMap((label, index) => (label === null ? [] : markOf(label, index))),
    unnamed: labels.filter((label) => label === null).length,
  };
}
