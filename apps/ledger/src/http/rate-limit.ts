/** Keeps one caller from taking the ledger away from the others: so many calls at once, then so many a second. */
import { StageledgerError } from "@stageledger/core";

export interface RateLimitOptions {
  readonly most: number;
  readonly perSecond: number;
  /** Callers that are remembered; the one unheard of for the longest is forgotten first. */
  readonly mostCallers: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const SECOND_MILLISECONDS = 1000;

export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #leftByCaller = new Map<string, { readonly left: number; readonly at: number }>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** @throws StageledgerError DOOR_RATE_LIMITED */
  take(caller: string): void {
    const { most, perSecond, mostCallers, now } = this.#options;
    const at = now();
    const known = this.#leftByCaller.get(caller);
    const regained =
      known === undefined ? most : known.left + (Math.max(0, at - known.at) / SECOND_MILLISECONDS) * perSecond;
    const left = Math.min(most, regained) - 1;
    if (left < 0) {
      throw new StageledgerError("DOOR_RATE_LIMITED", "These are more calls than one person makes.", {
        next: "Wait some seconds.",
      });
    }
    this.#leftByCaller.delete(caller);
    this.#leftByCaller.set(caller, { left, at });
    const [oldest] = this.#leftByCaller.keys();
    if (oldest !== undefined && this.#leftByCaller.size > mostCallers) this.#leftByCaller.delete(oldest);
  }
}
