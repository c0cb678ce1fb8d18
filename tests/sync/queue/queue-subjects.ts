import { afterAll, beforeAll, beforeEach, describe, type TestContext } from "vitest";
import { realPacing } from "../../../packages/sync/src/pacing.ts";
import type { JobQueue } from "../../../packages/sync/src/queue/job.ts";
import { openQueue } from "../../../packages/sync/src/queue/open-queue.ts";
import type { QueueEvent, QueueOptions } from "../../../packages/sync/src/queue/queue-options.ts";
import { openRedis, type RedisServer } from "../../support/redis-server.ts";

const A_DAY = 24 * 60 * 60_000;

/** Opens queues for a test, which are closed after it. */
export class QueueHouse {
  readonly events: QueueEvent[] = [];
  readonly #redisUrl: string | undefined;
  readonly #opened: JobQueue[] = [];

  constructor(redisUrl: string | undefined) {
    this.#redisUrl = redisUrl;
  }

  /** Lists nothing, and retries after 10 ms, unless said otherwise. */
  async open(options: Partial<QueueOptions> = {}): Promise<JobQueue> {
    const queue = await openQueue(this.#redisUrl, {
      listJobs: async () => [],
      pacing: realPacing,
      log: (event) => void this.events.push(event),
      listEveryMilliseconds: A_DAY,
      firstRetryMilliseconds: 10,
      ...options,
    });
    this.#opened.push(queue);
    return queue;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((queue) => queue.close(0)));
  }
}

/** A Redis of a test file's own, empty at the beginning of each test; each test asks for it and is skipped without. */
export function withRedis(): (context: TestContext) => RedisServer {
  let opened: RedisServer | string = "Redis opens before the first test";
  beforeAll(async () => {
    opened = await openRedis();
  }, 600_000);
  beforeEach(async () => {
    if (typeof opened !== "string") await opened.command("FLUSHALL");
  });
  afterAll(async () => {
    if (typeof opened !== "string") await opened.stop();
  });
  return (context) => (typeof opened === "string" ? context.skip(opened) : opened);
}

/** Runs the same tests on the queue of one process and on the one over Redis. */
export function onBothQueues(tests: (house: (context: TestContext) => QueueHouse) => void): void {
  describe("in one process", () => tests((context) => aHouse(context, undefined)));
  describe("over Redis", () => {
    const redis = withRedis();
    tests((context) => aHouse(context, redis(context).url));
  });
}

export function aHouse(context: TestContext, redisUrl: string | undefined): QueueHouse {
  const house = new QueueHouse(redisUrl);
  context.onTestFinished(() => house.close());
  return house;
}
