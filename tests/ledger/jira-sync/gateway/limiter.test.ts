import { randomUUID } from "node:crypto";
import { type Pacing, realPacing } from "@stageledger/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, type TestContext } from "vitest";
import type { JiraLimiter, JiraLimiters, LimiterDials } from "../../../../apps/ledger/src/jira-sync/jira/limiter.ts";
import { processLimiters } from "../../../../apps/ledger/src/jira-sync/jira/process-limiter.ts";
import { redisLimiters } from "../../../../apps/ledger/src/jira-sync/jira/redis-limiter.ts";
import { openRedis, type RedisServer } from "../../../support/redis-server.ts";
import { codedRejection } from "../../../support/rejection.ts";
import { until } from "../../../support/until.ts";
import { virtualPacing } from "../../../support/virtual-pacing.ts";

const DIALS: LimiterDials = { pointsAnHour: { bell: 100, sweep: 90 }, callsASecond: 5 };
const never = new AbortController().signal;

let opened: RedisServer | string = "Redis opens before the first test";

beforeAll(async () => {
  opened = await openRedis();
}, 600_000);
beforeEach(async () => {
  if (typeof opened === "string") return;
  await opened.start();
  await opened.command("FLUSHALL");
});
afterAll(async () => {
  if (typeof opened !== "string") await opened.stop();
});

function redisOf(context: TestContext): RedisServer {
  return typeof opened === "string" ? context.skip(opened) : opened;
}

/** As a process of its own would open them. */
async function overRedis(context: TestContext, pacing: Pacing, dials = DIALS): Promise<JiraLimiters> {
  const limiters = await redisLimiters(redisOf(context).url, pacing, randomUUID, dials);
  onTestFinished(() => limiters.close());
  return limiters;
}

/** What two workers use: in one process the same, over Redis each its own. */
type Open = (context: TestContext, pacing: Pacing, dials?: LimiterDials) => Promise<[JiraLimiters, JiraLimiters]>;

const SUBJECTS: readonly [string, Open][] = [
  [
    "in one process",
    async (_context, pacing, dials = DIALS) => {
      const limiters = processLimiters(pacing, dials);
      return [limiters, limiters];
    },
  ],
  [
    "of processes that share a Redis",
    async (context, pacing, dials) => [
      await overRedis(context, pacing, dials),
      await overRedis(context, pacing, dials),
    ],
  ],
];

async function turns(limiter: JiraLimiter, count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await limiter.turn(never);
}

