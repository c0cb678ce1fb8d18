/**
 * The readings of time in one stage over many items (F11, E1), milliseconds. Most items are in a
 * stage once and never move back: all their readings are one value, kept once.
 */
import type { StageTime } from "./time-in-stage.ts";
import { ValueList } from "./value-list.ts";

export class StageReadings {
  readonly #straight = new ValueList();
  readonly #totals = new ValueList();
  readonly #firsts = new ValueList();
  readonly #lasts = new ValueList();
  readonly #averages = new ValueList();
  readonly #erased = new ValueList();
  #visits = 0;

  /** An item that was here once and never moved back. */
  addStraight(spent: number): void {
    this.#straight.push(spent);
    this.#visits += 1;
  }

  /** Any other item that was here. */
  add(time: StageTime): void {
    this.#totals.push(time.total);
    this.#firsts.push(time.first);
    this.#lasts.push(time.last);
    this.#averages.push(time.average);
    this.#visits += time.visits;
  }

  /** What the erased view gives a stage for an item that moved back. */
  addErased(spent: number): void {
    this.#erased.push(spent);
  }

  /** Items that were here. */
  get items(): number {
    return this.#straight.length + this.#totals.length;
  }

  /** Mean visits of the items that were here; null when none was. */
  get meanVisits(): number | null {
    return this.items === 0 ? null : this.#visits / this.items;
  }

  /** Each reading in ascending order. */
  totals(): Float64Array {
    return this.#straight.ascendingWith(this.#totals);
  }

  firsts(): Float64Array {
    return this.#straight.ascendingWith(this.#firsts);
  }

  lasts(): Float64Array {
    return this.#straight.ascendingWith(this.#lasts);
  }

  averages(): Float64Array {
    return this.#straight.ascendingWith(this.#averages);
  }

  erased(): Float64Array {
    return this.#straight.ascendingWith(this.#erased);
  }
}
