import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, type TestContext } from "vitest";
import type { Limiter, LimiterDials, Limiters } from "../../../apps/asana-sync/src/asana/limiter.ts";
import { redisLimiters } from "../../../apps/asana-sync/src/asana/redis-limiter.ts";
import { type Pacing, realPacing } from "../../../packages/sync/src/pacing.ts";
import { openRedis, type RedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";
import { virtualPacing } from "../../support/virtual-pacing.ts";

const DIALS: LimiterDials = { requestsAMinute: 100, slowRequestsAMinute: 10, readsInFlight: 3, writesInFlight: 1 };
const never = new AbortController().signal;

let opened: RedisServer | string = "Redis opens before the first test";

beforeAll(async () => {
  opened = await openRedis();
}, 600_000);
beforeEach(async () => {
  if (typeof opened === "string") return;
  await opened.start().catch(() => {});
  await opened.command("FLUSHALL");
});
afterAll(async () => {
  if (typeof opened !== "string") await opened.stop();
});

function redisOf(context: TestContext): RedisServer {
  return typeof opened === "string" ? context.skip(opened) : opened;
}

/** As a process of its own would open it. */
async function aProcess(redis: RedisServer, pacing: Pacing, dials = DIALS): Promise<Limiters> {
  const limiters = await redisLimiters(redis.url, pacing, randomUUID, dials);
  onTestFinished(() => limiters.close());
  return limiters;
}

describe("the limiter that processes share", () => {
  it("never lets more calls be in flight than Asana takes, of all processes together", async (context) => {
    const redis = redisOf(context);
    const processes = [await aProcess(redis, realPacing), await aProcess(redis, realPacing)];
    let inFlight = 0;
    let most = 0;
    const call = async (limiter: Limiter) => {
      const release = await limiter.turn("read", never);
      inFlight += 1;
      most = Math.max(most, inFlight);
      await realPacing.sleep(5, never);
      inFlight -= 1;
      release();
    };
    await Promise.all(processes.flatMap((limiters) => Array.from({ length: 15 }, () => call(limiters.of("one")))));
    expect(most).toBe(3);
  });

  it("begins no more calls in any 60 seconds than the rate, of all processes together", async (context) => {
    const redis = redisOf(context);
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const dials = { ...DIALS, requestsAMinute: 20 };
    const processes = [await aProcess(redis, pacing, dials), await aProcess(redis, pacing, dials)];
    const startedAt = pacing.now();
    const begunAfter: number[] = [];
    for (let call = 0; call < 50; call += 1) {
      const release = await processes[call % 2]?.of("one").turn("read", never);
      begunAfter.push(pacing.now() - startedAt);
      release?.();
    }
    expect(begunAfter).toEqual([...Array(20).fill(0), ...Array(20).fill(60_000), ...Array(10).fill(120_000)]);
  });

  it("makes every process wait while one was told to", async (context) => {
    const redis = redisOf(context);
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const [one, other] = [await aProcess(redis, pacing), await aProcess(redis, pacing)];
    await one.of("one").pauseUntil(startedAt + 30_000);
    (await other.of("other").turn("read", never))();
    expect(pacing.now()).toBe(startedAt);
    (await other.of("one").turn("read", never))();
    expect(pacing.now()).toBe(startedAt + 30_000);
  });

  it("slows every process down at the second refusal within ten minutes, and no more after an hour", async (context) => {
    const redis = redisOf(context);
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const [one, other] = [(await aProcess(redis, pacing)).of("one"), (await aProcess(redis, pacing)).of("one")];
    const takeTurns = async (count: number) => {
      for (let turn = 0; turn < count; turn += 1) (await other.turn("read", never))();
    };
    await one.pauseUntil(startedAt + 1000);
    // Refused together with the first.
    await other.pauseUntil(startedAt + 1000);
    await takeTurns(30);
    expect(pacing.now(), "once leaves the rate").toBe(startedAt + 1000);
    await pacing.sleep(119_000, never);
    await one.pauseUntil(startedAt + 121_000);
    await takeTurns(11);
    expect(pacing.now(), "ten in the minute from 121 s").toBe(startedAt + 181_000);
    await pacing.sleep(3_600_000, never);
    await takeTurns(100);
    expect(pacing.now()).toBe(startedAt + 3_781_000);
  });

  it("takes the places of a killed process back after two minutes", async (context) => {
    const redis = redisOf(context);
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const killed = await aProcess(redis, pacing);
    for (let place = 0; place < 3; place += 1) await killed.of("one").turn("read", never);
    await killed.close();
    const limiter = (await aProcess(redis, pacing)).of("one");
    (await limiter.turn("write", never))();
    expect(pacing.now(), "writes have places of their own").toBe(startedAt);
    (await limiter.turn("read", never))();
    expect(pacing.now()).toBe(startedAt + 120_000);
  });

  it("keeps to a careful share of its own while Redis is away, and shares again when it is back", async (context) => {
    const redis = redisOf(context);
    const limiter = (await aProcess(redis, realPacing)).of("one");
    await redis.kill();
    const releases = await Promise.all(Array.from({ length: 5 }, () => limiter.turn("read", never)));
    const stopping = new AbortController();
    const sixth = limiter.turn("read", stopping.signal);
    const wasTaken = await Promise.race([sixth.then(() => true), realPacing.sleep(200, never).then(() => false)]);
    expect(wasTaken).toBe(false);
    stopping.abort(new Error("enough"));
    await expect(sixth).rejects.toThrow("enough");
    for (const release of releases) release();
    await redis.start();
    await until(async () => {
      (await limiter.turn("read", never))();
      return (await redis.command("DBSIZE")) !== ":0";
    }, "the limiter uses Redis again");
  });

  it("pauses without Redis too", async (context) => {
    const redis = redisOf(context);
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const limiter = (await aProcess(redis, pacing)).of("one");
    await redis.kill();
    await limiter.pauseUntil(startedAt + 30_000);
    (await limiter.turn("read", never))();
    expect(pacing.now()).toBe(startedAt + 30_000);
  });

  it("gives turns in the order of asking within a process, and the turn of who stopped waiting to the next", async (context) => {
    const limiter = (await aProcess(redisOf(context), realPacing, { ...DIALS, readsInFlight: 1 })).of("one");
    const release = await limiter.turn("read", never);
    const order: number[] = [];
    // Every second one gives up while it waits, each at another time.
    const stopping = Array.from({ length: 11 }, () => new AbortController());
    const waiting = stopping.map(async ({ signal }, number) => {
      const releaseMine = await limiter.turn("read", signal);
      order.push(number);
      releaseMine();
    });
    const settled = Promise.allSettled(waiting);
    for (const [number, controller] of stopping.entries()) {
      if (number % 2 === 0) continue;
      controller.abort(new Error("enough"));
      await realPacing.sleep(7, never);
    }
    release();
    const outcomes = await settled;
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(5);
    expect(order).toEqual([0, 2, 4, 6, 8, 10]);
  });

  it("opens also where there is no Redis", async () => {
    const limiters = await redisLimiters("redis://127.0.0.1:1", realPacing, randomUUID);
    onTestFinished(() => limiters.close());
    (await limiters.of("one").turn("write", never))();
  });
});
