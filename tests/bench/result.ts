/** A benchmark's outcome: a ratio against a baseline of the same run, and the limit it has to keep. */
export interface Result {
  readonly name: string;
  readonly ratio: number;
  /** What the ratio may be. */
  readonly limit: { readonly atMost: number } | { readonly atLeast: number };
  readonly baseline: string;
}

export function keepsLimit({ ratio, limit }: Result): boolean {
  return "atMost" in limit ? ratio <= limit.atMost : ratio >= limit.atLeast;
}

export function inWords({ name, ratio, baseline, limit }: Result): string {
  const bound = "atMost" in limit ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`;
  return `${name}: ${ratio.toFixed(2)} × ${baseline} (${bound})`;
}

export function asJson({ name, ratio, baseline, limit }: Result): string {
  return JSON.stringify({ name, ratio: Number(ratio.toFixed(3)), baseline, ...limit });
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
