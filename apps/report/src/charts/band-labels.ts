/** Finds a place for each stage's name in a cumulative flow diagram: on its band where it fits, else beside it. */
import { spread } from "./spread.ts";

/** One band, edges in drawn pixels from the bottom, one value a day. */
export interface Band {
  readonly name: string;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Where there is no room for all names beside the drawing, the heaviest bands get theirs. */
  readonly weight: number;
}

/** `day` is an index with a fraction; null beside the drawing. `height` is in pixels from the bottom. */
export interface BandLabel {
  readonly name: string;
  readonly day: number | null;
  readonly height: number;
  /** Middle of the band on the last day, where a leader line starts. */
  readonly edgeHeight: number;
}

const LETTER_WIDTH = 6.4;
const LINE_HEIGHT = 13;
/** More leader lines than this cannot be followed. */
const MOST_BESIDE = 8;

/** One label a band in the order given; null for a band that goes without a name. */
export function placeBandLabels(
  bands: readonly Band[],
  pixelsPerDay: number,
  plotHeight: number,
): readonly (BandLabel | null)[] {
  const placed = bands.map((band) => insideBand(band, pixelsPerDay));
  const edges = bands.map((band) => ((band.lower.at(-1) ?? 0) + (band.upper.at(-1) ?? 0)) / 2);
  const room = Math.min(MOST_BESIDE, Math.floor(plotHeight / LINE_HEIGHT));
  const beside = bands
    .flatMap((band, index) => (placed[index] === undefined ? [{ index, weight: band.weight }] : []))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, room)
    .map(({ index }) => index);
  const heights = spread(
    beside.map((index) => edges[index] ?? 0),
    LINE_HEIGHT,
    0,
    plotHeight,
  );
  return bands.map(({ name }, index) => {
    const edgeHeight = edges[index] ?? 0;
    const inside = placed[index];
    if (inside !== undefined) return { name, ...inside, edgeHeight };
    const height = heights[beside.indexOf(index)];
    return height === undefined ? null : { name, day: null, height, edgeHeight };
  });
}

/** The rightmost place where the whole name lies within the band. */
function insideBand(band: Band, pixelsPerDay: number): { readonly day: number; readonly height: number } | undefined {
  const width = Math.ceil((band.name.length * LETTER_WIDTH + 6) / pixelsPerDay);
  for (let end = band.upper.length - 1; end >= width; end -= 1) {
    // Both edges never fall: the name's box is bounded by the upper edge at its left and the lower at its right.
    const ceiling = band.upper[end - width] ?? 0;
    const floor = band.lower[end] ?? 0;
    if (ceiling - floor >= LINE_HEIGHT) return { day: end - width / 2, height: (ceiling + floor) / 2 };
  }
  return undefined;
}
