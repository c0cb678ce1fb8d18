/**
 * The job "reconcile" for Jira: compares what the site shows with what was recorded, project by project, and rings for each
 * difference. The bells are durable in the same transaction that moves a cursor on, so that a run may be killed anywhere and is
 * simply run again.
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
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import { projectClosed } from "../jira/project-closed.ts";
import type { JiraDesk, JiraDesks } from "../work/connection-desk.ts";
import { changedIssues } from "./changed-issues.ts";
import { reconcileWorklogs, takeWorklogsAnew, takeWorklogsSince } from "./changed-worklogs.ts";
import { sweepProject } from "./sweep-project.ts";

export interface ReconcileOptions {
  /** Looks at every issue, whenever that was done last. */
  readonly isFull: boolean;
  /** Somebody said that issues which answer 404 were deleted, however many, where their project can be read. */
  readonly acceptsDeleted?: boolean;
  readonly onProgress: (project: string, looked: number) => void;
}

export interface Reconciled {
  /** Bells that were rung. */
  readonly rung: number;
  /** Issues that answered 404, though that proves nothing. */
  readonly doubtful: number;
  /** Code of what kept something from being compared; undefined when nothing did. */
  readonly problemCode: string | undefined;
}

/** Undefined when there is no such connection, it is off, or none to Jira. */
export async function reconcileJira(
  context: JiraSyncContext,
  desks: JiraDesks,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
  options: ReconcileOptions,
): Promise<Reconciled | undefined> {
  const { database, pacing, timing, log } = context;
  const startedAt = pacing.now();
  let problemCode: string | undefined;
  let rung = 0;
  let inDoubt = 0;
  const attempt = async (work: () => Promise<number>): Promise<void> => {
    signal.throwIfAborted();
    try {
      // Not in one expression: what is added to would be read before the wait, and what comes during it be lost.
      const found = await work();
      rung += found;
    } catch (error) {
      signal.throwIfAborted();
      // What is gone or closed to us keeps nothing else from being compared.
      problemCode = error instanceof StageledgerError ? error.code : "UNEXPECTED";
      log("not reconciled", { connectionId, errorCode: problemCode });
    }
  };
  await attempt(async () => {
    const desk = await desks.open(tenantId, connectionId, "sweep", startedAt);
    if (desk === undefined) return 0;
    const projects = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      listConnectedProjects(trx, tenantId, JIRA, connectionId),
    );
    const compared: string[] = [];
    for (const project of projects) {
      await attempt(async () => {
        const { bells, doubtful } = await reconcileProject(context, desk, project, startedAt, options);
        compared.push(project.sourceProject);
        rung += bells;
        inDoubt += doubtful;
        if (doubtful > 0) throw doubt(doubtful);
        return 0;
      });
    }
    if (desk.takesWorklogs) {
      await attempt(async () => {
        await reconcileWorklogs(context, desk, () => desks.open(tenantId, connectionId, "sweep"));
        return 0;
      });
    }
    await attempt(() => keepLook(context, desk, compared, startedAt));
    return 0;
  });
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await setConnectionProblem(trx, tenantId, connectionId, problemCode);
    await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: startedAt + timing.reconcileEvery });
  });
  return { rung, doubtful: inDoubt, problemCode };
}

interface ComparedProject {
  /** That were rung. */
  readonly bells: number;
  /** Issues that answered 404, though that proves nothing. */
  readonly doubtful: number;
}

async function reconcileProject(
  context: JiraSyncContext,
  desk: JiraDesk,
  project: ConnectedProject,
  startedAt: number,
  { isFull, acceptsDeleted = false, onProgress }: ReconcileOptions,
): Promise<ComparedProject> {
  const { sourceProject, sweptAt, cursor } = project;
  // One that is gone looks the same. The search would refuse to name it, and its issues would all look deleted.
  if (!desk.openProjects.has(sourceProject)) throw projectClosed();
  if (cursor === undefined || sweptAt === undefined) await takeWorklogsAnew(context, desk);
  else await takeWorklogsSince(context, desk, Number(cursor));
  if (!isFull && sweptAt !== undefined && startedAt - sweptAt < context.timing.sweepEvery) {
    const lookedAt = cursor === undefined ? sweptAt : Number(cursor);
    const changed = await changedIssues(context, desk, sourceProject, lookedAt, startedAt);
    const bells = changed.map((issue) => bellOf(context, desk, issue, "updated", startedAt));
    await ring(context, desk, bells, sourceProject);
    return { bells: bells.length, doubtful: await doubtfulBefore(context, desk, sourceProject) };
  }
  const isFirst = sweptAt === undefined;
  const sweep = await sweepProject(context, desk, sourceProject, isFirst, acceptsDeleted, (looked) =>
    onProgress(sourceProject, looked),
  );
  const bells = [
    ...sweep.changed.map((issue) => bellOf(context, desk, issue, "updated", startedAt)),
    ...sweep.gone.map((issue) => bellOf(context, desk, issue, "deleted", startedAt)),
  ];
  await ring(context, desk, bells, sourceProject, { sweptAt: startedAt, doubtful: sweep.doubtful });
  return { bells: bells.length, doubtful: sweep.doubtful };
}

/** The lists of worklogs leave out those of a project that was closed to the app meanwhile: that one was not looked at. */
async function keepLook(
  { database }: JiraSyncContext,
  { tenantId, connectionId, gateway, takesWorklogs }: JiraDesk,
  compared: readonly string[],
  startedAt: number,
): Promise<number> {
  if (compared.length === 0) return 0;
  const open = takesWorklogs ? new Set((await gateway.listProjects()).map(({ id }) => id)) : new Set(compared);
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    for (const project of compared.filter((one) => open.has(one))) {
      await keepProgress(trx, tenantId, connectionId, project, { cursor: String(startedAt) });
    }
  });
  if (compared.some((one) => !open.has(one))) throw projectClosed();
  return 0;
}

/** What the last look at everything left in doubt: only another one says otherwise. */
async function doubtfulBefore(
  { database }: JiraSyncContext,
  { tenantId, connectionId }: JiraDesk,
  project: string,
): Promise<number> {
  const found = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    findDoubtful(trx, tenantId, connectionId),
  );
  return found.get(project) ?? 0;
}

function doubt(issues: number): StageledgerError {
  return new StageledgerError("JIRA_FORBIDDEN", `${issues} issues of a project cannot be read any more.`, {
    next: "Nothing of them was changed. If they were deleted: stageledger connections sync --accept-deleted. Else let the app see them again.",
  });
}

async function ring(
  { database, pacing }: JiraSyncContext,
  { tenantId, connectionId }: JiraDesk,
  bells: readonly NewBell[],
  project: string,
  swept?: { readonly sweptAt: number; readonly doubtful: number },
): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await ringBells(trx, tenantId, bells, pacing.now());
    if (swept === undefined) return;
    await keepProgress(trx, tenantId, connectionId, project, { sweptAt: swept.sweptAt });
    await keepDoubtful(trx, tenantId, connectionId, project, swept.doubtful);
  });
}

function bellOf(
  { newId }: JiraSyncContext,
  { connectionId }: JiraDesk,
  issue: string,
  action: "updated" | "deleted",
  at: number,
): NewBell {
  return { bellId: newId(), connectionId, fields: { what: "issue", gid: issue, action, at } };
}
