/** Replays cases in a simulated Asana, deed by deed at its instant, and reads them back over HTTP through our gateway and jobs. */
import { randomBytes, randomUUID } from "node:crypto";
import type { StageMap } from "@stageledger/core";
import {
  addConnection,
  chooseProject,
  type Database,
  inTransaction,
  openTenantSecrets,
  recordStageMap,
} from "@stageledger/db";
import { onTestFinished } from "vitest";
import { credentialsJson } from "../../../apps/asana-sync/src/asana/credentials.ts";
import { gatewayOpener } from "../../../apps/asana-sync/src/asana/gateway-opener.ts";
import { ASANA } from "../../../apps/asana-sync/src/asana/ledger-ids.ts";
import { processLimiters } from "../../../apps/asana-sync/src/asana/process-limiter.ts";
import { DEFAULT_TIMING, type SyncContext } from "../../../apps/asana-sync/src/context.ts";
import { reconcile } from "../../../apps/asana-sync/src/reconcile/reconcile.ts";
import { answerBells } from "../../../apps/asana-sync/src/work/answer-bells.ts";
import { Desks } from "../../../apps/asana-sync/src/work/connection-desk.ts";
import { startFakeAsana } from "../../simulators/asana/fake-asana.ts";
import { SimulatedClock } from "../../simulators/asana/simulated-clock.ts";
import { World } from "../../simulators/asana/world.ts";
import { aTenant } from "../database/a-tenant.ts";
import { type HelpdeskCase, stagesOver } from "./helpdesk-replay.ts";

export interface Replay {
  readonly tenantId: string;
  readonly keyByTask: ReadonlyMap<string, string>;
}

export async function replayOverHttp(
  database: Database,
  cases: readonly HelpdeskCase[],
  board: StageMap,
  readAt: number,
): Promise<Replay> {
  const clock = new SimulatedClock("2009-01-01T00:00:00Z");
  const world = new World({ now: clock.now });
  const { projects, sectionsOfStatus, keyByTask } = live(world, clock, cases);
  clock.advanceTo(readAt);
  const asana = await startFakeAsana(world);
  const stop = new AbortController();
  onTestFinished(() => {
    stop.abort();
    return asana.close();
  });

  const { tenantId, masterKey } = await aTenant(database, { zone: "UTC" });
  const connectionId = randomUUID();
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const credentials = credentialsJson({ kind: "token", token: "personal-token" });
    const [workspace = ""] = world.workspaces.keys();
    const connection = { connectionId, kind: "asana", workspace } as const;
    await addConnection(trx, tenantId, connection, credentials, secrets, randomBytes, readAt);
    for (const [project, sourceProject] of projects)
      await chooseProject(trx, tenantId, ASANA, { connectionId, sourceProject, project, stageField: undefined });
  });
  await recordStageMap(
    database,
    tenantId,
    stagesOver(board, (status) => (sectionsOfStatus.get(status) ?? []).map((gid) => ASANA + gid)),
  );
  const pacing = { now: clock.now, random: Math.random, sleep: () => Promise.resolve() };
  const log = (): void => {};
  const context: SyncContext = {
    ...{ database, masterKey, pacing, log, random: randomBytes, newId: randomUUID, publicUrl: undefined },
    openGateway: gatewayOpener({
      ...{ baseUrl: asana.apiUrl, pacing, log, signal: stop.signal },
      // The simulated minute stands still.
      limiters: processLimiters(pacing, {
        readsInFlight: 20,
        writesInFlight: 5,
        requestsAMinute: 100_000,
        slowRequestsAMinute: 100_000,
      }),
    }),
    timing: DEFAULT_TIMING,
  };
  const desks = new Desks(context);
  const job = { tenantId, connectionId };
  await reconcile(context, desks, job, stop.signal, { isFull: true, onProgress: () => undefined });
  await answerBells(context, desks, job, stop.signal);
  return { tenantId, keyByTask };
}

/** Every case from its creation to its last move, all of them side by side in time. */
function live(world: World, clock: SimulatedClock, cases: readonly HelpdeskCase[]) {
  const workspace = world.createWorkspace();
  const projects = new Map<string, string>();
  const sections = new Map<string, string>();
  const sectionsOfStatus = new Map<string, string[]>();
  const taskByKey = new Map<string, string>();
  const projectOf = (key: string): string => {
    const known = projects.get(key);
    if (known !== undefined) return known;
    const made = world.createProject(workspace, key);
    projects.set(key, made);
    return made;
  };
  const sectionOf = (project: string, status: { readonly id: string; readonly name: string }): string => {
    const known = sections.get(`${project} ${status.id}`);
    if (known !== undefined) return known;
    const made = world.createSection(projectOf(project), status.name);
    sections.set(`${project} ${status.id}`, made);
    sectionsOfStatus.set(status.id, [...(sectionsOfStatus.get(status.id) ?? []), made]);
    return made;
  };
  const deeds = cases.flatMap(({ key, project, createdAt, first, moves }) => [
    {
      at: createdAt,
      happen: () => {
        const section = sectionOf(project, first);
        taskByKey.set(key, world.createTask({ project: projectOf(project), section }));
      },
    },
    ...moves.map(({ at, to }) => ({
      at,
      happen: () => world.moveToSection(taskByKey.get(key) ?? "", sectionOf(project, to)),
    })),
  ]);
  for (const { at, happen } of deeds.sort((a, b) => a.at - b.at)) {
    clock.advanceTo(at);
    happen();
  }
  return { projects, sectionsOfStatus, keyByTask: new Map([...taskByKey].map(([key, task]) => [task, key])) };
}
