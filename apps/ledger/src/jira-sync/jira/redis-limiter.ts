/** The limiters of all processes that share a Redis: the app's quota is one for them all. */
import { openRedisScripts, type Pacing, type RedisScripts } from "@stageledger/sync";
import { z } from "zod";
import { JIRA_DIALS, type JiraLimiters, type LimitCounts, type LimiterDials, limitersOver } from "./limiter.ts";
import { ProcessCounts } from "./process-limiter.ts";

/**
 * What a process allows itself while Redis does not answer: it does not see what the others do, so it takes what ten of them
 * could take together.
 */
const CAREFUL_SHARE = 10;

/** It never fails: without Redis each process keeps to a careful share. */
export async function redisLimiters(
  url: string,
  pacing: Pacing,
  newId: () => string,
  dials: LimiterDials = JIRA_DIALS,
): Promise<JiraLimiters> {
  const share = new ProcessCounts(pacing, Math.ceil(dials.callsASecond / CAREFUL_SHARE));
  const counts = new RedisCounts(await openRedisScripts(url), share, {
    pacing,
    newId,
    callsASecond: dials.callsASecond,
  });
  return limitersOver(counts, pacing, dials);
}

/** In braces, so that a cluster keeps all keys on one node, where one script can use them. */
const PREFIX = "stageledger:{jira-limit}";
const POINTS = `${PREFIX}:points`;
const APP_PAUSE = `${PREFIX}:paused`;

interface RedisCountsOptions {
  readonly pacing: Pacing;
  readonly newId: () => string;
  readonly callsASecond: number;
}

/** Instants are those of the processes' own clocks, which have to agree within seconds. */
class RedisCounts implements LimitCounts {
  readonly #redis: RedisScripts;
  readonly #share: LimitCounts;
  readonly #options: RedisCountsOptions;

  constructor(redis: RedisScripts, share: LimitCounts, options: RedisCountsOptions) {
    this.#redis = redis;
    this.#share = share;
    this.#options = options;
  }

  async take(connectionId: string, pointsAnHour: number): Promise<number> {
    const { pacing, newId, callsASecond } = this.#options;
    try {
      const answer = await this.#redis.run(
        TAKE,
        [POINTS, APP_PAUSE, pauseOf(connectionId), `${PREFIX}:begun:${connectionId}`],
        [pacing.now(), newId(), pointsAnHour, callsASecond],
      );
      return z.number().nonnegative().parse(answer);
    } catch {
      return this.#share.take(connectionId, Math.ceil(pointsAnHour / CAREFUL_SHARE));
    }
  }

  async charge(points: number): Promise<void> {
    await this.#redis
      .run(CHARGE, [POINTS], [this.#options.pacing.now(), points])
      .catch(() => this.#share.charge(points));
  }

  async pause(connectionId: string | undefined, until: number): Promise<void> {
    await this.#share.pause(connectionId, until);
    const key = connectionId === undefined ? APP_PAUSE : pauseOf(connectionId);
    await this.#redis.run(PAUSE, [key], [this.#options.pacing.now(), until]).catch(() => {});
  }

  close(): Promise<void> {
    return this.#redis.close();
  }
}

function pauseOf(connectionId: string): string {
  return `${PREFIX}:paused:${connectionId}`;
}

/** Counts points in the minute that they are spent in, which is forgotten when all of it is an hour old. */
const CHARGE = `
local minute = string.format('%d', math.floor(tonumber(ARGV[1]) / 60000))
redis.call('HINCRBY', KEYS[1], minute, ARGV[2])
redis.call('PEXPIRE', KEYS[1], 7200000)
return 0
`;

/** One step, so that two processes never take the same room. Answers 0 for taken, or the milliseconds to wait. */
const TAKE = `
local now, id, limit, rate = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
for _, key in ipairs({KEYS[2], KEYS[3]}) do
  local paused = tonumber(redis.call('GET', key) or '0')
  if paused > now then return math.ceil(paused - now) end
end
local function forgottenAt(minute) return (minute + 61) * 60000 end
local points, spent = 0, {}
local all = redis.call('HGETALL', KEYS[1])
for at = 1, #all, 2 do
  local minute = tonumber(all[at])
  if forgottenAt(minute) <= now then
    redis.call('HDEL', KEYS[1], all[at])
  else
    points = points + tonumber(all[at + 1])
    table.insert(spent, {minute, tonumber(all[at + 1])})
  end
end
if points >= limit then
  table.sort(spent, function(one, other) return one[1] < other[1] end)
  for _, minute in ipairs(spent) do
    points = points - minute[2]
    if points < limit then return math.ceil(forgottenAt(minute[1]) - now) end
  end
end
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - 1000)
local before = redis.call('ZREVRANGE', KEYS[4], rate - 1, rate - 1, 'WITHSCORES')
if before[2] then return math.max(1, math.ceil(tonumber(before[2]) + 1000 - now)) end
redis.call('ZADD', KEYS[4], now, id)
redis.call('PEXPIRE', KEYS[4], 60000)
redis.call('HINCRBY', KEYS[1], string.format('%d', math.floor(now / 60000)), 1)
redis.call('PEXPIRE', KEYS[1], 7200000)
return 0
`;

/** A pause can lengthen another, and never shortens one. */
const PAUSE = `
local now, untilThen = tonumber(ARGV[1]), tonumber(ARGV[2])
if untilThen > math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0')) then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', math.ceil(untilThen - now))
end
return 0
`;
