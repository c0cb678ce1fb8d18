/** Limiters for one process: nothing but this process may use the app's quota at the same time. */
import type { Pacing } from "@stageledger/sync";
import { JIRA_DIALS, type JiraLimiters, type LimitCounts, type LimiterDials, limitersOver } from "./limiter.ts";

export function processLimiters(pacing: Pacing, dials: LimiterDials = JIRA_DIALS): JiraLimiters {
  return limitersOver(new ProcessCounts(pacing, dials.callsASecond), pacing, dials);
}

const SECOND_MILLISECONDS = 1000;
const MINUTE_MILLISECONDS = 60_000;
/** A point is forgotten when the whole minute that it was spent in is an hour old. */
const MINUTES_COUNTED = 61;

export class ProcessCounts implements LimitCounts {
  readonly #pacing: Pacing;
  readonly #callsASecond: number;
  /** By minute of the epoch, in order. */
  readonly #pointsByMinute = new Map<number, number>();
  readonly #begunByConnection = new Map<string, readonly number[]>();
  readonly #pausedUntilByConnection = new Map<string | undefined, number>();

  constructor(pacing: Pacing, callsASecond: number) {
    this.#pacing = pacing;
    this.#callsASecond = callsASecond;
  }

  async take(connectionId: string, pointsAnHour: number): Promise<number> {
    const now = this.#pacing.now();
    const pausedUntil = Math.max(this.#pausedUntil(undefined), this.#pausedUntil(connectionId));
    if (pausedUntil > now) return pausedUntil - now;
    const roomAt = this.#roomAt(now, pointsAnHour);
    if (roomAt > now) return roomAt - now;
    const begun = (this.#begunByConnection.get(connectionId) ?? []).filter((at) => at > now - SECOND_MILLISECONDS);
    const before = begun.at(-this.#callsASecond);
    if (before !== undefined) return before + SECOND_MILLISECONDS - now;
    this.#begunByConnection.set(connectionId, [...begun, now]);
    await this.charge(1);
    return 0;
  }

  async charge(points: number): Promise<void> {
    const minute = minuteOf(this.#pacing.now());
    this.#pointsByMinute.set(minute, (this.#pointsByMinute.get(minute) ?? 0) + points);
  }

  async pause(connectionId: string | undefined, until: number): Promise<void> {
    this.#pausedUntilByConnection.set(connectionId, Math.max(until, this.#pausedUntil(connectionId)));
  }

  async close(): Promise<void> {}

  #pausedUntil(connectionId: string | undefined): number {
    return this.#pausedUntilByConnection.get(connectionId) ?? 0;
  }

  /** When fewer points than that were spent within an hour. */
  #roomAt(now: number, pointsAnHour: number): number {
    let points = 0;
    for (const [minute, spent] of this.#pointsByMinute) {
      if (forgottenAt(minute) <= now) this.#pointsByMinute.delete(minute);
      else points += spent;
    }
    for (const [minute, spent] of points < pointsAnHour ? [] : this.#pointsByMinute) {
      points -= spent;
      if (points < pointsAnHour) return forgottenAt(minute);
    }
    return now;
  }
}

function minuteOf(instant: number): number {
  return Math.floor(instant / MINUTE_MILLISECONDS);
}

function forgottenAt(minute: number): number {
  return (minute + MINUTES_COUNTED) * MINUTE_MILLISECONDS;
}
