import type { DoJob, Job } from "../../../packages/sync/src/queue/job.ts";
import { until } from "../../support/until.ts";

interface Run {
  readonly connectionId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** What a connection's job does in a test; nothing, and nothing more to do, unless said. */
export type Act = (run: number, signal: AbortSignal, job: Job) => Promise<number | undefined> | number | undefined;

const TENANT = "6a1de7a7-6a3e-4b8e-9f4c-0d6a4c1b2e3f";

export function aJob(connectionId: string, kind: Job["kind"] = "answer"): Job {
  return { kind, tenantId: TENANT, connectionId };
}

/** Does jobs and remembers which, when and how many at once. */
export class JobRecorder {
  readonly runs: Run[] = [];
  readonly #acts: Readonly<Record<string, Act>>;
  #atOnce = 0;
  mostAtOnce = 0;

  /** By connection. A run's number begins at 1. */
  constructor(acts: Readonly<Record<string, Act>> = {}) {
    this.#acts = acts;
  }

  readonly doJob: DoJob = async (job, signal) => {
    this.runs.push({ connectionId: job.connectionId, startedAt: Date.now() });
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    try {
      return await this.#acts[job.connectionId]?.(this.countOf(job.connectionId), signal, job);
    } finally {
      this.#atOnce -= 1;
    }
  };

  countOf(connectionId: string): number {
    return this.startsOf(connectionId).length;
  }

  startsOf(connectionId: string): readonly number[] {
    return this.runs.filter((run) => run.connectionId === connectionId).map(({ startedAt }) => startedAt);
  }

  /** Connections in the order in which their jobs began. */
  get order(): string {
    return this.runs.map(({ connectionId }) => connectionId).join(" ");
  }

  async untilRuns(connectionId: string, count: number): Promise<void> {
    await until(() => this.countOf(connectionId) >= count, `run ${count} of ${connectionId} after ${this.order}`);
  }
}

/** Something that a job waits for until the test lets it go. */
export class Gate {
  readonly #opened = Promise.withResolvers<void>();

  get passed(): Promise<void> {
    return this.#opened.promise;
  }

  open(): void {
    this.#opened.resolve();
  }
}
