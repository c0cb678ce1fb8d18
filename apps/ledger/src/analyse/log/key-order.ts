/** Item numbers in natural order of their keys, without holding the keys: a prefix's rank and a number each. */
import { compareNatural } from "@stageledger/core";

const NUMBERED = /^(.*?)(0|[1-9]\d{0,14})$/s;

export class KeyOrder {
  readonly #itemNumbers: number[] = [];
  readonly #prefixes: number[] = [];
  readonly #keyNumbers: number[] = [];
  readonly #prefixByText = new Map<string, number>();

  add(itemNumber: number, key: string): void {
    const parts = NUMBERED.exec(key);
    const prefix = parts?.[1] ?? key;
    let known = this.#prefixByText.get(prefix);
    if (known === undefined) {
      known = this.#prefixByText.size;
      this.#prefixByText.set(prefix, known);
    }
    this.#itemNumbers.push(itemNumber);
    this.#prefixes.push(known);
    this.#keyNumbers.push(parts === null ? -1 : Number(parts[2]));
  }

  inOrder(): Uint32Array {
    const texts = [...this.#prefixByText.keys()];
    const rankByPrefix = new Int32Array(texts.length);
    for (const [rank, prefix] of [...texts].sort(compareNatural).entries())
      rankByPrefix[this.#prefixByText.get(prefix) ?? 0] = rank;
    const ranks = this.#prefixes.map((prefix) => rankByPrefix[prefix] ?? 0);
    const places = Uint32Array.from(this.#itemNumbers, (_, place) => place);
    places.sort(
      (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || (this.#keyNumbers[a] ?? 0) - (this.#keyNumbers[b] ?? 0) || a - b,
    );
    return places.map((place) => this.#itemNumbers[place] ?? 0);
  }
}
