/** Moves labels apart that would cover one another, keeping their order. */

/**
 * New positions for `wanted`, each at least `gap` from the next and all within [low, high] as far as
 * they fit; returned in the order given.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = wanted.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position);
  let floor = low;
  for (const label of order) {
    label.position = Math.max(label.position, floor);
    floor = label.position + gap;
  }
  let ceiling = high;
  for (const label of order.toReversed()) {
    label.position = Math.min(label.position, ceiling);
    ceiling = label.position - gap;
  }
  const placed = Array.from(wanted, () => 0);
  for (const label of order) placed[label.index] = label.position;
  return placed;
}
