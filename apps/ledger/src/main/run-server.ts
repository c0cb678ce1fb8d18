/** The server: it takes what rings, does the work, or both, until it is told to stop. */
import { once } from "node:events";
import type { Server } from "node:http";
import { resolve } from "node:path";
import { asanaJobs, asanaRoutes, type SyncContext } from "@stageledger/asana-sync";
import { StageledgerError } from "@stageledger/core";
import { type Database, listTenantIds, migrate, requireCurrentSchema } from "@stageledger/db";
import { hardenedServer, listJobs, openQueue } from "@stageledger/sync";
import express, { type Router } from "express";
import { pino } from "pino";
import { masterKeyFromVariable, masterKeyInFolder } from "../access/master-key.ts";
import { openLedgerDatabase } from "../access/with-ledger.ts";
import type { ForgeContext } from "../forge/forge-context.ts";
import { forgeRoutes } from "../forge/forge-routes.ts";
import { forgeTokenReader } from "../forge/token.ts";
import { httpsOnly } from "../http/https-only.ts";
import { jiraJobs } from "../jira-sync/work/do-job.ts";
import type { MyContext } from "../page/my/my-routes.ts";
import { pageDoor } from "../page/page-door.ts";
import { asanaInJira } from "./asana-in-jira.ts";
import type { CliContext } from "./cli-context.ts";
import { openJiraSyncContext } from "./jira-sync-context.ts";
import { jobsBySource } from "./jobs-by-source.ts";
import { type ServerSettings, serverSettings } from "./server-settings.ts";
import { openSyncContext } from "./sync-context.ts";

export interface StartOptions {
  readonly data: string;
  readonly role: "all" | "door" | "worker";
}

/** Asana waits for an answer no longer than this, and a job that is cut off is done again. */
const PATIENCE_MILLISECONDS = 10_000;
const JOBS_AT_ONCE = 4;

export async function runServer(context: CliContext, { data, role }: StartOptions): Promise<void> {
  const settings = serverSettings(context.env);
  const logger = pino({ base: null }, context.stdout);
  const log: SyncContext["log"] = (event, details) => logger.info(details, event);
  const database = await openLedgerDatabase(context, { data });
  const calls = new AbortController();
  try {
    await prepare(database, context);
    const masterKey =
      database.kind === "embedded"
        ? masterKeyInFolder(resolve(data), (await listTenantIds(database)).length > 0, context.random)
        : masterKeyFromVariable(context.env);
    const sync = await openSyncContext(context, { database, masterKey, settings, log, signal: calls.signal });
    const queue = await openQueue(settings.redisUrl, {
      listJobs: () => listJobs(sync),
      pacing: sync.pacing,
      log: ({ event, ...details }) => log(event, flat(details)),
    });
    const jira = await openJiraSyncContext(context, { database, masterKey, log, signal: calls.signal });
    const jobs = jobsBySource(database, {
      asana: asanaJobs(sync, queue),
      jira: jiraJobs(jira, (job) => queue.ask(job)),
    });
    if (role !== "door") queue.work(jobs, { atOnce: JOBS_AT_ONCE });
    const routes = [
      asanaRoutes(sync, queue),
      ...forgeRoutesFor(settings, {
        ...sync,
        now: context.now,
        ring: (job) => queue.ask(job),
        fetch,
        others: asanaInJira(settings.publicUrl, context.newId),
      }),
      ...pageRoutesFor(settings, { ...context, database, masterKey, log, ring: (job) => queue.ask(job) }),
    ];
    const server = role === "worker" ? undefined : await listen(routes, settings);
    const isPublic = settings.publicUrl !== undefined;
    log("started", {
      role,
      address: addressOf(server),
      isPublic,
      hasPanel: settings.forge !== undefined,
      hasPage: settings.page !== undefined,
    });
    await untilToldToStop();
    log("stopping", { role });
    server?.close();
    server?.closeIdleConnections();
    await queue.close(PATIENCE_MILLISECONDS);
    calls.abort();
    server?.closeAllConnections();
    await Promise.all([sync.close(), jira.close()]);
  } finally {
    calls.abort();
    await database.close();
  }
}

/** Up to three tokens come in the headers of a call from Forge. */
const MOST_FORGE_HEADER_BYTES = 32_768;

const NOTHING_HERE = {
  type: "about:blank",
  title: "Not Found",
  status: 404,
  code: "NOT_FOUND",
  detail: "Nothing is here.",
};

async function prepare(database: Database, { now }: CliContext): Promise<void> {
  if (database.kind === "embedded") await migrate(database, now());
  else await requireCurrentSchema(database);
}

/** None where no panel calls. */
function forgeRoutesFor({ forge }: ServerSettings, context: Omit<ForgeContext, "readToken">): readonly Router[] {
  if (forge === undefined) return [];
  return [forgeRoutes({ ...context, readToken: forgeTokenReader({ ...forge, now: context.now }) })];
}

/** None where nobody can sign in. */
function pageRoutesFor(
  { page }: ServerSettings,
  { database, masterKey, now, random, newId, log, ring }: Omit<MyContext, "publicUrl">,
): readonly Router[] {
  if (page === undefined) return [];
  return pageDoor({ database, masterKey, now, random, newId, log, ring, publicUrl: page.publicUrl }, page.providers);
}

/** @throws StageledgerError PORT_TAKEN */
async function listen(routes: readonly Router[], { host, port, forge, publicUrl }: ServerSettings): Promise<Server> {
  const app = express().disable("x-powered-by");
  app.use(httpsOnly(publicUrl));
  app.get("/health", (_request, response) => {
    response.json({ status: "ok" });
  });
  for (const router of routes) app.use(router);
  app.use((_request, response) => {
    response.status(404).type("application/problem+json").send(JSON.stringify(NOTHING_HERE));
  });
  const server = hardenedServer(app, forge === undefined ? {} : { mostHeaderBytes: MOST_FORGE_HEADER_BYTES });
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw portTaken(host, port, cause);
  }
  return server;
}

function portTaken(host: string, port: number, cause: unknown): StageledgerError {
  return new StageledgerError("PORT_TAKEN", `The server cannot listen on ${host}, port ${port}.`, {
    next: "Stop what listens there, or choose another port with PORT.",
    cause,
  });
}

function addressOf(server: Server | undefined): string | undefined {
  const address = server?.address();
  return typeof address === "object" && address !== null ? `http://${address.address}:${address.port}` : undefined;
}

function untilToldToStop(): Promise<void> {
  return new Promise((stop) => {
    process.once("SIGINT", () => stop());
    process.once("SIGTERM", () => stop());
  });
}

function flat(details: object): Readonly<Record<string, string | number>> {
  const known = Object.entries(details).flatMap(([name, value]): [string, string | number][] =>
    typeof value === "string" || typeof value === "number"
      ? [[name, value]]
      : typeof value === "object" && value !== null
        ? Object.entries(flat(value))
        : [],
  );
  return Object.fromEntries(known);
}
