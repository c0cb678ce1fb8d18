/** Rules of the product, each broken on purpose, by what is handed in and not in its code. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { DoJob, Job, JobLister, JobQueue } from "@stageledger/sync";
import type { RequestHandler } from "express";
import { Redis } from "ioredis";
import type { AsanaGateway } from "../../apps/asana-sync/src/asana/gateway.ts";
import type { SyncContext } from "../../apps/asana-sync/src/module.ts";
import type { Mutant } from "./child-order.ts";

/** The job that is being done. */
const job = new AsyncLocalStorage<Job["kind"]>();

/** ack-before-commit: says 200 when the body is there, and goes to work then. */
export const breakDoor: RequestHandler = (request, response, next) => {
  if (request.headers["x-hook-signature"] !== undefined) {
    const answer = response.end.bind(response);
    response.end = () => response;
    request.once("end", () => answer());
  }
  next();
};

export function breakGateway(mutant: Mutant | undefined, open: SyncContext["openGateway"]): SyncContext["openGateway"] {
  switch (mutant) {
    case "token-without-recrawl":
      return (...connection) => withoutRecrawl(open(...connection));
    case "absence-is-deletion":
      return (...connection) => believingLists(open(...connection));
    default:
      return open;
  }
}

/** A lost cursor is replaced by the new one, as if nothing had happened since. */
function withoutRecrawl(gateway: AsanaGateway): AsanaGateway {
  return overriding(gateway, {
    readEvents: async (project, sync) => {
      const reply = await gateway.readEvents(project, sync);
      if (reply.kind === "events" || sync === undefined) return reply;
      return { kind: "events", events: [], sync: reply.sync, hasMore: false };
    },
  });
}

/** What a list shows no more is taken to be gone, without being asked for. */
function believingLists(gateway: AsanaGateway): AsanaGateway {
  const missed = new Set<string>();
  return overriding(gateway, {
    findEntry: async () => undefined,
    findTask: async (task) => {
      if (job.getStore() === "reconcile") {
        missed.add(task);
        return undefined;
      }
      return missed.delete(task) ? undefined : gateway.findTask(task);
    },
  });
}

/** Methods of classes are found by the prototype, which a spread would lose. */
function overriding(gateway: AsanaGateway, changed: Partial<AsanaGateway>): AsanaGateway {
  return new Proxy(gateway, {
    get: (target, name) => {
      const own: unknown = Reflect.get(changed, name);
      if (own !== undefined) return own;
      const method: unknown = Reflect.get(target, name);
      return typeof method === "function" ? method.bind(target) : method;
    },
  });
}

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
