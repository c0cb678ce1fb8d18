/**
 * Splits whole minutes in proportion to weights, so that the parts are whole and sum to what was split: each part is
 * rounded down, and what is left goes minute by minute to the largest remainders, of equal ones to the earlier.
 *
 * Weights are integers from 0, not all 0. `minutes` times their sum must stay below 2⁵³, so that nothing is rounded
 * unseen: a day's minutes over a day's milliseconds are ten thousand times below.
 */
export function splitMinutes(minutes: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const shares = weights.map((weight, index) => {
    const remainder = (minutes * weight) % sum;
    return { index, remainder, minutes: (minutes * weight - remainder) / sum };
  });
  const left = minutes - shares.reduce((total, share) => total + share.minutes, 0);
  const ranked = [...shares].sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const raised = new Set(ranked.slice(0, left).map(({ index }) => index));
  return shares.map((share) => share.minutes + (raised.has(share.index) ? 1 : 0));
}
