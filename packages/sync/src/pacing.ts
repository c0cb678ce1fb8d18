/** Clock, chance and waiting, handed in so that tests decide about them. */
import { setTimeout as delay } from "node:timers/promises";

export interface Pacing {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** Rejects when the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The machine's own. */
export const realPacing: Pacing = {
  now: Date.now,
  random: Math.random,
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
};
