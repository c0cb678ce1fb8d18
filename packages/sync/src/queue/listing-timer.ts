import type { Pacing } from "../pacing.ts";
import { errorCodeOf } from "./error-code.ts";
import type { Job } from "./job.ts";
import type { QueueOptions } from "./queue-options.ts";

const JITTER_SHARE = 0.2;

/**
 * Reads all due jobs and asks for each, at once and then on a timer of this process. That is the guarantee: whatever a
 * queue has forgotten comes back with the next listing.
 */
export class ListingTimer {
  readonly #options: QueueOptions;
  readonly #ask: (job: Job) => Promise<void>;
  #nap = new AbortController();
  #isStopped = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: QueueOptions, ask: (job: Job) => Promise<void>) {
    this.#options = options;
    this.#ask = ask;
  }

  start(): void {
    this.#ended = this.#listAgainAndAgain();
  }

  /** Does not wait for the timer; while a listing runs, another follows. */
  listNow(): void {
    this.#nap.abort();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#nap.abort();
    await this.#ended;
  }

  async #listAgainAndAgain(): Promise<void> {
    const { pacing, listEveryMilliseconds } = this.#options;
    while (!this.#isStopped) {
      // Before the listing, so that whoever cannot wait during it is not overheard.
      this.#nap = new AbortController();
      await this.#list();
      await napUpTo(listEveryMilliseconds, pacing, this.#nap.signal);
    }
  }

  async #list(): Promise<void> {
    try {
      for (const job of await this.#options.listJobs()) {
        if (this.#isStopped) return;
        await this.#ask(job);
      }
    } catch (error) {
      this.#options.log({ event: "listing failed", code: errorCodeOf(error) });
    }
  }
}

/** Up to a fifth shorter by chance, so that many processes do not list in step. */
async function napUpTo(milliseconds: number, pacing: Pacing, signal: AbortSignal): Promise<void> {
  await pacing.sleep(milliseconds * (1 - JITTER_SHARE * pacing.random()), signal).catch(() => undefined);
}
