import { expect, it } from "vitest";
import { InProcessQueue } from "../../../packages/sync/src/queue/in-process-queue.ts";
import { QUEUE_DEFAULTS } from "../../../packages/sync/src/queue/queue-options.ts";
import { aJob, JobRecorder } from "./job-recorder.ts";

const DAY = 24 * 60 * 60_000;

it("rests in pieces that a timer can wait for, until the instant is there", async () => {
  let now = 0;
  const rests: number[] = [];
  const queue = new InProcessQueue({
    ...QUEUE_DEFAULTS,
    listJobs: async () => [],
    log: () => undefined,
    pacing: {
      now: () => now,
      random: () => 0,
      sleep: async (milliseconds, signal) => {
        // The listing's timer.
        if (milliseconds === 30_000) return new Promise((_, reject) => signal.addEventListener("abort", reject));
        rests.push(milliseconds);
        now += milliseconds;
      },
    },
  });
  const recorder = new JobRecorder({ a: (run) => (run === 1 ? 60 * DAY : undefined) });
  queue.work(recorder.doJob, { atOnce: 1 });
  queue.ask(aJob("a"));
  await recorder.untilRuns("a", 2);
  expect(rests).toEqual([24 * DAY, 24 * DAY, 12 * DAY]);
  await queue.close(0);
});
