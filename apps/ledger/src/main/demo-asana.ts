/**
 * The demo's Asana team. Its workspace is connected two weeks before the quarter ends and filled back; what it does afterwards
 * rings at the real door, signed, over HTTP. Of the deliveries a third gets lost on purpose: reconcile finds what they were about.
 */
import { once } from "node:events";
import {
  asanaJobs,
  asanaRoutes,
  DEFAULT_TIMING,
  openGateway,
  processLimiters,
  type SyncContext,
} from "@stageledger/asana-sync";
import { addConnection, chooseProject, inTransaction, openTenantSecrets } from "@stageledger/db";
import { hardenedServer, type Job, type JobQueue } from "@stageledger/sync";
import express from "express";
import { type FakeAsana, startFakeAsana } from "../../../../tests/simulators/asana/fake-asana.ts";
import { type PlayedTeam, playTeam } from "../../../../tests/simulators/asana/play-team.ts";
import { SimulatedClock } from "../../../../tests/simulators/asana/simulated-clock.ts";
import { World as AsanaWorld } from "../../../../tests/simulators/asana/world.ts";
import type { World } from "../../../../tests/simulators/jira-log/quarter-of-three-teams.ts";
import type { Ledger } from "../access/with-ledger.ts";
import type { Progress } from "../analyse/progress.ts";
import type { CliContext } from "./cli-context.ts";
import type { quarterOf } from "./demo-files.ts";

const DAY = 86_400_000;
const CONNECTED_DAYS = 14;
const QUARTER_DAYS = 26 * 7;
const LOST_SHARE = 0.3;
const TOKEN = "personal-token";

/** A team that works in the fake Asana; the ledger does not know of it yet. */
export interface DemoAsana {
  readonly world: AsanaWorld;
  readonly clock: SimulatedClock;
  readonly team: PlayedTeam;
}

/** What happened at the door. */
export interface DemoDeliveries {
  readonly tasks: number;
  readonly entries: number;
  readonly lost: number;
}

export function demoAsana({ asOf, items, statuses, stages }: World, logged: ReturnType<typeof quarterOf>): DemoAsana {
  const clock = new SimulatedClock(new Date(asOf - QUARTER_DAYS * DAY).toISOString());
  const world = new AsanaWorld({ now: clock.now });
  const names = new Map(statuses.map(({ id, name }) => [id, name]));
  const sectionNameByStatus = new Map([
    ...stages.map(({ name, statusId }): [string, string] => [statusId, name]),
    ...[...names].filter(([id]) => !stages.some(({ statusId }) => statusId === id)),
  ]);
  const script = { name: "Operations", sectionNameByStatus, items: items.get("OPS") ?? [], logged };
  const team = playTeam(world, clock, script);
  team.playUntil(asOf - CONNECTED_DAYS * DAY);
  return { world, clock, team };
}

/** Records the team's quarter by the door for Asana. */
export async function recordDemoAsana(
  ledger: Ledger,
  { world, clock, team }: DemoAsana,
  asOf: number,
  context: Pick<CliContext, "random" | "newId">,
  progress: Progress,
): Promise<DemoDeliveries> {
  const asana = await startFakeAsana(world, { personalTokens: [TOKEN] });
  const queue = new HandQueue();
  const app = express();
  const server = hardenedServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const sync = syncOf(ledger, clock, asana, context, `http://127.0.0.1:${port}`);
  app.use(asanaRoutes(sync, queue));
  queue.work(asanaJobs(sync, queue));
  const reading = progress.begin("reading Asana", undefined, "issues", () => asana.requests.length);
  try {
    const connectionId = await connect(sync, ledger.tenantId, team, context);
    const job = (kind: Job["kind"]): Job => ({ kind, tenantId: ledger.tenantId, connectionId });
    await queue.doAll([job("keep"), job("reconcile")]);
    asana.chaos.dials.dropped = LOST_SHARE;
    for (let day = CONNECTED_DAYS - 1; day >= 0; day -= 1) {
      team.playUntil(asOf - day * DAY);
      await asana.deliverDue();
      await queue.doAll([]);
    }
    await queue.doAll([job("reconcile")]);
    return { tasks: world.tasks.size, entries: world.entries.size, lost: asana.faults.of("delivery dropped") };
  } finally {
    reading.end();
    await asana.close();
    server.closeAllConnections();
    server.close();
  }
}

async function connect(
  { database, masterKey, random, pacing }: SyncContext,
  tenantId: string,
  { workspace, project }: PlayedTeam,
  { newId }: Pick<CliContext, "newId">,
): Promise<string> {
  const connectionId = newId();
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const credentials = JSON.stringify({ kind: "token", token: TOKEN });
    const connection = { connectionId, kind: "asana" as const, workspace };
    await addConnection(trx, tenantId, connection, credentials, secrets, random, pacing.now());
    const chosen = { connectionId, sourceProject: project, project: "OPS", stageField: undefined };
    await chooseProject(trx, tenantId, "asana:", chosen);
  });
  return connectionId;
}

function syncOf(
  { database, masterKey }: Ledger,
  clock: SimulatedClock,
  { apiUrl }: FakeAsana,
  { random, newId }: Pick<CliContext, "random" | "newId">,
  publicUrl: string,
): SyncContext {
  // Who waits moves the clock: nobody sits through a simulated minute.
  const pacing = {
    now: clock.now,
    random: () => 0.5,
    sleep: async (milliseconds: number) => clock.advance(milliseconds),
  };
  const limiters = processLimiters(pacing);
  return {
    database,
    masterKey,
    pacing,
    random,
    newId,
    log: () => undefined,
    publicUrl,
    timing: DEFAULT_TIMING,
    openGateway: (connectionId) =>
      openGateway({
        baseUrl: apiUrl,
        token: async () => TOKEN,
        limiter: limiters.of(connectionId),
        pacing,
        signal: new AbortController().signal,
        onChange: () => undefined,
      }),
  };
}

/** Does the jobs when it is told to, so that the same quarter always goes the same way. */
class HandQueue implements JobQueue {
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
