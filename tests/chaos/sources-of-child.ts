/** The product's sides of the sources, as a child composes them: the product's own, but for their clock. */
import { randomBytes, randomUUID } from "node:crypto";
import { type Database, MasterKey } from "@stageledger/db";
import type { DoJob, JobQueue, Log, Pacing } from "@stageledger/sync";
import type { RequestHandler } from "express";
import { parseCredentials } from "../../apps/asana-sync/src/asana/credentials.ts";
import type { AsanaGateway } from "../../apps/asana-sync/src/asana/gateway.ts";
import { processLimiters as asanaLimiters } from "../../apps/asana-sync/src/asana/process-limiter.ts";
import { redisLimiters as asanaLimitersInRedis } from "../../apps/asana-sync/src/asana/redis-limiter.ts";
import { tokenSource } from "../../apps/asana-sync/src/asana/token-source.ts";
import { asanaJobs, asanaRoutes, openGateway, type SyncContext } from "../../apps/asana-sync/src/module.ts";
import { forgeRoutes } from "../../apps/ledger/src/forge/forge-routes.ts";
import { forgeTokenReader } from "../../apps/ledger/src/forge/token.ts";
import { gatewayOpener } from "../../apps/ledger/src/jira-sync/jira/gateway-opener.ts";
import { processLimiters as jiraLimiters } from "../../apps/ledger/src/jira-sync/jira/process-limiter.ts";
import { redisLimiters as jiraLimitersInRedis } from "../../apps/ledger/src/jira-sync/jira/redis-limiter.ts";
import { jiraJobs } from "../../apps/ledger/src/jira-sync/work/do-job.ts";
import { APP_ID, ENVIRONMENT } from "../simulators/forge/fake-forge.ts";
import { breakAsanaGateway } from "./asana/mutants.ts";
import type { ChildOrder } from "./child-order.ts";
import { breakJiraGateway, breakTokens, forgetKeys } from "./jira/mutants.ts";
import { CHAOS_TIMING } from "./timing.ts";

export interface ChildSurroundings {
  readonly order: ChildOrder;
  readonly database: Database;
  readonly pacing: Pacing;
  /** That of calls to the sources. */
  readonly callPacing: Pacing;
  readonly log: Log;
}

export interface SourceOfChild {
  readonly jobs: (queue: JobQueue) => DoJob;
  readonly routes: (queue: JobQueue) => readonly RequestHandler[];
}

/** @throws StageledgerError REDIS_UNREACHABLE */
export async function asanaOfChild(
  { order, database, pacing, callPacing, log }: ChildSurroundings,
  asanaUrl: string,
): Promise<SourceOfChild> {
  const { signal } = new AbortController();
  const { redisUrl } = order;
  const limiters =
    redisUrl === undefined ? asanaLimiters(callPacing) : await asanaLimitersInRedis(redisUrl, callPacing, randomUUID);
  const gatewayOf: SyncContext["openGateway"] = (connectionId, credentials, save): AsanaGateway =>
    openGateway({
      baseUrl: asanaUrl,
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
    openGateway: breakAsanaGateway(order.mutant, gatewayOf),
    timing: CHAOS_TIMING,
  };
  return { jobs: (queue) => asanaJobs(context, queue), routes: (queue) => [asanaRoutes(context, queue)] };
}

/** @throws StageledgerError REDIS_UNREACHABLE */
export async function jiraOfChild(
  { order, database, pacing, callPacing, log }: ChildSurroundings,
  keysUrl: string,
): Promise<SourceOfChild> {
  const { signal } = new AbortController();
  const { redisUrl, mutant } = order;
  const limiters =
    redisUrl === undefined ? jiraLimiters(callPacing) : await jiraLimitersInRedis(redisUrl, callPacing, randomUUID);
  const masterKey = MasterKey.parse(order.masterKey);
  const context = {
    database,
    masterKey,
    pacing,
    newId: randomUUID,
    log,
    openGateway: breakJiraGateway(mutant, gatewayOpener({ limiters, pacing: callPacing, signal }), database),
    timing: CHAOS_TIMING,
  };
  const { now } = pacing;
  const reader = forgeTokenReader({ appId: APP_ID, environment: ENVIRONMENT, keysUrl, now });
  const door = { database, masterKey, now, newId: randomUUID, random: randomBytes, fetch, log };
  return {
    jobs: (queue) => jiraJobs(context, (job) => queue.ask(job)),
    routes: (queue) => [
      ...(mutant === "key-used-twice" ? [forgetKeys] : []),
      forgeRoutes({ ...door, readToken: breakTokens(mutant, reader), ring: (job) => queue.ask(job) }),
    ],
  };
}
