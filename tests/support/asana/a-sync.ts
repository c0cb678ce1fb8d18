/** A tenant that is connected to a scripted Asana, and the jobs that read it, done by hand on a clock that stands still. */
import { randomBytes, randomUUID } from "node:crypto";
import {
  addConnection,
  type BellFields,
  chooseProject,
  type Database,
  inTransaction,
  listParkedBells,
  openTenantSecrets,
  recordStageMap,
  ringBells,
} from "@stageledger/db";
import { sql } from "kysely";
import { z } from "zod";
import { ASANA } from "../../../apps/asana-sync/src/asana/ledger-ids.ts";
import { DEFAULT_TIMING, type SyncContext } from "../../../apps/asana-sync/src/context.ts";
import { type Reconciled, reconcile } from "../../../apps/asana-sync/src/reconcile/reconcile.ts";
import { answerBells } from "../../../apps/asana-sync/src/work/answer-bells.ts";
import { Desks } from "../../../apps/asana-sync/src/work/connection-desk.ts";
import { aStage, aStageMap } from "../a-stage-map.ts";
import { aTenant, type TestTenant } from "../database/a-tenant.ts";
import { ledgerContents } from "../database/ledger-contents.ts";
import { utc } from "../moments.ts";
import { ScriptedAsana } from "./a-scripted-asana.ts";
import { aSection } from "./a-task.ts";

export interface Sync {
  readonly asana: ScriptedAsana;
  readonly context: SyncContext;
  readonly desks: Desks;
  readonly tenant: TestTenant;
  readonly job: { readonly tenantId: string; readonly connectionId: string };
  readonly clock: { now: number };
  readonly log: string[];
  ring(...bells: readonly BellFields[]): Promise<void>;
  /** Rings for these tasks, and answers. */
  look(...tasks: readonly string[]): Promise<void>;
  answer(signal?: AbortSignal): Promise<number | undefined>;
  reconcile(isFull?: boolean, acceptsDeleted?: boolean): Promise<Reconciled | undefined>;
  /** `Payments Build build 2026-09-07 known in-time 120`, without contributors. */
  cells(): Promise<readonly string[]>;
  /** `7001:P P.To do,P.Build`: the statuses of an item's stays, in order. */
  stays(): Promise<readonly string[]>;
  /** When the stays of an item began. */
  instants(item: string): Promise<readonly number[]>;
  /** Fields of the bells that wait or are parked, with their state, attempts and error. */
  bells(): Promise<readonly z.infer<typeof bellRow>[]>;
  progress(project: string): Promise<z.infer<typeof progressRow>>;
  parked(): Promise<readonly string[]>;
}

const bellRow = z.object({
  fields: z.record(z.string(), z.union([z.string(), z.number()])),
  state: z.string(),
  attempts: z.number(),
  due_at_ms: z.number(),
  error_code: z.string().nullable(),
});
const progressRow = z.object({
  cursor: z.string().nullable(),
  swept_at_ms: z.number().nullable(),
  listed_at_ms: z.number().nullable(),
});
const itemRow = z.object({
  item_id: z.string(),
  stays: z.array(z.tuple([z.string(), z.number()])),
});

export const NOW = utc("2026-09-10T12:00");
const SECTIONS = ["To do", "Build", "Done"];

