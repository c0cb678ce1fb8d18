import { type FindingKind, findingsTouching } from "./data-quality.ts";
import { percentileOfSorted } from "./percentile.ts";

export type Unit = "items" | "days" | "milliseconds" | "items/week" | "ratio" | "visits";

/** One printed number and what it rests on. `value` is null when the rule refuses it; `note` says why. */
export interface Figure {
  readonly value: number | null;
  /** How many items (or days, or hours, as the rule says) the value is made of. */
  readonly n: number;
  readonly unit: Unit;
  /** Rule id in docs/flow-rules.md, e.g. "F5". */
  readonly rule: string;
  readonly mapVersion: number;
  /** Kinds of data-quality findings that touch this number. */
  readonly findings: readonly FindingKind[];
  readonly note?: string;
}

/** F17, both settings. */
export interface ThinGates {
  /** Under this n a percentile is labelled "thin data". */
  readonly thinUnder: number;
  /** Under this n no percentile is shown. */
  readonly nothingUnder: number;
}

export const DEFAULT_THIN_GATES: ThinGates = { thinUnder: 20, nothingUnder: 10 };

/** Makes the figures of one report part: same map version, same findings. */
export class FigureSheet {
  readonly mapVersion: number;
  readonly gates: ThinGates;
  readonly #present: ReadonlySet<FindingKind>;

  constructor(mapVersion: number, present: ReadonlySet<FindingKind>, gates: ThinGates = DEFAULT_THIN_GATES) {
    this.mapVersion = mapVersion;
    this.gates = gates;
    this.#present = present;
  }

  figure(value: number | null, n: number, unit: Unit, rule: string, note?: string): Figure {
    const figure = {
      value,
      n,
      unit,
      rule,
      mapVersion: this.mapVersion,
      findings: this.touching(rule),
    };
    return note === undefined ? figure : { ...figure, note };
  }

  /** Findings that touch a rule's numbers. */
  touching(rule: string): readonly FindingKind[] {
    return findingsTouching(rule, this.#present);
  }

  /** A percentile under F16 and F17; values sorted in ascending order. */
  percentile(sorted: ArrayLike<number>, percent: number, unit: Unit, rule: string): Figure {
    const n = sorted.length;
    const value = percentileOfSorted(sorted, percent);
    if (value === undefined) return this.figure(null, 0, unit, rule, "no items");
    if (n < this.gates.nothingUnder)
      return this.figure(null, n, unit, rule, `n ${n}: under ${this.gates.nothingUnder}`);
    return this.figure(value, n, unit, rule, n < this.gates.thinUnder ? "thin data" : undefined);
  }

  /** 50, 85 and 95 (F17). */
  percentiles(sorted: ArrayLike<number>, unit: Unit, rule: string): { p50: Figure; p85: Figure; p95: Figure } {
    return {
      p50: this.percentile(sorted, 50, unit, rule),
      p85: this.percentile(sorted, 85, unit, rule),
      p95: this.percentile(sorted, 95, unit, rule),
    };
  }
}

export function mean(values: ArrayLike<number>): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum / values.length;
}
