/** Rules that the product keeps for all sources, each broken on purpose, by what is handed in and not in its code. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { DoJob, Job, JobLister, JobQueue } from "@stageledger/sync";
import type { RequestHandler } from "express";
import { Redis } from "ioredis";
import { LEDGER_PATHS } from "../simulators/jira/ledger-paths.ts";
import type { Mutant } from "./child-order.ts";

const job = new AsyncLocalStorage<Job["kind"]>();

/** Which job is being done. */
export function jobUnderWay(): Job["kind"] | undefined {
  return job.getStore();
}

/** ack-before-commit: says that what rang is kept when the body is there, and goes to work then. */
export const acknowledgeEarly: RequestHandler = (request, response, next) => {
  const isAsana = request.headers["x-hook-signature"] !== undefined;
  const isJira = request.path === LEDGER_PATHS.events;
  if (isAsana || isJira) {
    const answer = response.end.bind(response);
    response.end = () => response;
    request.once("end", () => {
      if (isJira) response.status(202);
      answer();
    });
  }
  next();
};

/** no-second-look: a job ends for good, whoever asked for it while it ran and whatever waits in the inbox. */
export function breakQueue(mutant: Mutant | undefined, queue: JobQueue, redisUrl: string | undefined): JobQueue {
  if (mutant === undefined) return queue;
  const redis = mutant === "no-second-look" && redisUrl !== undefined ? new Redis(redisUrl) : undefined;
  redis?.on("error", () => undefined);
  return workingBy(queue, (doJob) => async (asked, signal) => {
    const again = await job.run(asked.kind, () => doJob(asked, signal));
    if (redis === undefined) return again;
    await redis.del("{stageledger}:asana-sync:asked");
    return undefined;
  });
}

/** The same queue, whose jobs are done another way. */
export function workingBy(queue: JobQueue, change: (doJob: DoJob) => DoJob): JobQueue {
  return {
    ask: (asked) => queue.ask(asked),
    close: (patience) => queue.close(patience),
    work: (doJob, options) => queue.work(change(doJob), options),
  };
}

/** no-second-look: the timer looks after everything but the bells, as if these were somebody else's. */
export function breakLister(mutant: Mutant | undefined, list: JobLister): JobLister {
  if (mutant !== "no-second-look") return list;
  return async () => (await list()).filter(({ kind }) => kind !== "answer");
}