describe.each(SUBJECTS)("the limiter %s", (_name, open) => {
  it("begins no more calls to a site in any second than the rate", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const workers = await open(context, pacing);
    const begunAfter: number[] = [];
    for (let call = 0; call < 12; call += 1) {
      await workers[call % 2]?.of("one", call % 3 === 0 ? "bell" : "sweep").turn(never);
      begunAfter.push(pacing.now() - startedAt);
    }
    expect(begunAfter).toEqual([0, 0, 0, 0, 0, 1000, 1000, 1000, 1000, 1000, 2000, 2000]);
    await workers[0].of("other", "sweep").turn(never);
    expect(pacing.now() - startedAt, "another site has a rate of its own").toBe(2000);
  });

  it("counts a point for a call and one for each object, of all sites together, and leaves bells some", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:30Z");
    const [one, other] = await open(context, pacing);
    await one.of("one", "sweep").turn(never);
    await one.of("one", "sweep").charge(49);
    await other.of("other", "sweep").turn(never);
    await other.of("other", "sweep").charge(38);
    // 89 of the sweeps' 90: one more may begin.
    await one.of("third", "sweep").turn(never);
    const error = await codedRejection(other.of("one", "sweep").turn(never));
    expect(error.code).toBe("JIRA_RATE_LIMITED");
    expect(error.next).toContain("after 2026-09-07 11:01 UTC");
    expect(pacing.waits).toEqual([]);
    // Ten are left of the bells' hundred.
    await turns(one.of("one", "bell"), 5);
    await turns(other.of("other", "bell"), 5);
    expect((await codedRejection(one.of("third", "bell").turn(never))).code).toBe("JIRA_RATE_LIMITED");
  });

  it("forgets points when the whole minute of their spending is an hour old", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:30Z");
    const [one, other] = await open(context, pacing);
    const limiter = one.of("one", "sweep");
    await limiter.turn(never);
    await limiter.charge(59);
    await pacing.sleep(10 * 60_000, never);
    await limiter.turn(never);
    await limiter.charge(29);
    // 90 points are spent, 60 of them in the minute from 10:00, which is an hour old at 11:01.
    await pacing.sleep(45 * 60_000 + 29_999, never);
    expect((await codedRejection(other.of("one", "sweep").turn(never))).code, "5 min and 1 ms to go").toBe(
      "JIRA_RATE_LIMITED",
    );
    await pacing.sleep(1, never);
    await other.of("one", "sweep").turn(never);
    expect(new Date(pacing.now()).toISOString()).toBe("2026-09-07T11:01:00.000Z");
    // 31 are counted now: 59 more make it full, until the thirty of 10:10 are forgotten at 11:11.
    await limiter.charge(59);
    expect((await codedRejection(limiter.turn(never))).next).toContain("11:11 UTC");
  });

  it("waits as long as it takes until enough is forgotten, when much more was spent than there is", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const [limiters] = await open(context, pacing);
    const limiter = limiters.of("one", "sweep");
    await limiter.turn(never);
    await limiter.charge(9);
    await pacing.sleep(60_000, never);
    await limiter.turn(never);
    // 1,010 points: those of 10:00 are too few.
    await limiter.charge(999);
    await pacing.sleep(58 * 60_000, never);
    await limiter.turn(never);
    expect(new Date(pacing.now()).toISOString()).toBe("2026-09-07T11:02:00.000Z");
  });

  it("holds nobody for room that is not enough", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const [limiters] = await open(context, pacing);
    const limiter = limiters.of("one", "sweep");
    await limiter.turn(never);
    await limiter.charge(9);
    await pacing.sleep(30 * 60_000, never);
    await limiter.turn(never);
    await limiter.charge(89);
    await pacing.sleep(27 * 60_000, never);
    // Four minutes on, the ten points of 10:00 are forgotten, and the ninety of 10:30 are still as many as there may be.
    const error = await codedRejection(limiter.turn(never));
    expect(error.next).toContain("11:31 UTC");
    expect(pacing.waits).toEqual([30 * 60_000, 27 * 60_000]);
  });

  it("makes all sites wait while the app's quota is used up", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const [one, other] = await open(context, pacing);
    await one.of("one", "sweep").pause("app", startedAt + 30_000);
    await other.of("other", "bell").turn(never);
    expect(pacing.now()).toBe(startedAt + 30_000);
    expect(pacing.waits).toEqual([30_000]);
  });

  it("makes a site wait while that site's quota is used up, and no other", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const [one, other] = await open(context, pacing);
    await one.of("one", "sweep").pause("site", startedAt + 30_000);
    await other.of("other", "bell").turn(never);
    expect(pacing.now()).toBe(startedAt);
    await other.of("one", "bell").turn(never);
    expect(pacing.now()).toBe(startedAt + 30_000);
  });

  it("lets a later pause lengthen an earlier one, and an earlier one not shorten it", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const [one, other] = await open(context, pacing);
    await one.of("one", "sweep").pause("site", startedAt + 10_000);
    await other.of("one", "sweep").pause("site", startedAt + 20_000);
    await one.of("one", "sweep").pause("site", startedAt + 15_000);
    await other.of("one", "sweep").turn(never);
    expect(pacing.now()).toBe(startedAt + 20_000);
  });

  it("holds nobody for more than five minutes, and pauses an hour at most", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const [one, other] = await open(context, pacing);
    await one.of("one", "sweep").pause("app", startedAt + 10 ** 12);
    const error = await codedRejection(other.of("one", "bell").turn(never));
    expect(error).toMatchObject({
      code: "JIRA_RATE_LIMITED",
      next: expect.stringContaining("after 2026-09-07 11:00 UTC"),
    });
    await pacing.sleep(55 * 60_000, never);
    await other.of("one", "bell").turn(never);
    expect(pacing.now()).toBe(startedAt + 3_600_000);
  });

  it("gives turns in the order of asking, and the turn of who stopped waiting to the next", async (context) => {
    const [limiters] = await open(context, realPacing);
    const limiter = limiters.of("one", "bell");
    await limiter.pause("site", realPacing.now() + 150);
    const order: number[] = [];
    const stopping = [0, 1, 2, 3, 4].map(() => new AbortController());
    const waiting = stopping.map(({ signal }, number) => limiter.turn(signal).then(() => order.push(number)));
    stopping[1]?.abort(new Error("enough"));
    stopping[3]?.abort(new Error("enough"));
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(order).toEqual([0, 2, 4]);
    await expect(limiter.turn(AbortSignal.abort(new Error("at once")))).rejects.toThrow("at once");
  });

  it("is one for all who name the same site and purpose", async (context) => {
    const [limiters] = await open(context, realPacing);
    expect(limiters.of("one", "bell")).toBe(limiters.of("one", "bell"));
    expect(limiters.of("one", "bell")).not.toBe(limiters.of("one", "sweep"));
  });
});

