/** How fast one token may ask Asana. Everything that uses the token shares its limiter. */

export type CallKind = "read" | "write";

/** Gives the place of a call back. A second time it does nothing. */
export type Release = () => void;

export interface Limiter {
  /**
   * Resolves when the call may begin, in the order of asking among calls of its kind. Rejects with the signal's reason when that
   * aborts first.
   */
  turn(kind: CallKind, signal: AbortSignal): Promise<Release>;
  /** Asana refused a call for asking too much: no turn for anybody before the instant. @param instant epoch milliseconds */
  pauseUntil(instant: number): Promise<void>;
}

/** The limiters of a process, or of all processes that share a Redis. */
export interface Limiters {
  /** @param key names the token, without being it: the same key is the same limiter */
  of(key: string): Limiter;
  close(): Promise<void>;
}

export interface LimiterDials {
  readonly requestsAMinute: number;
  /** Held to after repeated refusals: the workspace seems to be on the free plan. */
  readonly slowRequestsAMinute: number;
  readonly readsInFlight: number;
  readonly writesInFlight: number;
}

/** What Asana documents for a paid plan, and for a free one. */
export const ASANA_DIALS: LimiterDials = {
  requestsAMinute: 1500,
  slowRequestsAMinute: 150,
  readsInFlight: 50,
  writesInFlight: 15,
};

export const MINUTE_MILLISECONDS = 60_000;

/** A second refusal within this time after the first is taken for a slow plan. */
export const REFUSALS_BELONG_TOGETHER_MILLISECONDS = 10 * MINUTE_MILLISECONDS;

/** After so long without a refusal the full rate is tried again: a plan can be upgraded, and a cost quota passes. */
export const SLOW_FOR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;

/** A pause is never longer, whatever Asana or a proxy before it writes into Retry-After. */
export const LONGEST_PAUSE_MILLISECONDS = 15 * MINUTE_MILLISECONDS;
