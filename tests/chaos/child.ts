/**
 * Receiver, worker or both, as a process of its own that is killed without warning. It is the product's own composition, but
 * for its clock (shared-clock.ts). It loads everything first and waits for its order, so that a killed one is replaced in no
 * time; nothing else is prepared.
 */
import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { openDatabase } from "@stageledger/db";
import { type DoJob, hardenedServer, type JobQueue, type Log, listJobs, openQueue } from "@stageledger/sync";
import express from "express";
import { jobsBySource } from "../../apps/ledger/src/main/jobs-by-source.ts";
import { type ChildOrder, childOrderSchema, JOB_BEGINS, JOB_ENDS, WAIT_BEGINS, WAIT_ENDS } from "./child-order.ts";
import { acknowledgeEarly, breakLister, breakQueue, workingBy } from "./mutants.ts";
import { sharedPacing } from "./shared-clock.ts";
import { asanaOfChild, jiraOfChild, type SourceOfChild } from "./sources-of-child.ts";
import { QUEUE_TIMING } from "./timing.ts";

const JOBS_AT_ONCE = 4;

const say = (word: string): void => void process.stdout.write(`${word}\n`);

/** What cannot be reached when it starts is tried again: a supervisor would start it again. */
async function insist<T>(open: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await open();
    } catch {
      await delay(20);
    }
  }
}

async function serve(order: ChildOrder): Promise<void> {
  const { role, redisUrl, asanaUrl, forgeKeysUrl, mutant } = order;
  const pacing = sharedPacing(order.clockPath);
  let isWaiting = false;
  const callPacing = sharedPacing(order.clockPath, (sleepers) => {
    if (sleepers > 0 === isWaiting) return;
    isWaiting = !isWaiting;
    log(isWaiting ? WAIT_BEGINS : WAIT_ENDS, {});
  });
  const log: Log = (event, details) =>
    void process.stderr.write(
      `${JSON.stringify([new Date(pacing.now()).toISOString().slice(5, 19), role, event, details])}\n`,
    );
  const database = await insist(() => openDatabase({ kind: "postgres", url: order.databaseUrl }));
  const surroundings = { order, database, pacing, callPacing, log };
  const asana = asanaUrl === undefined ? undefined : await insist(() => asanaOfChild(surroundings, asanaUrl));
  const jira = forgeKeysUrl === undefined ? undefined : await insist(() => jiraOfChild(surroundings, forgeKeysUrl));
  const queue = await insist(() =>
    openQueue(redisUrl, {
      ...QUEUE_TIMING,
      listJobs: breakLister(mutant, () => listJobs(surroundings)),
      pacing,
      log: ({ event, ...details }) => log(event, { details: JSON.stringify(details) }),
    }),
  );
  const logged = workingBy(queue, (doJob) => async (job, signal) => {
    log(JOB_BEGINS, { kind: job.kind });
    try {
      return await doJob(job, signal);
    } finally {
      log(JOB_ENDS, { kind: job.kind });
    }
  });
  if (role !== "receiver") {
    const jobs = breakQueue(mutant, logged, redisUrl);
    const bySource = { asana: jobsOf(asana, jobs), jira: jobsOf(jira, jobs) };
    jobs.work(jobsBySource(database, bySource), { atOnce: JOBS_AT_ONCE });
  }
  if (role !== "worker") {
    const app = express();
    if (mutant === "ack-before-commit") app.use(acknowledgeEarly);
    for (const source of [asana, jira]) for (const route of source?.routes(queue) ?? []) app.use(route);
    const server = hardenedServer(app);
    server.listen(order.port, "127.0.0.1");
    await once(server, "listening");
  }
  say("serving");
}

/** Nothing is done for a source that the run has not. */
function jobsOf(source: SourceOfChild | undefined, queue: JobQueue): DoJob {
  return source?.jobs(queue) ?? (async () => undefined);
}

// A killed process would never write it.
flushCompileCache();
say("loaded");
const [line] = await once(createInterface({ input: process.stdin }), "line");
await serve(childOrderSchema.parse(JSON.parse(String(line))));
