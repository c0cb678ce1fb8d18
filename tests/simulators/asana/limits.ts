import { Refusal } from "./answer.ts";

export interface LimitDials {
  /** Per token; 150 on Asana's free plans, 1,500 on paid ones. */
  requestsAMinute: number;
  readsInFlight: number;
  writesInFlight: number;
}

interface Usage {
  /** Instants of the requests of the last minute, refused ones too. */
  recent: number[];
  reads: number;
  writes: number;
}

/** Asana's limits, per token. A refused request counts like any other. */
export class Limits {
  readonly dials: LimitDials;
  /** Most that were under way at once, of any token. */
  mostReadsInFlight = 0;
  mostWritesInFlight = 0;
  readonly #now: () => number;
  readonly #usageByToken = new Map<string, Usage>();
  #storm = { requests: 0, retryAfterSeconds: 0 };

  constructor(now: () => number, dials: Partial<LimitDials>) {
    this.#now = now;
    this.dials = { requestsAMinute: Number.POSITIVE_INFINITY, readsInFlight: 50, writesInFlight: 15, ...dials };
  }

  /** The next so many requests are refused, whoever sends them. */
  storm(requests: number, retryAfterSeconds: number): void {
    this.#storm = { requests, retryAfterSeconds };
  }

  /**
   * @returns to be called when the request is answered
   * @throws Refusal 429 with Retry-After, in whole seconds
   */
  enter(token: string, isWrite: boolean): () => void {
    const usage = this.#usageOf(token);
    const { recent, kind } = { recent: this.#countRequest(usage), kind: isWrite ? "writes" : "reads" } as const;
    if (this.#storm.requests > 0) {
      this.#storm.requests -= 1;
      throw tooMany(this.#storm.retryAfterSeconds);
    }
    const [oldest = this.#now()] = recent;
    if (recent.length > this.dials.requestsAMinute) throw tooMany(Math.ceil((oldest + 60_000 - this.#now()) / 1000));
    if (usage[kind] >= (isWrite ? this.dials.writesInFlight : this.dials.readsInFlight)) throw tooMany(1);
    usage[kind] += 1;
    this.mostReadsInFlight = Math.max(this.mostReadsInFlight, usage.reads);
    this.mostWritesInFlight = Math.max(this.mostWritesInFlight, usage.writes);
    return () => {
      usage[kind] -= 1;
    };
  }

  #countRequest(usage: Usage): number[] {
    const now = this.#now();
    usage.recent = usage.recent.filter((at) => now - at < 60_000);
    usage.recent.push(now);
    return usage.recent;
  }

  #usageOf(token: string): Usage {
    const known = this.#usageByToken.get(token);
    if (known !== undefined) return known;
    const usage: Usage = { recent: [], reads: 0, writes: 0 };
    this.#usageByToken.set(token, usage);
    return usage;
  }
}

function tooMany(retryAfterSeconds: number): Refusal {
  const message = "You have made too many requests recently. Please, be chill.";
  return new Refusal(429, message, { headers: { "retry-after": String(Math.max(1, retryAfterSeconds)) } });
}
