/** The one percentile of the product: nearest rank (F16). Of 100 items the 85th is the 85th value. */

/** Rank (from 1) of the p-th percentile among n values. */
function nearestRank(n: number, percent: number): number {
  // 1e-9 keeps 0.85 × 100 = 85.00000000000001 from becoming rank 86.
  return Math.min(n, Math.max(1, Math.ceil((percent * n) / 100 - 1e-9)));
}

/** p-th percentile of values sorted in ascending order; undefined when there are none. */
export function percentileOfSorted(sorted: ArrayLike<number>, percent: number): number | undefined {
  return sorted.length === 0 ? undefined : sorted[nearestRank(sorted.length, percent) - 1];
}

/** p-th percentile of a histogram: counts by integer value, any insertion order. */
export function percentileOfHistogram(countByValue: ReadonlyMap<number, number>, percent: number): number | undefined {
  let n = 0;
  for (const count of countByValue.values()) n += count;
  if (n === 0) return undefined;
  let left = nearestRank(n, percent);
  for (const [value, count] of [...countByValue].sort((a, b) => a[0] - b[0])) {
    left -= count;
    if (left <= 0) return value;
  }
  return undefined;
}
