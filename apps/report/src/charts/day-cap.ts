/** Where an axis of days ends when a few values would squash all others. */

/** A little above the 95th percentile, when the largest value is more than this many times it. */
const SQUASHING = 2.5;
const HEADROOM = 1.6;

/**
 * Upper end of the axis. Values above it are drawn at its edge as arrows and counted in words, so nothing
 * is hidden: `reference` (the highest percentile drawn) decides, and without one everything fits.
 */
export function dayCap(values: readonly number[], reference: number | null): number {
  const largest = values.reduce((most, value) => Math.max(most, value), reference ?? 0);
  if (largest === 0) return 1;
  if (reference === null || reference <= 0 || largest <= reference * SQUASHING) return largest * 1.06;
  return Math.ceil(reference * HEADROOM);
}
