import { BullmqQueue } from "./bullmq-queue.ts";
import { InProcessQueue } from "./in-process-queue.ts";
import type { JobQueue } from "./job.ts";
import { QUEUE_DEFAULTS, type QueueOptions } from "./queue-options.ts";
import { connectRedis } from "./redis-connection.ts";

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
  return new BullmqQueue(await connectRedis(redisUrl, all.redisWithinMilliseconds), all);
}
