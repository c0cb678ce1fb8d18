/** Builders for figures. */
import type { Figure, Percentiles } from "@stageledger/core";

export function aFigure(overrides: Partial<Figure> = {}): Figure {
  return { value: 7, n: 63, unit: "items", rule: "F8", mapVersion: 3, findings: [], ...overrides };
}

export function aPercentiles(values: readonly [number, number, number], overrides: Partial<Figure>): Percentiles {
  const [p50, p85, p95] = values.map((value) => aFigure({ ...overrides, value }));
  if (p50 === undefined || p85 === undefined || p95 === undefined) throw new RangeError("three values are needed");
  return { p50, p85, p95 };
}

const HOUR = 3_600_000;

/** A duration figure from hours; null for one that is withheld. */
export function aDuration(hours: number | null, overrides: Partial<Figure> = {}): Figure {
  return aFigure({ value: hours === null ? null : hours * HOUR, unit: "milliseconds", rule: "F11", ...overrides });
}
