/** Lays dots of one column side by side where they would cover one another. */

/**
 * Offsets from the column's middle, in dot widths, one a value in the order given: values of the same
 * `bin` stand in one row, first in the middle, then to the right and left in turn.
 */
export function beeswarm(values: readonly number[], bin: number): readonly number[] {
  const takenByBin = new Map<number, number>();
  return values.map((value) => {
    const row = Math.round(value / bin);
    const taken = takenByBin.get(row) ?? 0;
    takenByBin.set(row, taken + 1);
    const step = Math.ceil(taken / 2);
    return taken % 2 === 1 ? step : 0 - step;
  });
}
