import { expect, it } from "vitest";
import { realPacing } from "../../../packages/sync/src/pacing.ts";
import type { JobQueue } from "../../../packages/sync/src/queue/job.ts";
import { openQueue } from "../../../packages/sync/src/queue/open-queue.ts";
import { freePort } from "../../support/free-port.ts";
import { openRedis } from "../../support/redis-server.ts";
import { codedRejection, everythingIn } from "../../support/rejection.ts";

function open(redisUrl: string, redisWithinMilliseconds = 1000): Promise<JobQueue> {
  return openQueue(redisUrl, {
    listJobs: async () => [],
    pacing: realPacing,
    log: () => undefined,
    redisWithinMilliseconds,
  });
}

it("refuses to start without the Redis that it was told to use, and shows neither address nor password", async () => {
  const port = await freePort();
  const error = await codedRejection(open(`redis://worker:canary-secret@127.0.0.1:${port}/3`));
  expect(error.code).toBe("REDIS_UNREACHABLE");
  expect(error.message).toBe("Redis could not be reached (ECONNREFUSED).");
  expect(everythingIn(error)).not.toMatch(/canary-secret|127\.0\.0\.1/);
});

it("says that the password is wrong, and not which it is", async (context) => {
  const redis = await openRedis(["--requirepass", "right-secret"]);
  if (typeof redis === "string") return context.skip(redis);
  context.onTestFinished(() => redis.stop());
  const wrong = await codedRejection(open(redis.url.replace("//", "//:canary-secret@")));
  expect(wrong.message).toBe("Redis could not be reached (WRONGPASS).");
  expect(everythingIn(wrong)).not.toMatch(/canary-secret|right-secret/);
  const none = await codedRejection(open(redis.url));
  expect(none.message).toBe("Redis could not be reached (NOAUTH).");
  const right = await open(redis.url.replace("//", "//:right-secret@"), 10_000);
  await right.close(0);
}, 600_000);
