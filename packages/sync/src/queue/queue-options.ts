import type { Pacing } from "../pacing.ts";
import type { Job, JobLister } from "./job.ts";

/** What a queue has to tell: codes and ids, and never an error's text. */
export type QueueEvent =
  | { readonly event: "job failed"; readonly job: Job; readonly code: string; readonly failuresInARow: number }
  | { readonly event: "listing failed"; readonly code: string }
  /** Told once an outage, however often it is met. */
  | { readonly event: "redis in trouble"; readonly code: string }
  | { readonly event: "redis well again" };

export interface QueueOptions {
  readonly listJobs: JobLister;
  readonly pacing: Pacing;
  readonly log: (event: QueueEvent) => void;
  /** How long until all due jobs are asked for anew: the longest that anything forgotten waits. */
  readonly listEveryMilliseconds: number;
  /** Rest of a job after its first failure. */
  readonly firstRetryMilliseconds: number;
  /** How long a worker may give no sign before its jobs are given to another; a Redis queue only. */
  readonly takeOverMilliseconds: number;
  /** Rest of a worker whom Redis did not answer, before it asks again. */
  readonly redisRetryMilliseconds: number;
  /** How long Redis may take to answer at the start. */
  readonly redisWithinMilliseconds: number;
}

export const QUEUE_DEFAULTS = {
  listEveryMilliseconds: 30_000,
  firstRetryMilliseconds: 1000,
  takeOverMilliseconds: 30_000,
  redisRetryMilliseconds: 1000,
  redisWithinMilliseconds: 5000,
} as const;
