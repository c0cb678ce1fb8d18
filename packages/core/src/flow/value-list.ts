/** A growing list of numbers in blocks: nothing is copied as it grows, and a million values take eight megabytes. */
const BLOCK = 512;

export class ValueList {
  readonly #blocks: Float64Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const at = this.#length % BLOCK;
    if (at === 0) this.#blocks.push(new Float64Array(BLOCK));
    const block = this.#blocks.at(-1);
    if (block !== undefined) block[at] = value;
    this.#length += 1;
  }

  /** All values in ascending order. */
  ascending(): Float64Array {
    const values = new Float64Array(this.#length);
    this.#copyTo(values, 0);
    return values.sort();
  }

  /** All values of both lists in ascending order. */
  ascendingWith(other: ValueList): Float64Array {
    const values = new Float64Array(this.#length + other.#length);
    this.#copyTo(values, 0);
    other.#copyTo(values, this.#length);
    return values.sort();
  }

  #copyTo(values: Float64Array, from: number): void {
    for (const [i, block] of this.#blocks.entries()) {
      values.set(block.subarray(0, Math.min(BLOCK, this.#length - i * BLOCK)), from + i * BLOCK);
    }
  }
}