/** With the projects P and Q, which are Payments and Quality in the ledger, by the sections To do, Build and Done. */
export async function aSync(database: Database): Promise<Sync> {
  const tenant = await aTenant(database);
  const { tenantId, masterKey } = tenant;
  const asana = new ScriptedAsana();
  const connectionId = randomUUID();
  const clock = { now: NOW };
  const log: string[] = [];
  const inRecorder = <T>(work: Parameters<typeof inTransaction<T>>[2]): Promise<T> =>
    inTransaction(database, { role: "recorder", tenantId }, work);
  await inRecorder(async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const connection = { connectionId, kind: "asana", workspace: "1" } as const;
    await addConnection(trx, tenantId, connection, "{}", secrets, randomBytes, NOW);
    for (const [sourceProject, project] of [
      ["P", "Payments"],
      ["Q", "Quality"],
    ] as const)
      await chooseProject(trx, tenantId, ASANA, { connectionId, sourceProject, project, stageField: undefined });
  });
  for (const project of ["P", "Q"])
    asana.sectionsByProject.set(
      project,
      SECTIONS.map((name) => aSection(project, name)),
    );
  const statuses = (name: string): readonly string[] => ["P", "Q"].map((project) => `${ASANA}${project}.${name}`);
  await recordStageMap(
    database,
    tenantId,
    aStageMap({
      stages: [
        aStage("To do", "waiting", { statuses: statuses("To do") }),
        aStage("Build", "active", { statuses: statuses("Build") }),
        aStage("Done", "done", { statuses: [...statuses("Done"), `${ASANA}completed`] }),
      ],
    }),
  );
  const context: SyncContext = {
    database,
    masterKey,
    pacing: { now: () => clock.now, random: () => 0, sleep: () => Promise.resolve() },
    random: randomBytes,
    newId: randomUUID,
    log: (event, details) => void log.push(JSON.stringify([event, details])),
    publicUrl: undefined,
    openGateway: () => asana,
    timing: DEFAULT_TIMING,
  };
  const desks = new Desks(context);
  const job = { tenantId, connectionId };
  const ring: Sync["ring"] = (...bells) =>
    inRecorder((trx) =>
      ringBells(
        trx,
        tenantId,
        bells.map((fields) => ({ bellId: randomUUID(), connectionId, fields })),
        clock.now,
      ),
    );
  const timelines = (): Promise<readonly z.infer<typeof itemRow>[]> =>
    inRecorder(async (trx) => {
      const { rows } = await sql`
        select item_id, stays from flow.timeline where tenant_id = ${tenantId}::uuid order by item_id collate "C"`.execute(
        trx,
      );
      return z.array(itemRow).parse(rows);
    });
  const answer: Sync["answer"] = (signal = new AbortController().signal) => answerBells(context, desks, job, signal);
  return {
    ...{ asana, context, desks, tenant, job, clock, log, ring, answer },
    look: async (...tasks) => {
      await ring(...tasks.map((gid) => ({ what: "task", gid, action: "changed" })));
      await answer();
    },
    reconcile: (isFull = true, acceptsDeleted = false) =>
      reconcile(context, desks, job, new AbortController().signal, {
        isFull,
        acceptsDeleted,
        onProgress: () => undefined,
      }),
    cells: async () => (await ledgerContents(database, tenantId)).cells,
    stays: async () =>
      (await timelines()).map(
        ({ item_id, stays }) => `${plain(item_id)} ${stays.map(([status]) => plain(status)).join(",")}`,
      ),
    instants: async (item) =>
      (await timelines()).find(({ item_id }) => plain(item_id) === item)?.stays.map(([, start]) => start) ?? [],
    bells: () =>
      inRecorder(async (trx) => {
        const { rows } = await sql`
          select fields, state, attempts, due_at_ms, error_code from inbox.bell where tenant_id = ${tenantId}::uuid
          order by fields::text`.execute(trx);
        return z.array(bellRow).parse(rows);
      }),
    progress: (project) =>
      inRecorder(async (trx) => {
        const { rows } = await sql`
          select cursor, swept_at_ms, listed_at_ms from control.connected_project
          where tenant_id = ${tenantId}::uuid and source_project = ${project}`.execute(trx);
        return progressRow.parse(rows[0]);
      }),
    parked: async () =>
      (await inRecorder((trx) => listParkedBells(trx, tenantId))).map(
        ({ fields, errorCode }) => `${fields.gid} ${errorCode}`,
      ),
  };
}

function plain(id: string): string {
  return id.replace(ASANA, "");
}
