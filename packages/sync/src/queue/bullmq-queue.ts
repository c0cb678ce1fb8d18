import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { type Job as KeptJob, Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { z } from "zod";
import { errorCodeOf } from "./error-code.ts";
import type { DoJob, Job, JobQueue } from "./job.ts";
import { jobIdOf } from "./job-id.ts";
import { ListingTimer } from "./listing-timer.ts";
import type { QueueOptions } from "./queue-options.ts";
import { retryDelayMilliseconds } from "./retry-delay.ts";
import { RunningJobs } from "./running-jobs.ts";

const NAME = "asana-sync";
/** In braces, so that a Redis cluster keeps all keys of the queue together. */
const PREFIX = "{stageledger}";
/** Ids of the jobs that were asked for and have not begun since. */
const ASKED = `${PREFIX}:${NAME}:asked`;

/** What waits for a Redis that is away would never end. */
const GOODBYE_MILLISECONDS = 2000;

const JOB_SCHEMA = z.object({
  kind: z.enum(["answer", "reconcile", "keep"]),
  tenantId: z.string(),
  connectionId: z.string(),
});

/** The number of an instant (epoch milliseconds), or nothing. */
type Again = number | undefined;

/**
 * The queue of many processes, over Redis, which keeps ids and error codes, nothing else, and may lose all of it.
 *
 * BullMQ drops what is added while a job of the same id is active. So whoever asks writes down first that it asked and
 * adds then; a worker strikes that out before it begins, and looks again when the job is gone from Redis. Whichever comes
 * last sees the other.
 */
export class BullmqQueue implements JobQueue {
  readonly #redis: Redis;
  readonly #options: QueueOptions;
  readonly #queue: Queue<Job, Again>;
  readonly #running = new RunningJobs();
  readonly #listing: ListingTimer;
  /** Asks that are on their way by job id. Those that come meanwhile become one more, so that no storm fills the memory. */
  readonly #asks = new Map<string, { isAskedMeanwhile: boolean }>();
  readonly #talks = new Set<Promise<void>>();
  #worker: { readonly redis: Redis; readonly worker: Worker<unknown, Again> } | undefined;
  #isInTrouble = false;
  #isClosing = false;
  #closed: Promise<void> | undefined;

  /** Takes the connection over: it ends with the queue. */
  constructor(redis: Redis, options: QueueOptions) {
    this.#redis = redis;
    this.#options = options;
    this.#queue = new Queue(NAME, { connection: redis, prefix: PREFIX, streams: { events: { maxLen: 100 } } });
    this.#queue.on("error", (error) => this.#meetRefusal(error));
    // What runs was due when it began: a listing does not make it run again.
    this.#listing = new ListingTimer(options, (job) => this.#talk(() => this.#askUnlessActive(job)));
    redis.on("close", () => this.#meetTrouble());
    redis.on("ready", () => {
      this.#endTrouble();
      this.#listing.listNow();
    });
  }

  ask(job: Job): void {
    const id = jobIdOf(job);
    const known = this.#asks.get(id);
    if (known !== undefined) known.isAskedMeanwhile = true;
    else if (!this.#isClosing) this.#wait(this.#askAloud(job, id));
  }

  work(doJob: DoJob, { atOnce }: { readonly atOnce: number }): void {
    const { pacing, firstRetryMilliseconds, takeOverMilliseconds, redisRetryMilliseconds } = this.#options;
    const redis = this.#redis.duplicate({ lazyConnect: false, enableOfflineQueue: true, maxRetriesPerRequest: null });
    // The other connection tells that Redis is away.
    redis.on("error", () => undefined);
    const worker = new Worker<unknown, Again>(NAME, (kept) => this.#run(kept, doJob), {
      connection: redis,
      prefix: PREFIX,
      concurrency: atOnce,
      lockDuration: takeOverMilliseconds,
      stalledInterval: takeOverMilliseconds,
      runRetryDelay: redisRetryMilliseconds,
      // That its workers were killed says nothing against a job.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      settings: {
        backoffStrategy: (failures) => retryDelayMilliseconds(failures, firstRetryMilliseconds, pacing.random),
      },
    });
    worker.on("error", (error) => this.#meetRefusal(error));
    worker.on("completed", (kept, again) => this.#wait(this.#talk(() => this.#lookAgain(kept, again))));
    this.#worker = { redis, worker };
    this.#listing.start();
  }

  close(patienceMilliseconds: number): Promise<void> {
    this.#closed ??= this.#end(patienceMilliseconds);
    return this.#closed;
  }

  async #end(patienceMilliseconds: number): Promise<void> {
    this.#isClosing = true;
    await this.#worker?.worker.pause(true);
    await this.#running.end(patienceMilliseconds, this.#options.pacing);
    const talksEnded = new AbortController();
    await Promise.race([
      this.#endTalks(),
      delay(GOODBYE_MILLISECONDS, undefined, { signal: talksEnded.signal }).catch(() => undefined),
    ]);
    talksEnded.abort();
    this.#worker?.redis.disconnect();
    this.#redis.disconnect();
  }

  async #endTalks(): Promise<void> {
    const isAway = this.#redis.status !== "ready";
    await Promise.all([this.#listing.stop(), this.#worker?.worker.close(isAway)]);
    while (this.#talks.size > 0) await Promise.all(this.#talks);
    await this.#queue.close();
  }

  async #askAloud(job: Job, id: string): Promise<void> {
    const own = { isAskedMeanwhile: true };
    this.#asks.set(id, own);
    while (own.isAskedMeanwhile) {
      // All asks of one turn of the event loop are one.
      await nextTurn();
      own.isAskedMeanwhile = false;
      await this.#talk(async () => {
        await this.#redis.sadd(ASKED, id);
        await this.#askUnlessActive(job);
      });
    }
    this.#asks.delete(id);
  }

  async #askUnlessActive(job: Job): Promise<void> {
    await this.#add(job, 0);
    const kept = await this.#queue.getJob(jobIdOf(job));
    // One that rests after a failure goes on resting.
    if (kept === undefined || kept.attemptsMade > 0 || !(await kept.isDelayed())) return;
    try {
      await kept.promote();
    } catch (error) {
      // Otherwise its time came meanwhile.
      if (await kept.isDelayed()) throw error;
    }
  }

  /** Changes nothing when a job of the same id is in Redis. */
  async #add({ kind, tenantId, connectionId }: Job, delayMilliseconds: number): Promise<void> {
    const job = { kind, tenantId, connectionId };
    await this.#queue.add(kind, job, {
      jobId: jobIdOf(job),
      delay: delayMilliseconds,
      attempts: Number.MAX_SAFE_INTEGER,
      backoff: { type: "custom" },
      // Its id is free again at once.
      removeOnComplete: true,
      removeOnFail: true,
      stackTraceLimit: 0,
    });
  }

  async #run(kept: KeptJob<unknown>, doJob: DoJob): Promise<Again> {
    const { pacing, log } = this.#options;
    const { data: job } = JOB_SCHEMA.safeParse(kept.data);
    if (job === undefined) return undefined;
    // Another worker does it.
    if (this.#isClosing) return pacing.now();
    await this.#talk(() => this.#redis.srem(ASKED, jobIdOf(job)));
    const end = await this.#running
      .follow((signal) => doJob(job, signal))
      .then(
        (again) => ({ again }),
        (error: unknown) => ({ code: errorCodeOf(error) }),
      );
    if ("again" in end) return end.again;
    if (this.#running.signal.aborted) return pacing.now();
    log({ event: "job failed", job, code: end.code, failuresInARow: kept.attemptsMade + 1 });
    // BullMQ keeps what this says.
    throw new Error(end.code);
  }

  async #lookAgain(kept: KeptJob<unknown>, again: Again): Promise<void> {
    const { data: job } = JOB_SCHEMA.safeParse(kept.data);
    if (job === undefined) return;
    const isAsked = (await this.#redis.sismember(ASKED, jobIdOf(job))) === 1;
    if (isAsked) await this.#add(job, 0);
    else if (again !== undefined) await this.#add(job, Math.max(0, again - this.#options.pacing.now()));
  }

  /** Never fails. What goes unsaid because Redis is away is listed anew when it is back. */
  async #talk(say: () => Promise<unknown>): Promise<void> {
    if (this.#redis.status !== "ready") return;
    try {
      await say();
      this.#endTrouble();
    } catch (error) {
      this.#meetTrouble(error);
    }
  }

  /** Has a talk end before the connection does. */
  #wait(talk: Promise<void>): void {
    this.#talks.add(talk);
    void talk.then(() => this.#talks.delete(talk));
  }

  /**
   * Of what BullMQ says, only what Redis answered. Our connection tells whether Redis is away, and that a job is no longer
   * this worker's happens whenever Redis was emptied.
   */
  #meetRefusal(error: Error): void {
    if (error.name === "ReplyError") this.#meetTrouble(error);
  }

  #meetTrouble(error?: unknown): void {
    if (this.#isInTrouble || this.#isClosing) return;
    this.#isInTrouble = true;
    const code = error === undefined ? "REDIS_UNREACHABLE" : errorCodeOf(error);
    this.#options.log({ event: "redis in trouble", code });
  }

  #endTrouble(): void {
    if (!this.#isInTrouble) return;
    this.#isInTrouble = false;
    this.#options.log({ event: "redis well again" });
  }
}
