/**
 * A worker for tests that kill or end it: it begins a job, says so, and goes on with it until it is told to end. Its argument
 * is the address of Redis.
 */
import { realPacing } from "../../../packages/sync/src/pacing.ts";
import { openQueue } from "../../../packages/sync/src/queue/open-queue.ts";

const queue = await openQueue(process.argv[2], {
  listJobs: async () => [],
  pacing: realPacing,
  log: () => undefined,
  takeOverMilliseconds: 200,
});
queue.work(
  async ({ connectionId }, signal) => {
    console.log(`began ${connectionId}`);
    return new Promise((_, reject) => signal.addEventListener("abort", reject));
  },
  { atOnce: 1 },
);
process.once("SIGTERM", () => void queue.close(0));
