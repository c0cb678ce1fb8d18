/**
 * Random draws addressed by what they are for, not by when they are asked.
 * `draw(seed, item, stage, visit, purpose)` is the same number in every run, so a line and its
 * counterfactual see the same work (common random numbers) although their events happen in another order.
 */

/** What a draw is for; keeps draws about the same item and stage independent of each other. */
export const purposes = {
  gap: 1,
  work: 2,
  rework: 3,
  blocked: 4,
  blockedTime: 5,
  abandoned: 6,
  expedited: 7,
  backlogTime: 8,
  lateFriday: 9,
  forgotten: 10,
  pullLag: 11,
} as const;

const TWO_PI = 2 * Math.PI;

/** MurmurHash3's finaliser: every input bit reaches every output bit. */
function scramble(bits: number): number {
  let h = bits | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Uniform on the open interval (0, 1), a pure function of its integer arguments. */
export function uniform(seed: number, ...address: readonly number[]): number {
  let h = scramble(seed ^ 0x9e3779b9);
  for (const part of address) h = scramble(Math.imul(h, 0x01000193) ^ Math.imul(part + 1, 0x27d4eb2d));
  return ((h >>> 0) + 0.5) / 2 ** 32;
}

/** Exponential with mean 1. */
export function exponential(seed: number, ...address: readonly number[]): number {
  return -Math.log(uniform(seed, ...address));
}

/** Log-normal with mean 1 and the given coefficient of variation; 0 gives 1 always. */
export function logNormal(cv: number, seed: number, ...address: readonly number[]): number {
  if (cv === 0) return 1;
  const variance = Math.log(1 + cv * cv);
  const radius = Math.sqrt(-2 * Math.log(uniform(seed, ...address, 101)));
  const normal = radius * Math.cos(TWO_PI * uniform(seed, ...address, 102));
  return Math.exp(Math.sqrt(variance) * normal - variance / 2);
}
