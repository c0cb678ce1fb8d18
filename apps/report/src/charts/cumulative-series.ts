/** From the report's cumulative counts to the bands that are worth drawing. */
import type { PageFlow } from "@stageledger/core/contract/page-flow";
import type { PageReport } from "@stageledger/core/contract/page-report";

/** One stage's band, in items, one value a day. */
export interface StageBand {
  readonly name: string;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Items counted in the band that are really left of it. */
  readonly corrected: readonly number[];
}

export interface CumulativeSeries {
  /** In flow order; the last is all that is done. */
  readonly bands: readonly StageBand[];
  /** Items done before the first day: the axis starts there. */
  readonly base: number;
  readonly top: number;
  /** Stages before the commitment that would squash the rest. */
  readonly leftOff: readonly string[];
  /** Thickness from the commitment to before done on the last day. */
  readonly between: number;
  readonly doneName: string;
}

/** Stages before the commitment are left off when they would take more of the height than this times the rest. */
const MOST_BACKLOG = 0.6;

export function cumulativeSeries(
  { cumulative, corrected, days }: PageFlow["charts"],
  map: PageReport["map"],
): CumulativeSeries {
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
  return {
    bands: bands.filter((band, index) => index === bands.length - 1 || isThick(band)),
    base,
    top: Math.max(base + 1, bands[0]?.upper.at(-1) ?? 0),
    leftOff: names.slice(0, first),
    between: (cumulative[commitment]?.at(-1) ?? 0) - (cumulative[last]?.at(-1) ?? 0),
    doneName: names[last] ?? "done",
  };
}

export function thickness(band: StageBand, day: number): number {
  return (band.upper.at(day) ?? 0) - (band.lower.at(day) ?? 0);
}

function isThick(band: StageBand): boolean {
  return band.upper.some((_, day) => thickness(band, day) > 0);
}

function firstBand(cumulative: readonly (readonly number[])[], commitment: number, base: number): number {
  const committed = (cumulative[commitment]?.at(-1) ?? 0) - base;
  const fits = cumulative.findIndex((stage) => (stage.at(-1) ?? 0) - base <= committed * (1 + MOST_BACKLOG));
  return fits < 0 ? commitment : Math.min(fits, commitment);
}
