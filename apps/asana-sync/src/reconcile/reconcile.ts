/**
 * The job "reconcile": compares what Asana shows with what was recorded, project by project, and rings for each difference.
 * The bells are durable in the same transaction that moves a cursor on, so that a run may be killed anywhere and is simply
 * run again.
 */

import { StageledgerError } from "@stageledger/core";
import {
  type ConnectedProject,
  findDoubtful,
  inTransaction,
  keepDoubtful,
  keepProgress,
  listConnectedProjects,
  type NewBell,
  ringBells,
  setConnectionProblem,
  setDue,
} from "@stageledger/db";
import { ASANA } from "../asana/ledger-ids.ts";
import type { AsanaEvent } from "../asana/schemas.ts";
import type { SyncContext } from "../context.ts";
import { bellFields } from "../door/bell-fields.ts";
import type { Desk, Desks } from "../work/connection-desk.ts";
import { tasksWithChangedEntries } from "./changed-entries.ts";
import { sweepProject } from "./changed-tasks.ts";
import { entryDays } from "./entry-days.ts";

export interface ReconcileOptions {
  /** Looks at every task and every entry, whenever that was done last. */
  readonly isFull: boolean;
  /** Somebody said that tasks which answer 404 were deleted, however many, where their project can be read. */
  readonly acceptsDeleted?: boolean;
  readonly onProgress: (project: string, looked: number) => void;
}

export interface Reconciled {
  /** Bells that were rung. */
  readonly rung: number;
  /** Tasks that answered 404, though that proves nothing. */
  readonly doubtful: number;
  /** Code of what kept a project from being compared; undefined when nothing did. */
  readonly problemCode: string | undefined;
}

/** Undefined when there is no such connection, or it is off. */
export async function reconcile(
  context: SyncContext,
  desks: Desks,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
  options: ReconcileOptions,
): Promise<Reconciled | undefined> {
  const { database, pacing, timing, log } = context;
  const startedAt = pacing.now();
  let problemCode: string | undefined;
  let rung = 0;
  let inDoubt = 0;
  try {
    const desk = await desks.open(tenantId, connectionId);
    if (desk === undefined) return undefined;
    const projects = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      listConnectedProjects(trx, tenantId, ASANA, connectionId),
    );
    for (const project of projects) {
      signal.throwIfAborted();
      try {
        const { bells, doubtful } = await reconcileProject(context, desk, project, startedAt, options);
        rung += bells;
        inDoubt += doubtful;
        if (doubtful > 0) throw doubt(doubtful);
      } catch (error) {
        signal.throwIfAborted();
        // A project that is gone or closed to us keeps no other from being compared.
        problemCode = codeOf(error);
        log("project not reconciled", { connectionId, errorCode: problemCode });
      }
    }
  } catch (error) {
    // Whoever stopped it runs it again: that is no problem of the connection.
    signal.throwIfAborted();
    problemCode = codeOf(error);
    log("connection not reconciled", { connectionId, errorCode: problemCode });
  }
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await setConnectionProblem(trx, tenantId, connectionId, problemCode);
    await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: startedAt + timing.reconcileEvery });
  });
  return { rung, doubtful: inDoubt, problemCode };
}

interface ComparedProject {
  /** That were rung. */
  readonly bells: number;
  /** Tasks that answered 404, though that proves nothing. */
  readonly doubtful: number;
}

async function reconcileProject(
  context: SyncContext,
  desk: Desk,
  project: ConnectedProject,
  startedAt: number,
  { isFull, acceptsDeleted = false, onProgress }: ReconcileOptions,
): Promise<ComparedProject> {
  const { timing } = context;
  const gid = project.sourceProject;
  const events = await readEvents(context, desk, project);
  let rung = events.rung;
  // What the last look at everything left in doubt: only another one says otherwise.
  let doubtful = await doubtfulBefore(context, desk, gid);
  const sweptAt = project.sweptAt ?? Number.NEGATIVE_INFINITY;
  // A cursor that was lost says nothing about what happened since: only a look at everything does. It is kept after that look.
  if (isFull || events.newCursor !== undefined || startedAt - sweptAt >= timing.sweepEvery) {
    const sweep = await sweepProject(context, desk, gid, {
      isBlind: events.newCursor !== undefined,
      acceptsDeleted,
      onPage: (looked) => onProgress(gid, looked),
    });
    const bells = [
      ...sweep.changed.map((task) => bellOf(context, desk, task, "changed", startedAt)),
      ...sweep.gone.map((task) => bellOf(context, desk, task, "deleted", startedAt)),
    ];
    await ring(context, desk, bells, gid, {
      sweptAt: startedAt,
      ...(events.newCursor === undefined ? {} : { cursor: events.newCursor }),
    });
    await inTransaction(context.database, { role: "recorder", tenantId: desk.tenantId }, (trx) =>
      keepDoubtful(trx, desk.tenantId, desk.connectionId, gid, sweep.doubtful),
    );
    rung += bells.length;
    doubtful = sweep.doubtful;
  }
  rung += await reconcileEntries(context, desk, project, startedAt, isFull);
  return { bells: rung, doubtful };
}

