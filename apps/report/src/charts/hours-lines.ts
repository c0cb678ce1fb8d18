/** Hours over periods: a line a part, broken where a period's hours are not published, each named where it ends. */
import * as Plot from "@observablehq/plot";
import { shortDay } from "@stageledger/core/contract/figure-text";
import { shortened } from "../words/shortened.ts";
import { words } from "../words/words.ts";
import { CHART_HEIGHT } from "./draw.ts";
import { spread } from "./spread.ts";

export interface HoursSeries {
  readonly name: string;
  /** One a period; null where it is not published. */
  readonly minutes: readonly (number | null)[];
  readonly colour: string;
  readonly isMarked: boolean;
}

const MARGIN = { marginTop: 22, marginBottom: 30, marginLeft: 36, marginRight: 104 };
const LONGEST_NAME = 14;
const LINE_HEIGHT = 13;
const LETTERS_A_TICK = 52;

interface Point {
  readonly place: number;
  readonly hours: number;
}

export function hoursLines(
  series: readonly HoursSeries[],
  periods: readonly { readonly firstDay: string }[],
  width: number,
): Plot.PlotOptions {
  const top = Math.max(1, ...series.flatMap(({ minutes }) => minutes.map((one) => (one ?? 0) / 60))) * 1.05;
  const everyNth = Math.ceil((periods.length * LETTERS_A_TICK) / (width - MARGIN.marginLeft - MARGIN.marginRight));
  const ticks = periods.flatMap((_, place) => ((periods.length - 1 - place) % everyNth === 0 ? [place] : []));
  return {
    ...MARGIN,
    x: { type: "linear", domain: [-0.15, periods.length - 1], label: null },
    y: { domain: [0, top], label: words.charts.axis.hours, grid: true, ticks: 5 },
    marks: [
      ...series.flatMap((one) => lineOf(one)),
      ...namesOf(series, periods.length, top),
      Plot.axisX(ticks, {
        tickSize: 4,
        label: null,
        tickFormat: (place: number) => shortDay(periods[place]?.firstDay ?? ""),
      }),
    ],
  };
}

interface EndName {
  readonly name: string;
  readonly place: number;
  readonly y: number;
  readonly isMarked: boolean;
}

/** Each where its line ends; those that end together are moved apart. */
function namesOf(series: readonly HoursSeries[], periods: number, top: number): readonly Plot.Markish[] {
  const room = CHART_HEIGHT - MARGIN.marginTop - MARGIN.marginBottom;
  const ends = series.map(({ minutes }) => minutes.findLastIndex((one) => one !== null));
  const names = Array.from({ length: periods }, (_, place): readonly EndName[] => {
    const here = series.filter((_series, index) => ends[index] === place);
    const heights = spread(
      here.map(({ minutes }) => (minutes[place] ?? 0) / 60),
      (LINE_HEIGHT / room) * top,
      0,
      top,
    );
    return here.map(({ name, isMarked }, index) => ({ name, place, y: heights[index] ?? 0, isMarked }));
  }).flat();
  return [true, false].map((isMarked) =>
    Plot.text(
      names.filter((one) => one.isMarked === isMarked),
      {
        x: "place",
        y: "y",
        text: ({ name }: EndName) => shortened(name, LONGEST_NAME),
        textAnchor: "start",
        dx: 7,
        fill: isMarked ? "var(--accent)" : "var(--ink)",
        fontWeight: isMarked ? 650 : 400,
        stroke: "var(--bg)",
        strokeWidth: 3,
      },
    ),
  );
}

function lineOf({ minutes, colour, isMarked }: HoursSeries): readonly Plot.Markish[] {
  const points = minutes.map((one, place) => ({ place, hours: one === null ? Number.NaN : one / 60 }));
  return [
    Plot.lineY(points, {
      x: "place",
      y: "hours",
      stroke: colour,
      strokeWidth: isMarked ? 2.2 : 1.5,
      className: "hours",
    }),
    Plot.dot(
      points.filter(({ hours }) => !Number.isNaN(hours)),
      { x: "place", y: "hours", r: 2.6, fill: colour, title: ({ hours }: Point) => `${hours} h` },
    ),
  ];
}
