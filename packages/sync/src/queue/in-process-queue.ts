import { errorCodeOf } from "./error-code.ts";
import type { DoJob, Job, JobQueue } from "./job.ts";
import { jobIdOf } from "./job-id.ts";
import { ListingTimer } from "./listing-timer.ts";
import type { QueueOptions } from "./queue-options.ts";
import { retryDelayMilliseconds } from "./retry-delay.ts";
import { RunningJobs } from "./running-jobs.ts";

/** A timer of Node's takes no more than 24 days and fires at once beyond: longer rests come in pieces. */
const LONGEST_TIMER_MILLISECONDS = 24 * 24 * 60 * 60_000;

interface Entry {
  readonly job: Job;
  state: "waiting" | "running" | "resting";
  isAskedWhileRunning: boolean;
  failuresInARow: number;
  rest: AbortController;
}

/** The queue of a single process. It is gone with it: the first listing after a start brings everything back. */
export class InProcessQueue implements JobQueue {
  readonly #options: QueueOptions;
  readonly #entries = new Map<string, Entry>();
  /** First come, first done. What runs again goes to the end, so that one busy connection does not hold up the others. */
  readonly #waiting = new Set<Entry>();
  readonly #running = new RunningJobs();
  readonly #listing: ListingTimer;
  #worker: { readonly doJob: DoJob; readonly atOnce: number } | undefined;
  #isClosing = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    // What runs was due when it began: a listing does not make it run again.
    this.#listing = new ListingTimer(options, async (job) => this.#askUnlessRunning(job));
  }

  ask(job: Job): void {
    const known = this.#entries.get(jobIdOf(job));
    if (known?.state === "running") known.isAskedWhileRunning = true;
    else this.#askUnlessRunning(job);
  }

  work(doJob: DoJob, { atOnce }: { readonly atOnce: number }): void {
    this.#worker = { doJob, atOnce };
    this.#startWhatWaits();
    this.#listing.start();
  }

  async close(patienceMilliseconds: number): Promise<void> {
    this.#isClosing = true;
    for (const { rest } of this.#entries.values()) rest.abort();
    await Promise.all([this.#listing.stop(), this.#running.end(patienceMilliseconds, this.#options.pacing)]);
  }

  #askUnlessRunning(job: Job): void {
    const known = this.#entries.get(jobIdOf(job));
    if (known === undefined) {
      const entry: Entry = {
        job,
        state: "waiting",
        isAskedWhileRunning: false,
        failuresInARow: 0,
        rest: new AbortController(),
      };
      this.#entries.set(jobIdOf(job), entry);
      this.#wait(entry);
    } else if (known.state === "resting" && known.failuresInARow === 0) {
      known.rest.abort();
    }
  }

  #wait(entry: Entry): void {
    entry.state = "waiting";
    this.#waiting.add(entry);
    this.#startWhatWaits();
  }

  #startWhatWaits(): void {
    if (this.#worker === undefined || this.#isClosing) return;
    for (const entry of this.#waiting) {
      if (this.#running.count >= this.#worker.atOnce) return;
      this.#waiting.delete(entry);
      void this.#run(entry, this.#worker.doJob);
    }
  }

  async #run(entry: Entry, doJob: DoJob): Promise<void> {
    entry.state = "running";
    entry.isAskedWhileRunning = false;
    const again = await this.#attempt(entry, doJob);
    if (again === undefined) this.#entries.delete(jobIdOf(entry.job));
    else if (again <= this.#options.pacing.now()) this.#wait(entry);
    else void this.#rest(entry, again);
    this.#startWhatWaits();
  }

  /** When it runs again. */
  async #attempt(entry: Entry, doJob: DoJob): Promise<number | undefined> {
    const { pacing, log, firstRetryMilliseconds } = this.#options;
    try {
      const again = await this.#running.follow((signal) => doJob(entry.job, signal));
      entry.failuresInARow = 0;
      return entry.isAskedWhileRunning ? pacing.now() : again;
    } catch (error) {
      if (this.#running.signal.aborted) return undefined;
      entry.failuresInARow += 1;
      const { job, failuresInARow } = entry;
      log({ event: "job failed", job, code: errorCodeOf(error), failuresInARow });
      return pacing.now() + retryDelayMilliseconds(failuresInARow, firstRetryMilliseconds, pacing.random);
    }
  }

  async #rest(entry: Entry, until: number): Promise<void> {
    const { pacing } = this.#options;
    entry.state = "resting";
    entry.rest = new AbortController();
    while (!entry.rest.signal.aborted && pacing.now() < until) {
      const milliseconds = Math.min(until - pacing.now(), LONGEST_TIMER_MILLISECONDS);
      await pacing.sleep(milliseconds, entry.rest.signal).catch(() => undefined);
    }
    this.#wait(entry);
  }
}
