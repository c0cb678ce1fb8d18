/** One limiter for all processes that share a token, kept in Redis. */

import { Line, openRedisScripts, type Pacing, type RedisScripts } from "@stageledger/sync";
import { z } from "zod";
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
import { processLimiters } from "./process-limiter.ts";

/**
 * What a process allows itself while Redis does not answer: it does not see what the others do, so it takes what ten of them
 * could take together.
 */
const CAREFUL_SHARE: LimiterDials = {
  requestsAMinute: 150,
  slowRequestsAMinute: 15,
  readsInFlight: 5,
  writesInFlight: 1,
};

/** A killed process never gives its places back: they are free after so long, which no call takes. */
const PLACE_EXPIRES_AFTER_MILLISECONDS = 2 * MINUTE_MILLISECONDS;

/** How often whoever is first in line asks whether a place came free. */
const LOOK_AGAIN_AFTER_MILLISECONDS = 50;

/** Redis forgets a token that nobody uses. */
const KEYS_EXPIRE_AFTER_MILLISECONDS = 2 * SLOW_FOR_MILLISECONDS;

/** One connection to Redis for all tokens. It never fails: without Redis each process keeps to a careful share. */
export async function redisLimiters(
  url: string,
  pacing: Pacing,
  newId: () => string,
  dials: LimiterDials = ASANA_DIALS,
): Promise<Limiters> {
  // A call that cannot be limited now is limited by the share at once.
  const redis = await openRedisScripts(url);
  const share = processLimiters(pacing, CAREFUL_SHARE);
  const byKey = new Map<string, Limiter>();
  return {
    of: (key) => {
      const known = byKey.get(key);
      if (known !== undefined) return known;
      const made = new RedisLimiter(redis, key, share.of(key), { pacing, newId, dials });
      byKey.set(key, made);
      return made;
    },
    close: () => redis.close(),
  };
}

interface RedisLimiterOptions {
  readonly pacing: Pacing;
  readonly newId: () => string;
  readonly dials: LimiterDials;
}

/**
 * Instants are those of the processes' own clocks, which have to agree within seconds. The order of asking holds within a
 * process; between processes chance decides.
 */
class RedisLimiter implements Limiter {
  readonly #redis: RedisScripts;
  readonly #share: Limiter;
  readonly #options: RedisLimiterOptions;
  readonly #begun: string;
  readonly #state: string;
  readonly #places: Readonly<Record<CallKind, string>>;
  readonly #line: Record<CallKind, Line> = { read: new Line(), write: new Line() };

  constructor(redis: RedisScripts, key: string, share: Limiter, options: RedisLimiterOptions) {
    this.#redis = redis;
    this.#share = share;
    this.#options = options;
    // In braces, so that a cluster keeps all keys of a token on one node, where one script can use them.
    const prefix = `stageledger:asana-limit:{${key}}`;
    this.#begun = `${prefix}:begun`;
    this.#state = `${prefix}:state`;
    this.#places = { read: `${prefix}:reads`, write: `${prefix}:writes` };
  }

  turn(kind: CallKind, signal: AbortSignal): Promise<Release> {
    return this.#line[kind].inTurn(signal, () => this.#take(kind, signal));
  }

  async pauseUntil(instant: number): Promise<void> {
    const now = this.#options.pacing.now();
    const until = Math.min(instant, now + LONGEST_PAUSE_MILLISECONDS);
    await this.#share.pauseUntil(until);
    const times = [now, until, REFUSALS_BELONG_TOGETHER_MILLISECONDS, SLOW_FOR_MILLISECONDS];
    await this.#redis.run(PAUSE, [this.#state], [...times, KEYS_EXPIRE_AFTER_MILLISECONDS]).catch(() => {});
  }

  async #take(kind: CallKind, signal: AbortSignal): Promise<Release> {
    const { pacing, newId } = this.#options;
    const place = newId();
    for (;;) {
      const waitMilliseconds = await this.#ask(kind, place);
      if (waitMilliseconds === undefined) return this.#share.turn(kind, signal);
      if (waitMilliseconds === 0) return () => this.#giveBack(kind, place);
      await pacing.sleep(waitMilliseconds, signal);
    }
  }

  /** 0 when the place was taken, how long to wait, or undefined when Redis does not answer. */
  async #ask(kind: CallKind, place: string): Promise<number | undefined> {
    const { pacing, dials } = this.#options;
    const most = kind === "read" ? dials.readsInFlight : dials.writesInFlight;
    try {
      const answer = await this.#redis.run(
        TAKE,
        [this.#begun, this.#places[kind], this.#state],
        [
          pacing.now(),
          place,
          most,
          dials.requestsAMinute,
          dials.slowRequestsAMinute,
          MINUTE_MILLISECONDS,
          PLACE_EXPIRES_AFTER_MILLISECONDS,
          LOOK_AGAIN_AFTER_MILLISECONDS,
          KEYS_EXPIRE_AFTER_MILLISECONDS,
        ],
      );
      return z.number().nonnegative().parse(answer);
    } catch {
      return undefined;
    }
  }

  /** A place that cannot be given back expires. */
  #giveBack(kind: CallKind, place: string): void {
    this.#redis.run(GIVE_BACK, [this.#places[kind]], [place]).catch(() => {});
  }
}

/** One step, so that two processes never take the same place. Answers 0 for taken, or the milliseconds to wait. */
const TAKE = `
local now, place, most = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local minute, expires, again, forget = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), ARGV[9]
local paused = tonumber(redis.call('HGET', KEYS[3], 'pausedUntil') or '0')
if paused > now then return math.ceil(paused - now) end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - expires)
if redis.call('ZCARD', KEYS[2]) >= most then return again end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - minute)
local slowUntil = tonumber(redis.call('HGET', KEYS[3], 'slowUntil') or '0')
local rate = now < slowUntil and tonumber(ARGV[5]) or tonumber(ARGV[4])
local before = redis.call('ZREVRANGE', KEYS[1], rate - 1, rate - 1, 'WITHSCORES')
if before[2] then return math.max(1, math.ceil(tonumber(before[2]) + minute - now)) end
redis.call('ZADD', KEYS[1], now, place)
redis.call('ZADD', KEYS[2], now, place)
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, forget) end
return 0
`;

/** Calls that were in flight together are refused together: only the first of them counts. */
const PAUSE = `
local now, untilThen, together, slowFor = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local function read(name) return tonumber(redis.call('HGET', KEYS[1], name) or '0') end
if read('pausedUntil') <= now then
  if now - read('refusedAt') <= together or now < read('slowUntil') then
    redis.call('HSET', KEYS[1], 'slowUntil', now + slowFor)
  end
  redis.call('HSET', KEYS[1], 'refusedAt', now)
end
if untilThen > read('pausedUntil') then redis.call('HSET', KEYS[1], 'pausedUntil', untilThen) end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 0
`;

const GIVE_BACK = "return redis.call('ZREM', KEYS[1], ARGV[1])";
