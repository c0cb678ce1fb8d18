/**
 * The job "reconcile" for Jira: compares what the site shows with what was recorded, project by project, and rings for each
 * difference. The bells are durable in the same transaction that moves a cursor on, so that a run may be killed anywhere and is
 * simply run again.
 */
import { StageledgerError } from "@stageledger/core";
import {
  type ConnectedProject,
  inTransaction,
  keepProgress,
  listConnectedProjects,
  type NewBell,
  ringBells,
  setConnectionProblem,
  setDue,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import type { JiraDesk, JiraDesks } from "../work/connection-desk.ts";
import { changedIssues } from "./changed-issues.ts";
import { reconcileWorklogs, takeWorklogsAnew, takeWorklogsSince } from "./changed-worklogs.ts";
import { sweepProject } from "./sweep-project.ts";

export interface ReconcileOptions {
  /** Looks at every issue, whenever that was done last. */
  readonly isFull: boolean;
  readonly onProgress: (project: string, looked: number) => void;
}

export interface Reconciled {
  /** Bells that were rung. */
  readonly rung: number;
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
    for (const project of projects) {
      await attempt(() => reconcileProject(context, desk, project, startedAt, options));
    }
    if (desk.takesWorklogs) {
      await attempt(async () => {
        await reconcileWorklogs(context, desk);
        return 0;
      });
    }
    return 0;
  });
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await setConnectionProblem(trx, tenantId, connectionId, problemCode);
    await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: startedAt + timing.reconcileEvery });
  });
  return { rung, problemCode };
}

async function reconcileProject(
  context: JiraSyncContext,
  desk: JiraDesk,
  project: ConnectedProject,
  startedAt: number,
  { isFull, onProgress }: ReconcileOptions,
): Promise<number> {
  const { sourceProject, sweptAt, cursor } = project;
  // One that is gone looks the same. The search would refuse to name it, and its issues would all look deleted.
  if (!desk.openProjects.has(sourceProject)) {
    throw new StageledgerError("JIRA_FORBIDDEN", "A project cannot be read any more.", {
      next: "Nothing of it was changed. Check that the app may still browse it.",
    });
  }
  const isFirst = sweptAt === undefined;
  const lookedAt = cursor === undefined ? sweptAt : Number(cursor);
  if (!isFull && lookedAt !== undefined && !isFirst && startedAt - sweptAt < context.timing.sweepEvery) {
    const changed = await changedIssues(context, desk, sourceProject, lookedAt, startedAt);
    const bells = changed.map((issue) => bellOf(context, desk, issue, "updated", startedAt));
    await takeWorklogsSince(context, desk, lookedAt);
    await ring(context, desk, bells, sourceProject, { cursor: String(startedAt) });
    return bells.length;
  }
  const sweep = await sweepProject(context, desk, sourceProject, isFirst, (looked) =>
    onProgress(sourceProject, looked),
  );
  const bells = [
    ...sweep.changed.map((issue) => bellOf(context, desk, issue, "updated", startedAt)),
    ...sweep.gone.map((issue) => bellOf(context, desk, issue, "deleted", startedAt)),
  ];
  if (isFirst || lookedAt === undefined) await takeWorklogsAnew(context, desk);
  else await takeWorklogsSince(context, desk, lookedAt);
  await ring(context, desk, bells, sourceProject, { sweptAt: startedAt, cursor: String(startedAt) });
  if (sweep.doubtful > 0) {
    throw new StageledgerError("JIRA_FORBIDDEN", `${sweep.doubtful} issues of a project cannot be read any more.`, {
      next: "Nothing of them was changed. Check that the app may still see them; many deletions at once look the same.",
    });
  }
  return bells.length;
}

async function ring(
  { database, pacing }: JiraSyncContext,
  { tenantId, connectionId }: JiraDesk,
  bells: readonly NewBell[],
  project: string,
  progress: Parameters<typeof keepProgress>[4],
): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await ringBells(trx, tenantId, bells, pacing.now());
    await keepProgress(trx, tenantId, connectionId, project, progress);
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
