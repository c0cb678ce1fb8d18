/** Scripts that Redis runs in one step: what processes count together cannot be counted by any of them alone. */
import { Redis } from "ioredis";

export interface RedisScripts {
  /** What the script answers. Rejects at once while Redis is away: nothing is queued for it. */
  run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  close(): Promise<void>;
}

const TIMEOUT_MILLISECONDS = 1000;
const LONGEST_RECONNECT_MILLISECONDS = 5000;

/** Opens also where Redis is away, and comes back to it by itself. */
export async function openRedisScripts(url: string): Promise<RedisScripts> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: TIMEOUT_MILLISECONDS,
    retryStrategy: (times) => Math.min(100 * 2 ** times, LONGEST_RECONNECT_MILLISECONDS),
  });
  redis.on("error", () => {});
  await redis.connect().catch(() => {});
  return {
    run: (script, keys, args) => redis.eval(script, keys.length, ...keys, ...args),
    close: async () => redis.disconnect(),
  };
}
