import { setTimeout as delay } from "node:timers/promises";
import { StageledgerError } from "@stageledger/core";
import { Redis } from "ioredis";
import { errorCodeOf } from "./error-code.ts";

const LONGEST_RECONNECT_MILLISECONDS = 1000;

/**
 * A connection that refuses commands while Redis is away, instead of collecting them, and comes back by itself.
 *
 * @throws StageledgerError REDIS_UNREACHABLE when it does not answer in time; it shows neither address nor password
 */
export async function connectRedis(url: string, withinMilliseconds: number): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    retryStrategy: reconnectDelayMilliseconds,
  });
  let lastError: unknown;
  redis.on("error", (error: unknown) => {
    lastError = error;
  });
  const isReady = new Promise<true>((resolve) => redis.once("ready", () => resolve(true)));
  const givenUp = new AbortController();
  // Its first failure is not the end: it goes on trying.
  redis.connect().catch(() => undefined);
  const wasReached = await Promise.race([
    isReady,
    delay(withinMilliseconds, false, { signal: givenUp.signal }).catch(() => false),
  ]);
  givenUp.abort();
  if (wasReached) return redis;
  redis.disconnect();
  throw unreachable(lastError);
}

/** Retries for as long as it takes. */
function reconnectDelayMilliseconds(attempt: number): number {
  return Math.min(attempt * 50, LONGEST_RECONNECT_MILLISECONDS);
}

/** Without the cause: what the driver throws carries the command that failed, and that can be the one with the password. */
function unreachable(error: unknown): StageledgerError {
  return new StageledgerError("REDIS_UNREACHABLE", `Redis could not be reached (${errorCodeOf(error)}).`, {
    next: "Check REDIS_URL (address, port, user, password) and that Redis runs; without REDIS_URL one process does the work.",
  });
}