describe("the limiter of processes that share a Redis", () => {
  it("never lets them begin more than the rate together when they ask at the same time", async (context) => {
    const dials = { ...DIALS, callsASecond: 7 };
    const workers = [await overRedis(context, realPacing, dials), await overRedis(context, realPacing, dials)];
    const stopping = new AbortController();
    let begun = 0;
    const calls = workers.flatMap((limiters) =>
      Array.from({ length: 10 }, () =>
        limiters
          .of("one", "bell")
          .turn(stopping.signal)
          .then(() => {
            begun += 1;
          }),
      ),
    );
    await realPacing.sleep(300, never);
    expect(begun).toBe(7);
    stopping.abort(new Error("enough"));
    await Promise.allSettled(calls);
  });

  it("forgets the oldest points first, whichever process with its own clock told of them first", async (context) => {
    const ahead = virtualPacing("2026-09-07T10:01:00Z");
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    await (await overRedis(context, ahead)).of("one", "sweep").charge(60);
    const limiter = (await overRedis(context, pacing)).of("one", "sweep");
    await limiter.charge(40);
    await pacing.sleep(58 * 60_000, never);
    await limiter.turn(never);
    expect(new Date(pacing.now()).toISOString()).toBe("2026-09-07T11:01:00.000Z");
  });

  it("keeps to a tenth of its own while Redis is away, and shares again when it is back", async (context) => {
    const redis = redisOf(context);
    // The clock stands, so that no second and no hour passes.
    const pacing = { ...realPacing, now: () => Date.UTC(2026, 8, 7, 10) };
    const limiters = await overRedis(context, pacing, { ...DIALS, callsASecond: 100 });
    const limiter = limiters.of("one", "bell");
    await redis.kill();
    // A tenth of a hundred points.
    await turns(limiter, 4);
    await limiter.charge(6);
    expect((await codedRejection(limiter.turn(never))).code).toBe("JIRA_RATE_LIMITED");
    await redis.start();
    await until(async () => {
      await limiter.turn(never).catch(() => {});
      return (await redis.command("DBSIZE")) !== ":0";
    }, "the limiter uses Redis again");
  });

  it("pauses without Redis too", async (context) => {
    const pacing = virtualPacing("2026-09-07T10:00:00Z");
    const startedAt = pacing.now();
    const limiters = await overRedis(context, pacing);
    await redisOf(context).kill();
    await limiters.of("one", "bell").pause("app", startedAt + 30_000);
    await limiters.of("other", "bell").turn(never);
    expect(pacing.now()).toBe(startedAt + 30_000);
  });

  it("opens also where there is no Redis", async () => {
    const limiters = await redisLimiters("redis://127.0.0.1:1", realPacing, randomUUID);
    onTestFinished(() => limiters.close());
    await limiters.of("one", "bell").turn(never);
  });
});
