/** Builder for rows of the stage table. */
import type { StageRow } from "@stageledger/core";
import { aDuration, aFigure } from "./a-figure.ts";

/** What a row's figures are made from; hours are of the median, and the 85th percentile is 2.2 times it. */
export interface StageSketch {
  readonly name: string;
  readonly kind: StageRow["kind"];
  readonly wip: number;
  readonly age85: number | null;
  readonly arrivals: number;
  readonly departures: number;
  readonly medianHours: number | null;
  readonly visits: number | null;
  readonly n: number;
}

export function aStageRow(sketch: StageSketch, overrides: Partial<StageRow> = {}): StageRow {
  const { name, kind, wip, age85, arrivals, departures, medianHours, visits, n } = sketch;
  const hours = (factor: number): StageRow["median"] =>
    aDuration(medianHours === null ? null : medianHours * factor, { n });
  return {
    name,
    kind,
    wip: aFigure({ value: wip, n: wip }),
    utilisation: null,
    age85: aFigure({ value: age85, n: wip, unit: "days", rule: "F9" }),
    arrivalsPerWeek: aFigure({ value: arrivals, n: Math.round(arrivals * 8), unit: "items/week", rule: "F26" }),
    departuresPerWeek: aFigure({ value: departures, n: Math.round(departures * 8), unit: "items/week", rule: "F26" }),
    median: hours(1),
    p85: hours(2.2),
    visits: aFigure({ value: visits, n, unit: "visits", rule: "F11" }),
    skipped: aFigure({ value: kind === "active" ? 0 : null, n: kind === "active" ? n : 0, unit: "ratio", rule: "E4" }),
    movedBack: aFigure({ value: visits === null ? null : 0, n, unit: "ratio", rule: "E1" }),
    firstVisit: hours(0.8),
    lastVisit: hours(0.9),
    averageVisit: hours(0.85),
    erased: hours(1.1),
    limitHint: aFigure({ value: Math.max(1, wip - 1), n: 336, rule: "F27" }),
    withdrawn: aFigure({ value: 0, n: 0, rule: "E12" }),
    blockedTime: aDuration(name === "Review" ? 60 : 0, { rule: "F24", n }),
    ...overrides,
  };
}
