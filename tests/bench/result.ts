/** A benchmark's outcome: a ratio against a baseline of the same run, and the limit it has to keep. */
export interface Result {
  readonly name: string;
  readonly ratio: number;
  /** What the ratio may be. */
  readonly limit: { readonly atMost: number } | { readonly atLeast: number };
  readonly baseline: string;
}

/** A time that has no limit, because it is the machine's as much as the product's. */
export interface Timed {
  readonly name: string;
  readonly milliseconds: number;
  /** What was done. */
  readonly of: string;
}

export function keepsLimit(result: Result | Timed): boolean {
  if ("milliseconds" in result) return true;
  const { ratio, limit } = result;
  return "atMost" in limit ? ratio <= limit.atMost : ratio >= limit.atLeast;
}

export function inWords(result: Result | Timed): string {
  if ("milliseconds" in result)
    return `${result.name}: ${result.milliseconds.toFixed(0)} ms of ${result.of} (no limit)`;
  const { name, ratio, baseline, limit } = result;
  const bound = "atMost" in limit ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`;
  return `${name}: ${ratio.toFixed(2)} × ${baseline} (${bound})`;
}

export function asJson(result: Result | Timed): string {
  if ("milliseconds" in result) return JSON.stringify({ ...result, milliseconds: Math.round(result.milliseconds) });
  const { name, ratio, baseline, limit } = result;
  return JSON.stringify({ name, ratio: Number(ratio.toFixed(3)), baseline, ...limit });
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
