/**
 * Receiver, worker or both, as a process of its own that is killed without warning. It is the product's own composition, but
 * for its clock (shared-clock.ts). It loads everything first and waits for its order, so that a killed one is replaced in no
 * time; nothing else is prepared.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { MasterKey, openDatabase } from "@stageledger/db";
import { hardenedServer, type Log, listJobs, openQueue } from "@stageledger/sync";
import express from "express";
import { parseCredentials } from "../../apps/asana-sync/src/asana/credentials.ts";
import type { AsanaGateway } from "../../apps/asana-sync/src/asana/gateway.ts";
import { processLimiters } from "../../apps/asana-sync/src/asana/process-limiter.ts";
import { redisLimiters } from "../../apps/asana-sync/src/asana/redis-limiter.ts";
import { tokenSource } from "../../apps/asana-sync/src/asana/token-source.ts";
import { asanaJobs, asanaRoutes, openGateway, type SyncContext } from "../../apps/asana-sync/src/module.ts";
import { type ChildOrder, childOrderSchema, JOB_BEGINS, JOB_ENDS, WAIT_BEGINS, WAIT_ENDS } from "./child-order.ts";
import { breakDoor, breakGateway, breakLister, breakQueue, workingBy } from "./mutants.ts";
import { sharedPacing } from "./shared-clock.ts";
import { CHAOS_TIMING, QUEUE_TIMING } from "./timing.ts";

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
  const { role, redisUrl, mutant } = order;
  const pacing = sharedPacing(order.clockPath);
  let isWaiting = false;
  const callPacing = sharedPacing(order.clockPath, (sleepers) => {
    if (sleepers > 0 === isWaiting) return;
    isWaiting = !isWaiting;
    log(isWaiting ? WAIT_BEGINS : WAIT_ENDS, {});
  });
  const { signal } = new AbortController();
  const log: Log = (event, details) =>
    void process.stderr.write(
      `${JSON.stringify([new Date(pacing.now()).toISOString().slice(5, 19), role, event, details])}\n`,
    );
  const database = await insist(() => openDatabase({ kind: "postgres", url: order.databaseUrl }));
  const limiters =
    redisUrl === undefined
      ? processLimiters(callPacing)
      : await insist(() => redisLimiters(redisUrl, callPacing, randomUUID));
  const gatewayOf: SyncContext["openGateway"] = (connectionId, credentials, save): AsanaGateway =>
    openGateway({
      baseUrl: order.asanaUrl,
      token: tokenSource(parseCredentials(credentials), save, { pacing, signal }, () => undefined),
      limiter: limiters.of(connectionId),
      pacing: callPacing,
      signal,
      onChange: () => undefined,
    });
  const context: SyncContext = {
    database,
    masterKey: MasterKey.parse(order.masterKey),
    pacing,
    random: randomBytes,
    newId: randomUUID,
    log,
    publicUrl: `http://127.0.0.1:${order.port}`,
    openGateway: breakGateway(mutant, gatewayOf),
    timing: CHAOS_TIMING,
  };
  const queue = await insist(() =>
    openQueue(redisUrl, {
      ...QUEUE_TIMING,
      listJobs: breakLister(mutant, () => listJobs(context)),
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
    jobs.work(asanaJobs(context, jobs), { atOnce: JOBS_AT_ONCE });
  }
  if (role !== "worker") {
    const app = express();
    if (mutant === "ack-before-commit") app.use(breakDoor);
    app.use(asanaRoutes(context, queue));
    const server = hardenedServer(app);
    server.listen(order.port, "127.0.0.1");
    await once(server, "listening");
  }
  say("serving");
}

// A killed process would never write it.
flushCompileCache();
say("loaded");
const [line] = await once(createInterface({ input: process.stdin }), "line");
await serve(childOrderSchema.parse(JSON.parse(String(line))));
