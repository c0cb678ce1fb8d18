import { uniform } from "../pipelines/draw.ts";

/** Shares are from 0 (never) to 1 (always). */
export interface ChaosDials {
  /** Events that never arrive. */
  dropped: number;
  /** Events that arrive once more. */
  duplicated: number;
  /** Events that come late, by up to `delayedByMilliseconds`. */
  delayed: number;
  delayedByMilliseconds: number;
  /** Pushes whose events stand in another order. */
  reordered: number;
  /** Events that are too large to be delivered. */
  oversized: number;
  /** Pushes that arrive, but whose answer is lost, so that they come again. */
  lostAnswers: number;
  /** Calls that are answered 500 or 503. */
  serverErrors: number;
  /** Calls whose connection breaks before the answer. */
  brokenConnections: number;
}

const QUIET: Readonly<ChaosDials> = {
  dropped: 0,
  duplicated: 0,
  delayed: 0,
  delayedByMilliseconds: 600_000,
  reordered: 0,
  oversized: 0,
  lostAnswers: 0,
  serverErrors: 0,
  brokenConnections: 0,
};

/** Chance with a seed; turn its dials at any time. The n-th decision of one kind is the same in every run. */
export class Chaos {
  readonly dials: ChaosDials;
  readonly #seed: number;
  readonly #drawn = new Map<string, number>();

  constructor(seed: number, dials: Partial<ChaosDials>) {
    this.#seed = seed;
    this.dials = { ...QUIET, ...dials };
  }

  /** From 0 up to 1. @param purpose each has draws of its own, so that turning one dial leaves the others' as they were */
  draw(purpose: string): number {
    const place = this.#drawn.get(purpose) ?? 0;
    this.#drawn.set(purpose, place + 1);
    return uniform(this.#seed, ...Buffer.from(purpose), place);
  }

  strikes(dial: Exclude<keyof ChaosDials, "delayedByMilliseconds">): boolean {
    return this.draw(dial) < this.dials[dial];
  }

  shuffled<T>(rows: readonly T[]): T[] {
    return rows
      .map((row) => ({ row, place: this.draw("order") }))
      .sort((a, b) => a.place - b.place)
      .map(({ row }) => row);
  }
}
