/** The job "answer": reads the truth behind the bells that are due, each task once, and records it. */

import {
  type Bell,
  beginRead,
  dueBells,
  findSeenItems,
  inTransaction,
  nextBellAt,
  postponeBells,
  setConnectionProblem,
  settleBells,
} from "@stageledger/db";
import { bellDecision } from "../asana/bell-decision.ts";
import type { SyncContext } from "../context.ts";
import { bellTarget, toldAt } from "./bell-target.ts";
import type { Desk, Desks } from "./connection-desk.ts";
import { readTask } from "./read-task.ts";
import { recordTask } from "./record-task.ts";

const BELLS_A_GO = 1000;
const TASKS_AT_ONCE = 8;

/**
 * Returns when it wants to be done again: when the next bell is due, which is at once when more wait than one go takes.
 * What cannot be answered now waits for longer each time; what cannot be understood is parked.
 */
export async function answerBells(
  context: SyncContext,
  desks: Desks,
  { tenantId, connectionId }: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
): Promise<number | undefined> {
  const { database, pacing } = context;
  const bells = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    dueBells(trx, tenantId, connectionId, pacing.now(), BELLS_A_GO),
  );
  if (bells.length > 0 && !(await answer(context, desks, tenantId, connectionId, bells, signal))) return undefined;
  return inTransaction(database, { role: "recorder", tenantId }, (trx) => nextBellAt(trx, tenantId, connectionId));
}

/** False when there is no such connection, or it is off. */
async function answer(
  context: SyncContext,
  desks: Desks,
  tenantId: string,
  connectionId: string,
  bells: readonly Bell[],
  signal: AbortSignal,
): Promise<boolean> {
  let desk: Desk | undefined;
  try {
    desk = await desks.open(tenantId, connectionId);
  } catch (error) {
    signal.throwIfAborted();
    await postpone(context, tenantId, connectionId, bells, error);
    return true;
  }
  if (desk === undefined) return false;
  const opened = desk;
  const bellsByTask = new Map<string, Bell[]>();
  const aboutSections: Bell[] = [];
  const aboutNothing: Bell[] = [];
  for (const bell of bells) {
    const target = bellTarget(bell);
    if (target.kind === "task") bellsByTask.set(target.gid, [...(bellsByTask.get(target.gid) ?? []), bell]);
    else (target.kind === "sections" ? aboutSections : aboutNothing).push(bell);
  }
  if (aboutSections.length > 0) {
    await attempt(context, opened, aboutSections, signal, async () => {
      await opened.learnSections();
      await settle(context, opened, aboutSections);
    });
  }
  if (aboutNothing.length > 0) await settle(context, opened, aboutNothing);
  const waiting = [...bellsByTask];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      signal.throwIfAborted();
      const [gid, ofTask] = next;
      await attempt(context, opened, ofTask, signal, () => answerTask(context, opened, gid, ofTask));
    }
  };
  // All have ended before the job has, since what it works with is closed behind it.
  for (const ended of await Promise.allSettled(Array.from({ length: TASKS_AT_ONCE }, worker))) {
    if (ended.status === "rejected") throw ended.reason;
  }
  return true;
}

async function answerTask(context: SyncContext, desk: Desk, gid: string, bells: readonly Bell[]): Promise<void> {
  const { database, pacing } = context;
  const { tenantId, connectionId } = desk;
  const { readAt, seen } = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => ({
    readAt: await beginRead(trx, tenantId, connectionId, pacing.now()),
    seen: (await findSeenItems(trx, tenantId, connectionId, [gid])).get(gid),
  }));
  const reading = await readTask(desk, gid, seen, readAt, pacing.now());
  const look = { readAt, before: seen, goneAt: toldAt(bells, "deleted"), returnedAt: toldAt(bells, "undeleted") };
  await recordTask(context, desk, gid, reading, bells, look);
}

/** One task that cannot be answered keeps no other from it. What was stopped is no failure: it rings as before. */
async function attempt(
  context: SyncContext,
  { tenantId, connectionId }: Desk,
  bells: readonly Bell[],
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    signal.throwIfAborted();
    await postpone(context, tenantId, connectionId, bells, error);
  }
}

async function settle({ database }: SyncContext, { tenantId }: Desk, bells: readonly Bell[]): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    settleBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
    ),
  );
}

async function postpone(
  { database, pacing, log }: SyncContext,
  tenantId: string,
  connectionId: string,
  bells: readonly Bell[],
  error: unknown,
): Promise<void> {
  const attempts = Math.min(...bells.map((bell) => bell.attempts)) + 1;
  const decision = bellDecision(error, attempts, pacing.random(), pacing.now());
  const { errorCode } = decision;
  const isParked = decision.action === "park";
  const dueAt = decision.action === "again" ? decision.dueAt : pacing.now();
  log("bells postponed", { connectionId, bells: bells.length, errorCode, attempts, isParked });
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await postponeBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
      { dueAt, isParked, errorCode },
    );
    if (errorCode === "ASANA_UNAUTHORISED" || errorCode === "ASANA_FORBIDDEN")
      await setConnectionProblem(trx, tenantId, connectionId, errorCode);
  });
}
