/** The demo's queue: no clock, no chance. */
import type { Job, JobQueue } from "@stageledger/sync";

/** Does the jobs when it is told to, so that the same quarter always goes the same way. */
export class HandQueue implements JobQueue {
  #asked: Job[] = [];
  #doJob: Parameters<JobQueue["work"]>[0] = async () => undefined;

  ask(job: Job): void {
    if (!this.#asked.some(({ kind }) => kind === job.kind)) this.#asked.push(job);
  }

  work(doJob: Parameters<JobQueue["work"]>[0]): void {
    this.#doJob = doJob;
  }

  async close(): Promise<void> {
    this.#asked = [];
  }

  /** These, and all that they ask for. */
  async doAll(jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) this.ask(job);
    for (let next = this.#asked.shift(); next !== undefined; next = this.#asked.shift()) {
      const again = await this.#doJob(next, new AbortController().signal);
      if (again !== undefined) this.ask(next);
    }
  }
}
