import { setImmediate as nextTurn } from "node:timers/promises";
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
    // In a turn of its own: it is counted by then, and a job that never waits for anything holds up nobody.
    const running = nextTurn(this.signal).then(run);
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
