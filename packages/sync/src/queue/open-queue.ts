import { InProcessQueue } from "./in-process-queue.ts";
import type { JobQueue } from "./job.ts";
import { QUEUE_DEFAULTS, type QueueOptions } from "./queue-options.ts";

/**
 * Over Redis, shared by any number of processes, where there is an address; in this process alone otherwise.
 *
 * @throws StageledgerError REDIS_UNREACHABLE
 */
export async function openQueue(
  redisUrl: string | undefined,
  options: Pick<QueueOptions, "listJobs" | "pacing" | "log"> & Partial<QueueOptions>,
): Promise<JobQueue> {
  const all = { ...QUEUE_DEFAULTS, ...options };
  if (redisUrl === undefined) return new InProcessQueue(all);
  // Loaded where there is a Redis: most commands of the command line never need it, and it takes as long as all the rest.
  const [{ BullmqQueue }, { connectRedis }] = await Promise.all([
    import("./bullmq-queue.ts"),
    import("./redis-connection.ts"),
  ]);
  return new BullmqQueue(await connectRedis(redisUrl, all.redisWithinMilliseconds), all);
}
