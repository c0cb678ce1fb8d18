/**
 * Finds the tasks of a project that Asana shows otherwise than they were recorded. A webhook may have said nothing of them:
 * what follows here is what makes sure, webhooks are only faster.
 */
import { findSeenItems, inTransaction, listSeenItemsOf, type SeenItem } from "@stageledger/db";
import type { AsanaTask } from "../asana/schemas.ts";
import { taskChecksum } from "../asana/sweep-checksum.ts";
import type { SyncContext } from "../context.ts";
import type { Desk } from "../work/connection-desk.ts";

export interface Sweep {
  /** Tasks that are new or look different. */
  readonly changed: readonly string[];
  /** Tasks that are proved to be gone: 404 on a direct read while the project can be read (E13). */
  readonly gone: readonly string[];
  /** How many answered 404, though that proves nothing: too many at once look like a lost permission. */
  readonly doubtful: number;
  /** How many tasks were looked at. */
  readonly looked: number;
}

export interface SweepOptions {
  /**
   * Nothing is known of what happened since the last look: every task counts as changed. One that was moved away and back looks
   * as it did, and only its stories tell in which stage it was meanwhile.
   */
  readonly isBlind: boolean;
  /** Somebody said that what answers 404 was deleted, however much that is. */
  readonly acceptsDeleted: boolean;
  /** How many tasks were looked at so far. */
  readonly onPage: (looked: number) => void;
}

/** Of a small project a single task is more than two in a hundred. */
const FEW = 2;
const SHARE = 0.02;

/**
 * Looks at every task of a project and at the sub-tasks below them, 100 a call.
 *
 * @throws StageledgerError ASANA_…
 */
export async function sweepProject(
  context: SyncContext,
  desk: Desk,
  project: string,
  { isBlind, acceptsDeleted, onPage }: SweepOptions,
): Promise<Sweep> {
  const { database } = context;
  const { tenantId, connectionId } = desk;
  const before = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    listSeenItemsOf(trx, tenantId, connectionId, project),
  );
  const listed = new Set<string>();
  const changed: string[] = [];
  const take = async (tasks: readonly AsanaTask[]): Promise<void> => {
    const fresh = tasks.filter(({ gid }) => !listed.has(gid));
    const seen = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      findSeenItems(
        trx,
        tenantId,
        connectionId,
        fresh.map(({ gid }) => gid),
      ),
    );
    for (const task of fresh) {
      listed.add(task.gid);
      if (isBlind || isChanged(desk, task, seen.get(task.gid))) changed.push(task.gid);
    }
    for (const task of fresh) {
      if ((task.num_subtasks ?? 0) > 0) await take((await desk.gateway.listSubtasks(task.gid)) ?? []);
    }
  };
  for (let offset: string | undefined, isFirst = true; isFirst || offset !== undefined; isFirst = false) {
    const page = await desk.gateway.pageOfTasks(project, offset === undefined ? {} : { offset });
    await take(page.rows);
    onPage(listed.size);
    offset = page.nextOffset;
  }
  const missing = before.filter(({ sourceItem }) => !listed.has(sourceItem)).map(({ sourceItem }) => sourceItem);
  const most = acceptsDeleted ? missing.length : Math.max(FEW, SHARE * before.length);
  return { ...(await proveMissing(desk, project, missing, most, changed)), looked: listed.size };
}

function isChanged({ secrets }: Desk, task: AsanaTask, seen: SeenItem | undefined): boolean {
  return seen === undefined || seen.goneAt !== undefined || seen.checksum !== taskChecksum(secrets, task);
}

/**
 * That a list shows a task no more proves nothing: it may lag, or the task may have moved. Each is asked for by itself.
 *
 * @param most how many may be gone at once
 */
async function proveMissing(
  { gateway }: Desk,
  project: string,
  missing: readonly string[],
  most: number,
  changed: string[],
): Promise<Omit<Sweep, "looked">> {
  const absent: string[] = [];
  for (const gid of missing) {
    if ((await gateway.findTask(gid)) === undefined) absent.push(gid);
    else changed.push(gid);
  }
  if (absent.length === 0) return { changed, gone: [], doubtful: 0 };
  const isProof = absent.length <= most && (await gateway.findProject(project)) !== undefined;
  return isProof ? { changed, gone: absent, doubtful: 0 } : { changed, gone: [], doubtful: absent.length };
}
