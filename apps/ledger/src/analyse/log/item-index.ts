/**
 * Finds an item's number by its id. Open addressing over typed arrays, because a Map of half a
 * million texts costs more than all their facts. Decimal ids, which Jira's are, take eight bytes;
 * any other id is interned.
 */
import { Interned } from "./interned.ts";

const DECIMAL = /^(0|[1-9]\d{0,14})$/;

export class ItemIndex {
  readonly #otherIds = new Interned();
  #ids = new Float64Array(1024);
  #addresses = new Float64Array(1024);
  /** Item number + 1 by hash slot; 0 = free. Always at least twice as many slots as items. */
  #slots = new Int32Array(4096);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Number of the item with this id, new or known, from 0 in order of appearance. */
  numberOf(id: string): number {
    const encoded = DECIMAL.test(id) ? Number(id) : -1 - this.#otherIds.numberOf(id);
    const slot = this.#slotOf(encoded);
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) return known - 1;
    const number = this.#size;
    this.#size += 1;
    if (number >= this.#ids.length) this.#growItems();
    this.#ids[number] = encoded;
    this.#addresses[number] = -1;
    this.#slots[slot] = number + 1;
    if (this.#size * 2 > this.#slots.length) this.#growSlots();
    return number;
  }

  idOf(number: number): string {
    const encoded = this.#ids[number] ?? Number.NaN;
    return encoded >= 0 ? String(encoded) : this.#otherIds.textOf(-1 - encoded);
  }

  /** Address of the item's newest record; undefined before the first. */
  addressOf(number: number): number | undefined {
    const address = this.#addresses[number] ?? -1;
    return address === -1 ? undefined : address;
  }

  setAddress(number: number, address: number): void {
    this.#addresses[number] = address;
  }

  #slotOf(encoded: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(encoded | 0, 0x9e3779b1) ^ Math.imul(Math.floor(encoded / 4_294_967_296), 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const known = this.#slots[slot] ?? 0;
      if (known === 0 || this.#ids[known - 1] === encoded) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #growItems(): void {
    const length = Math.ceil(this.#ids.length * 1.5);
    this.#ids = copyTo(new Float64Array(length), this.#ids);
    this.#addresses = copyTo(new Float64Array(length), this.#addresses);
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#size; number += 1)
      this.#slots[this.#slotOf(this.#ids[number] ?? 0)] = number + 1;
  }
}

function copyTo(larger: Float64Array<ArrayBuffer>, from: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  larger.set(from);
  return larger;
}
