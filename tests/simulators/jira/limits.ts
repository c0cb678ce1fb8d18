import { Refusal } from "./answer.ts";

export interface LimitDials {
  /** Of the app over all its sites: a point a call and a point an object; counted by the clock's hour. */
  pointsAnHour: number;
  /** Of the app on this site. */
  tenantPointsAnHour: number;
  callsASecond: number;
}

export type LimitReason =
  | "jira-burst-based"
  | "jira-per-issue-on-write"
  | "jira-quota-global-based"
  | "jira-quota-tenant-based";

const HOUR = 3_600_000;
/** A clock that stands still makes all calls of a test one burst: who wants the limit of 100 a second turns the dial. */
const DIALS: Readonly<LimitDials> = {
  pointsAnHour: 65_000,
  tenantPointsAnHour: Number.POSITIVE_INFINITY,
  callsASecond: Number.POSITIVE_INFINITY,
};
const NEAR_SHARE = 0.2;

/** Jira's limits, by the world's clock. A refused call costs no points. */
export class Limits {
  readonly dials: LimitDials;
  readonly #now: () => number;
  #hour = { startsAt: 0, points: 0 };
  #recent: number[] = [];
  #storm: { calls: number; readonly retryAfterSeconds: number; readonly reason: LimitReason } | undefined;

  constructor(now: () => number, dials: Partial<LimitDials>) {
    this.#now = now;
    this.dials = { ...DIALS, ...dials };
  }

  /** In the clock's hour so far. */
  get points(): number {
    return this.#thisHour().points;
  }

  /** The next so many calls are refused, whoever sends them. */
  storm(calls: number, retryAfterSeconds: number, reason: LimitReason = "jira-burst-based"): void {
    this.#storm = { calls, retryAfterSeconds, reason };
  }

  /** @throws Refusal 429 with Retry-After in whole seconds and RateLimit-Reason */
  enter(): void {
    const now = this.#now();
    if (this.#storm !== undefined && this.#storm.calls > 0) {
      this.#storm.calls -= 1;
      throw this.#tooMany(this.#storm.reason, this.#storm.retryAfterSeconds);
    }
    const hour = this.#thisHour();
    const untilNextHour = Math.ceil((hour.startsAt + HOUR - now) / 1000);
    if (hour.points >= this.dials.pointsAnHour) throw this.#tooMany("jira-quota-global-based", untilNextHour);
    if (hour.points >= this.dials.tenantPointsAnHour) throw this.#tooMany("jira-quota-tenant-based", untilNextHour);
    this.#recent = this.#recent.filter((at) => now - at < 1000);
    if (this.#recent.length >= this.dials.callsASecond) throw this.#tooMany("jira-burst-based", 1);
    this.#recent.push(now);
    hour.points += 1;
  }

  /** What an answer costs on top of its call. @returns the headers that tell how much is left */
  charge(objects: number): Readonly<Record<string, string>> {
    const hour = this.#thisHour();
    hour.points += objects;
    const limit = Math.min(this.dials.pointsAnHour, this.dials.tenantPointsAnHour);
    const left = Math.max(0, limit - hour.points);
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(left),
      "x-ratelimit-nearlimit": String(left < limit * NEAR_SHARE),
    };
  }

  #thisHour(): { startsAt: number; points: number } {
    const startsAt = Math.floor(this.#now() / HOUR) * HOUR;
    if (this.#hour.startsAt !== startsAt) this.#hour = { startsAt, points: 0 };
    return this.#hour;
  }

  #tooMany(reason: LimitReason, seconds: number): Refusal {
    const retryAfterSeconds = Math.max(1, seconds);
    const resetsAt = this.#now() + retryAfterSeconds * 1000;
    const isQuota = reason.startsWith("jira-quota");
    return new Refusal(
      { status: 429, json: { errorMessages: ["Rate limit exceeded."], errors: {} } },
      {
        "retry-after": String(retryAfterSeconds),
        "ratelimit-reason": reason,
        "x-ratelimit-limit": String(isQuota ? this.dials.pointsAnHour : 100),
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": isQuota ? toTheMinute(resetsAt) : new Date(resetsAt).toISOString(),
      },
    );
  }
}

/** Jira's instants stand without seconds at times. */
function toTheMinute(instant: number): string {
  return `${new Date(Math.ceil(instant / 60_000) * 60_000).toISOString().slice(0, 16)}Z`;
}
