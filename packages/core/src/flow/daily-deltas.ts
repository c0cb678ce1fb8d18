import type { EpochDay } from "../time/report-zone.ts";

/**
 * Changes of several counts by day. Sparse: only days on which something happened take memory,
 * so a hundred quiet projects over ten years cost little.
 */
export class DailyDeltas {
  readonly #width: number;
  readonly #rowByDay = new Map<EpochDay, Float64Array>();

  constructor(width: number) {
    this.#width = width;
  }

  add(day: EpochDay, column: number, amount: number): void {
    let row = this.#rowByDay.get(day);
    if (row === undefined) {
      row = new Float64Array(this.#width);
      this.#rowByDay.set(day, row);
    }
    row[column] = (row[column] ?? 0) + amount;
  }

  firstDay(): EpochDay | undefined {
    let first: EpochDay | undefined;
    for (const day of this.#rowByDay.keys()) if (first === undefined || day < first) first = day;
    return first;
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
    for (const [day, row] of this.#rowByDay) {
      if (day > lastDay) continue;
      row.forEach((amount, i) => {
        const column = columns[i];
        if (day < firstDay) before[i] = (before[i] ?? 0) + amount;
        else if (column !== undefined) column[day - firstDay] = amount;
      });
    }
    return { before, columns };
  }
}
