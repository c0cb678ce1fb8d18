import { uniform } from "../simulators/pipelines/draw.ts";

/** Chance with a seed: the same throws in the same order in every run. */
export class Dice {
  readonly #seed: number;
  #thrown = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** From 0 up to 1. */
  throw(): number {
    this.#thrown += 1;
    return uniform(this.#seed, this.#thrown);
  }

  chance(share: number): boolean {
    return this.throw() < share;
  }

  /** A whole number; both ends included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.throw() * (highest - lowest + 1));
  }

  /** Undefined of nothing. */
  pick<T>(rows: readonly T[]): T | undefined {
    return rows[Math.floor(this.throw() * rows.length)];
  }

  /** One of the names, each as often as its weight says. */
  weighed<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries: readonly (readonly [string, unknown])[] = Object.entries(weights);
    const names = entries.map(([name]) => name).filter((name): name is Name => name in weights);
    const sum = names.reduce((total, name) => total + weights[name], 0);
    let left = this.throw() * sum;
    for (const name of names) {
      left -= weights[name];
      if (left < 0) return name;
    }
    const [first] = names;
    if (first === undefined) throw new Error("There is nothing to choose from.");
    return first;
  }
}
