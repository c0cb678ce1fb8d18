import type { EpochDay } from "../time/report-zone.ts";

/** Days that share one array; a power of two. */
const BLOCK_DAYS = 32;

/**
 * Changes of several counts by day. Sparse by month: only times in which something happened take
 * memory, so a hundred quiet projects over ten years cost little.
 */
export class DailyDeltas {
  readonly #width: number;
  /** By day / 32: 32 rows of `width` amounts. */
  readonly #blocks = new Map<number, Float64Array>();
  #firstDay: EpochDay | undefined;

  constructor(width: number) {
    this.#width = width;
  }

  add(day: EpochDay, column: number, amount: number): void {
    const number = Math.floor(day / BLOCK_DAYS);
    let block = this.#blocks.get(number);
    if (block === undefined) {
      block = new Float64Array(this.#width * BLOCK_DAYS);
      this.#blocks.set(number, block);
    }
    const at = (day - number * BLOCK_DAYS) * this.#width + column;
    block[at] = (block[at] ?? 0) + amount;
    if (this.#firstDay === undefined || day < this.#firstDay) this.#firstDay = day;
  }

  firstDay(): EpochDay | undefined {
    return this.#firstDay;
  }

  /** Sums up to the end of each day of the range, one array a column; earlier days are in the first value. */
  running(firstDay: EpochDay, lastDay: EpochDay): number[][] {
    const daily = this.#daily(firstDay, lastDay);
    return daily.columns.map((column, i) => {
      let sum = daily.before[i] ?? 0;
      return column.map((amount) => (sum += amount));
    });
  }

  /** Amounts of each day of the range, one array a column; days without any are 0 (F10). */
  perDay(firstDay: EpochDay, lastDay: EpochDay): number[][] {
    return this.#daily(firstDay, lastDay).columns;
  }

  #daily(firstDay: EpochDay, lastDay: EpochDay): { before: Float64Array; columns: number[][] } {
    const length = Math.max(0, lastDay - firstDay + 1);
    const before = new Float64Array(this.#width);
    const columns = Array.from({ length: this.#width }, () => new Array<number>(length).fill(0));
    for (const [number, block] of this.#blocks) {
      for (let at = 0; at < block.length; at += 1) {
        const amount = block[at] ?? 0;
        const day = number * BLOCK_DAYS + Math.floor(at / this.#width);
        if (amount === 0 || day > lastDay) continue;
        const i = at % this.#width;
        const column = columns[i];
        if (day < firstDay) before[i] = (before[i] ?? 0) + amount;
        else if (column !== undefined) column[day - firstDay] = amount;
      }
    }
    return { before, columns };
  }
}
