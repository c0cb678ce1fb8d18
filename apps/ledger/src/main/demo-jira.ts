/**
 * The demo's Jira teams. The site is connected two weeks before the quarter ends: its app brings a token, and everything is read
 * once. What the teams do afterwards the app tells by Forge's signed calls. Of these events a third gets lost on purpose: reconcile
 * finds what they were about.
 */
import { inTransaction, listConnections } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import { SimulatedClock } from "../../../../tests/simulators/asana/simulated-clock.ts";
import { APP_ID, ENVIRONMENT, type FakeForge, startFakeForge } from "../../../../tests/simulators/forge/fake-forge.ts";
import { ForgeApp } from "../../../../tests/simulators/jira/forge-app.ts";
import { playTeams, type TeamsScript } from "../../../../tests/simulators/jira/play-team.ts";
import { startFakeJiraSite } from "../../../../tests/simulators/jira/site.ts";
import { World } from "../../../../tests/simulators/jira/world.ts";
import type { Ledger } from "../access/with-ledger.ts";
import type { Progress } from "../analyse/progress.ts";
import { forgeRoutes } from "../forge/forge-routes.ts";
import { forgeTokenReader } from "../forge/token.ts";
import { connectSite } from "../jira-sync/connect/connect-site.ts";
import { DEFAULT_JIRA_TIMING, type JiraSyncContext } from "../jira-sync/context.ts";
import { gatewayOpener } from "../jira-sync/jira/gateway-opener.ts";
import { processLimiters } from "../jira-sync/jira/process-limiter.ts";
import { jiraJobs } from "../jira-sync/work/do-job.ts";
import type { CliContext } from "./cli-context.ts";
import { openDemoDoor } from "./demo-door.ts";
import { demoPacing } from "./demo-pacing.ts";
import { HandQueue } from "./demo-queue.ts";

const DAY = 86_400_000;
const CONNECTED_DAYS = 14;
const QUARTER_DAYS = 26 * 7;
const LOST_SHARE = 0.3;
const INSTALLATION = "ari:cloud:ecosystem::installation/demo";

/** What happened at the door. */
export interface DemoEvents {
  readonly issues: number;
  readonly worklogs: number;
  readonly lost: number;
}

/** Records the teams' quarter by the door for Jira. */
export async function recordDemoJira(
  ledger: Ledger,
  script: TeamsScript,
  asOf: number,
  context: Pick<CliContext, "random" | "newId">,
  progress: Progress,
): Promise<DemoEvents> {
  const clock = new SimulatedClock(new Date(asOf - QUARTER_DAYS * DAY).toISOString());
  const world = new World({ now: clock.now });
  const teams = playTeams(world, clock, script);
  teams.playUntil(asOf - CONNECTED_DAYS * DAY);
  const jira = await startFakeJiraSite({ world });
  const forge = await startFakeForge(clock.now);
  const door = await openDemoDoor();
  const queue = new HandQueue();
  const surroundings = { ...ledger, ...context, now: clock.now };
  queue.work(jiraJobs(syncOf(ledger, clock, context), (job) => queue.ask(job)));
  door.app.use(routesOf(ledger, clock, forge, context, queue));
  const reading = progress.begin("reading Jira", undefined, "issues", () => jira.requests.length);
  try {
    const site = { installationId: INSTALLATION, nameByKey: {}, takesWorklogs: true };
    await connectSite(surroundings, ledger.tenantId, site);
    const reconcile = await reconcileJob(ledger);
    const app = new ForgeApp(jira, forge, { ledgerUrl: door.url, installationId: INSTALLATION });
    await app.install();
    await queue.doAll([reconcile]);
    jira.chaos.dials.dropped = LOST_SHARE;
    for (let day = CONNECTED_DAYS - 1; day >= 0; day -= 1) {
      teams.playUntil(asOf - day * DAY);
      await app.deliverDue();
      await queue.doAll([]);
    }
    await queue.doAll([reconcile]);
    return { issues: world.issues.size, worklogs: world.worklogs.size, lost: jira.faults.of("event dropped") };
  } finally {
    reading.end();
    door.close();
    await Promise.all([jira.close(), forge.close()]);
  }
}

async function reconcileJob({ database, tenantId }: Ledger): Promise<Job> {
  const connections = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    listConnections(trx, tenantId),
  );
  const connectionId = connections.find(({ kind }) => kind === "jira")?.connectionId ?? "";
  return { kind: "reconcile", tenantId, connectionId };
}

function routesOf(
  { database, masterKey }: Ledger,
  clock: SimulatedClock,
  { keysUrl }: FakeForge,
  { random, newId }: Pick<CliContext, "random" | "newId">,
  queue: HandQueue,
): ReturnType<typeof forgeRoutes> {
  return forgeRoutes({
    database,
    masterKey,
    readToken: forgeTokenReader({ appId: APP_ID, environment: ENVIRONMENT, keysUrl, now: clock.now }),
    now: clock.now,
    newId,
    random,
    ring: (job) => queue.ask(job),
    fetch,
    log: () => undefined,
  });
}

function syncOf(
  { database, masterKey }: Ledger,
  clock: SimulatedClock,
  { newId }: Pick<CliContext, "newId">,
): JiraSyncContext {
  const pacing = demoPacing(clock);
  const { signal } = new AbortController();
  const limiters = processLimiters(pacing);
  return {
    database,
    masterKey,
    pacing,
    newId,
    log: () => undefined,
    openGateway: gatewayOpener({ limiters, pacing, signal }),
    timing: DEFAULT_JIRA_TIMING,
  };
}
