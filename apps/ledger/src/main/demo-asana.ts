/**
 * The demo's Asana team. Its workspace is connected two weeks before the quarter ends and filled back; what it does afterwards
 * rings at the real door, signed, over HTTP. Of the deliveries a third gets lost on purpose: reconcile finds what they were about.
 */
import {
  asanaJobs,
  asanaRoutes,
  DEFAULT_TIMING,
  openGateway,
  processLimiters,
  type SyncContext,
} from "@stageledger/asana-sync";
import { addConnection, chooseProject, inTransaction, openTenantSecrets } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import { type FakeAsana, startFakeAsana } from "../../../../tests/simulators/asana/fake-asana.ts";
import { type PlayedTeam, playTeam } from "../../../../tests/simulators/asana/play-team.ts";
import { SimulatedClock } from "../../../../tests/simulators/asana/simulated-clock.ts";
import { World as AsanaWorld } from "../../../../tests/simulators/asana/world.ts";
import type { World } from "../../../../tests/simulators/jira-log/quarter-of-three-teams.ts";
import type { Ledger } from "../access/with-ledger.ts";
import type { Progress } from "../analyse/progress.ts";
import type { CliContext } from "./cli-context.ts";
import { openDemoDoor } from "./demo-door.ts";
import type { quarterOf } from "./demo-files.ts";
import { demoPacing } from "./demo-pacing.ts";
import { HandQueue } from "./demo-queue.ts";

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
  const door = await openDemoDoor();
  const sync = syncOf(ledger, clock, asana, context, door.url);
  door.app.use(asanaRoutes(sync, queue));
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
    door.close();
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
  const pacing = demoPacing(clock);
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
