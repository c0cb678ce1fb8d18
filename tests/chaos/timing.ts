import type { Timing } from "../../apps/asana-sync/src/module.ts";

const HOUR = 3_600_000;

/** Rarer than the product's own, so that a week is short and what one reconcile misses is not mended before it is seen. */
export const CHAOS_TIMING: Timing = {
  reconcileEvery: 4 * HOUR,
  sweepEvery: 12 * HOUR,
  listAllEntriesEvery: 48 * HOUR,
  keepEvery: 4 * HOUR,
};

export const QUEUE_TIMING = {
  /** Simulated. */
  listEveryMilliseconds: 300_000,
  // Real time, since Redis keeps it: a killed worker's jobs are taken over soon.
  firstRetryMilliseconds: 20,
  takeOverMilliseconds: 500,
  redisRetryMilliseconds: 50,
  redisWithinMilliseconds: 2000,
};
