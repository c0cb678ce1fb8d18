const LONGEST_MILLISECONDS = 5 * 60_000;
const JITTER_SHARE = 0.3;

/**
 * How long a job that threw rests: twice as long each time, at most five minutes, and up to 30 % less by chance so that
 * what failed together does not come back together.
 *
 * @param failures in a row, from 1
 * @param random gives a number from 0 up to 1
 */
export function retryDelayMilliseconds(failures: number, firstMilliseconds: number, random: () => number): number {
  const doubled = Math.min(LONGEST_MILLISECONDS, firstMilliseconds * 2 ** (failures - 1));
  return Math.round(doubled * (1 - JITTER_SHARE * random()));
}