async function doubtfulBefore(
  { database }: SyncContext,
  { tenantId, connectionId }: Desk,
  project: string,
): Promise<number> {
  const found = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    findDoubtful(trx, tenantId, connectionId),
  );
  return found.get(project) ?? 0;
}

function doubt(tasks: number): StageledgerError {
  return new StageledgerError("ASANA_FORBIDDEN", `${tasks} tasks of a project cannot be read any more.`, {
    next: "Nothing of them was changed. If they were deleted: stageledger connections sync --accept-deleted. Else let whose token it is see them again.",
  });
}

/** @returns newCursor when the old one was lost or there was none */
async function readEvents(
  context: SyncContext,
  desk: Desk,
  { sourceProject, cursor }: ConnectedProject,
): Promise<{ readonly rung: number; readonly newCursor: string | undefined }> {
  let rung = 0;
  for (let sync = cursor; ; ) {
    const reply = await desk.gateway.readEvents(sourceProject, sync);
    if (reply.kind === "expired") return { rung, newCursor: reply.sync };
    const bells = reply.events.flatMap((event) => bellOfEvent(context, desk, event));
    await ring(context, desk, bells, sourceProject, { cursor: reply.sync });
    rung += bells.length;
    sync = reply.sync;
    if (!reply.hasMore) return { rung, newCursor: undefined };
  }
}

async function reconcileEntries(
  context: SyncContext,
  desk: Desk,
  { sourceProject, listedAt }: ConnectedProject,
  startedAt: number,
  isFull: boolean,
): Promise<number> {
  const { pacing, timing } = context;
  if (desk.time.isOff(pacing.now())) return 0;
  const isDue = isFull || startedAt - (listedAt ?? Number.NEGATIVE_INFINITY) >= timing.listAllEntriesEvery;
  try {
    const days = await entryDays(context, desk, startedAt, isDue);
    const tasks = await tasksWithChangedEntries(context, desk, sourceProject, days);
    const bells = tasks.map((task) => bellOf(context, desk, task, "changed", startedAt));
    await ring(context, desk, bells, sourceProject, isDue ? { listedAt: startedAt } : {});
    return bells.length;
  } catch (error) {
    if (codeOf(error) !== "ASANA_PLAN") throw error;
    desk.time.turnOff(pacing.now());
    return 0;
  }
}

async function ring(
  { database, pacing }: SyncContext,
  { tenantId, connectionId }: Desk,
  bells: readonly NewBell[],
  project: string,
  progress: Parameters<typeof keepProgress>[4],
): Promise<void> {
  if (bells.length === 0 && Object.keys(progress).length === 0) return;
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await ringBells(trx, tenantId, bells, pacing.now());
    if (Object.keys(progress).length > 0) await keepProgress(trx, tenantId, connectionId, project, progress);
  });
}

function bellOf(
  { newId }: SyncContext,
  { connectionId }: Desk,
  task: string,
  action: "changed" | "deleted",
  at: number,
): NewBell {
  return { bellId: newId(), connectionId, fields: { what: "task", gid: task, action, at } };
}

function bellOfEvent({ newId }: SyncContext, { connectionId }: Desk, event: AsanaEvent): readonly NewBell[] {
  const fields = bellFields(event);
  return fields === undefined ? [] : [{ bellId: newId(), connectionId, fields }];
}

function codeOf(error: unknown): string {
  return error instanceof StageledgerError ? error.code : "UNEXPECTED";
}
