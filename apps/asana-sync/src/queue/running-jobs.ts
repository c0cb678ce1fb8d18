import type { Pacing } from "../pacing.ts";

/** The jobs that run in this process now. */
export class RunningJobs {
  readonly #running = new Set<Promise<unknown>>();
  readonly #patience = new AbortController();

  /** Aborts when the patience of {@link end} is over. */
  get signal(): AbortSignal {
    return this.#patience.signal;
  }

  get count(): number {
    return this.#running.size;
  }

  /** Answers and fails as the job does. */
  async follow<Answer>(run: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    // Not before it is counted: what it does first may be to ask for the next.
    const running = Promise.resolve(this.signal).then(run);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Waits until all have ended; after the patience they are told to. */
  async end(patienceMilliseconds: number, pacing: Pacing): Promise<void> {
    const allEnded = new AbortController();
    const out = pacing.sleep(patienceMilliseconds, allEnded.signal).then(
      () => this.#patience.abort(),
      () => undefined,
    );
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
    allEnded.abort();
    await out;
  }
}
