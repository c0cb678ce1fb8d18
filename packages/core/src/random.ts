/** Seeded randomness for resampling (B3, F21): the same seed gives the same numbers everywhere. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Next integer from 0 to below `limit`. */
export type RandomBelow = (limit: number) => number;

export function seededRandom(seed: number): RandomBelow {
  const generator = xoroshiro128plus(seed);
  return (limit) => uniformInt(generator, 0, limit - 1);
}
