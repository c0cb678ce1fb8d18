/** A limiter for one process: nothing but this process may use its tokens at the same time. */
import type { Pacing } from "@stageledger/sync";
import {
  ASANA_DIALS,
  type CallKind,
  type Limiter,
  type LimiterDials,
  type Limiters,
  LONGEST_PAUSE_MILLISECONDS,
  MINUTE_MILLISECONDS,
  REFUSALS_BELONG_TOGETHER_MILLISECONDS,
  type Release,
  SLOW_FOR_MILLISECONDS,
} from "./limiter.ts";

export function processLimiters(pacing: Pacing, dials: LimiterDials = ASANA_DIALS): Limiters {
  const byKey = new Map<string, Limiter>();
  return {
    of: (key) => {
      const known = byKey.get(key);
      if (known !== undefined) return known;
      const made = new ProcessLimiter(pacing, dials);
      byKey.set(key, made);
      return made;
    },
    close: async () => {},
  };
}

interface Waiter {
  readonly kind: CallKind;
  readonly begin: () => void;
}

/** No 60 seconds hold more beginnings than the rate, and no instant more calls in flight than the dials say. */
export class ProcessLimiter implements Limiter {
  readonly #pacing: Pacing;
  readonly #dials: LimiterDials;
  readonly #inFlight: Record<CallKind, number> = { read: 0, write: 0 };
  #waiting: Waiter[] = [];
  /** Beginnings of the last minute, in order. */
  #begun: number[] = [];
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #slowUntil = Number.NEGATIVE_INFINITY;
  #alarm: AbortController | undefined;

  constructor(pacing: Pacing, dials: LimiterDials = ASANA_DIALS) {
    this.#pacing = pacing;
    this.#dials = dials;
  }

  turn(kind: CallKind, signal: AbortSignal): Promise<Release> {
    const { promise, resolve, reject } = Promise.withResolvers<Release>();
    if (signal.aborted) {
      reject(signal.reason);
      return promise;
    }
    const leave = () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiter);
      this.#letBegin();
      reject(signal.reason);
    };
    const waiter: Waiter = {
      kind,
      begin: () => {
        signal.removeEventListener("abort", leave);
        resolve(this.#takePlace(kind));
      },
    };
    signal.addEventListener("abort", leave, { once: true });
    this.#waiting.push(waiter);
    this.#letBegin();
    return promise;
  }

  async pauseUntil(instant: number): Promise<void> {
    const now = this.#pacing.now();
    // Calls that were in flight together are refused together: that is one refusal.
    if (this.#pausedUntil <= now) {
      if (now - this.#refusedAt <= REFUSALS_BELONG_TOGETHER_MILLISECONDS || now < this.#slowUntil) {
        this.#slowUntil = now + SLOW_FOR_MILLISECONDS;
      }
      this.#refusedAt = now;
    }
    this.#pausedUntil = Math.max(this.#pausedUntil, Math.min(instant, now + LONGEST_PAUSE_MILLISECONDS));
  }

  #takePlace(kind: CallKind): Release {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#inFlight[kind] -= 1;
      this.#letBegin();
    };
  }

  #letBegin(): void {
    for (;;) {
      const next = this.#waiting.find(({ kind }) => this.#inFlight[kind] < this.#most(kind));
      if (next === undefined) break;
      const now = this.#pacing.now();
      const opensAt = this.#opensAt(now);
      if (opensAt > now) {
        this.#lookAgainIn(opensAt - now);
        return;
      }
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#inFlight[next.kind] += 1;
      this.#begun.push(now);
      next.begin();
    }
    // Nobody waits for an instant: an alarm would only keep the process from ending.
    this.#alarm?.abort();
    this.#alarm = undefined;
  }

  #most(kind: CallKind): number {
    return kind === "read" ? this.#dials.readsInFlight : this.#dials.writesInFlight;
  }

  #opensAt(now: number): number {
    this.#begun = this.#begun.filter((at) => at > now - MINUTE_MILLISECONDS);
    const rate = now < this.#slowUntil ? this.#dials.slowRequestsAMinute : this.#dials.requestsAMinute;
    const before = this.#begun.at(-rate);
    const roomAt = this.#begun.length < rate || before === undefined ? now : before + MINUTE_MILLISECONDS;
    return Math.max(roomAt, this.#pausedUntil);
  }

  #lookAgainIn(milliseconds: number): void {
    if (this.#alarm !== undefined) return;
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.#pacing.sleep(milliseconds, alarm.signal).then(
      () => {
        if (this.#alarm !== alarm) return;
        this.#alarm = undefined;
        this.#letBegin();
      },
      () => {},
    );
  }
}
