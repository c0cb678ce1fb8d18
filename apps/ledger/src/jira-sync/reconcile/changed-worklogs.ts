/** Worklogs that were made, changed or deleted since the lists of them were read last, recorded page by page. */
import { StageledgerError } from "@stageledger/core";
import {
  findSourceCursor,
  inTransaction,
  moveSourceCursor,
  restartSourceCursor,
  rewindSourceCursor,
  UPDATED_WORKLOGS,
} from "@stageledger/db";
import type { JiraSyncContext } from "../context.ts";
import type { JiraWorklog, WorklogChanges } from "../jira/gateway.ts";
import { recordWorklogs } from "../work/answer-worklogs.ts";
import type { JiraDesk } from "../work/connection-desk.ts";

const DELETED_WORKLOGS = "worklogs-deleted";
/**
 * Looks that are under way while a list is read know nothing of it: a worklog of an issue that is recorded only then, and one that
 * was read before it was deleted. Nothing takes longer than this.
 */
const OVERLAP_MILLISECONDS = 30 * 60_000;
const WORKLOGS_A_CALL = 1000;

/** Opens the desk anew, with what is chosen by then. Undefined when the connection is gone or off. */
export type OpenDesk = () => Promise<JiraDesk | undefined>;

/**
 * A page that was recorded is not read again: its cursor moves in the transaction that records it.
 *
 * @throws StageledgerError JIRA_…; JIRA_WRONG_SHAPE also when single worklogs could not be understood, once all others are recorded
 */
export async function reconcileWorklogs(
  context: JiraSyncContext,
  { tenantId, connectionId }: Pick<JiraDesk, "tenantId" | "connectionId">,
  openDesk: OpenDesk,
): Promise<void> {
  const strange: StageledgerError[] = [];
  for (const list of [updatedWorklogs(strange), DELETED]) {
    // Somebody may ask for a list anew while it is read: then it is read again from there, at once.
    for (let isRead = false; !isRead; )
      isRead = await readToItsEnd(context, { tenantId, connectionId }, openDesk, list);
  }
  const [first] = strange;
  if (first !== undefined) throw first;
}

interface WorklogList {
  readonly name: string;
  readonly list: (desk: JiraDesk, since: number) => Promise<WorklogChanges>;
  readonly read: (
    desk: JiraDesk,
    ids: readonly string[],
  ) => Promise<{ readonly shown: readonly JiraWorklog[]; readonly goneIds: readonly string[] }>;
}

/** @param strange is told of worklogs that could not be understood */
function updatedWorklogs(strange: StageledgerError[]): WorklogList {
  return {
    name: UPDATED_WORKLOGS,
    list: ({ gateway }, since) => gateway.listUpdatedWorklogs(since),
    read: async (desk, ids) => ({ shown: await readUnderstood(desk, ids, strange), goneIds: [] }),
  };
}

const DELETED: WorklogList = {
  name: DELETED_WORKLOGS,
  list: ({ gateway }, since) => gateway.listDeletedWorklogs(since),
  read: async (_desk, ids) => ({ shown: [], goneIds: ids }),
};

/** A project that is new to the ledger has worklogs from before: all are listed again, and known ones change nothing. */
export async function takeWorklogsAnew(
  { database }: JiraSyncContext,
  { tenantId, connectionId }: JiraDesk,
): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    restartSourceCursor(trx, tenantId, connectionId, UPDATED_WORKLOGS),
  );
}

/**
 * No list shows worklogs of a project that is closed to the app: where it is open again, they are read from its last look on. Known
 * ones change nothing.
 *
 * @param lookedAt when the project was compared last; epoch milliseconds
 */
export async function takeWorklogsSince(
  { database }: JiraSyncContext,
  { tenantId, connectionId }: JiraDesk,
  lookedAt: number,
): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    for (const name of [UPDATED_WORKLOGS, DELETED_WORKLOGS])
      await rewindSourceCursor(trx, tenantId, connectionId, name, lookedAt);
  });
}

/** False when its cursor was moved by somebody else meanwhile. */
async function readToItsEnd(
  context: JiraSyncContext,
  { tenantId, connectionId }: Pick<JiraDesk, "tenantId" | "connectionId">,
  openDesk: OpenDesk,
  { name, list, read }: WorklogList,
): Promise<boolean> {
  let position = await inTransaction(context.database, { role: "recorder", tenantId }, (trx) =>
    findSourceCursor(trx, tenantId, connectionId, name),
  );
  // After the position: whoever takes in a project asks for the list anew afterwards, and that is noticed.
  const desk = await openDesk();
  if (desk === undefined || !desk.takesWorklogs) return true;
  let since = Math.max(0, Number(position ?? 0) - OVERLAP_MILLISECONDS);
  for (;;) {
    const { worklogIds, until, isLast } = await list(desk, since);
    const { shown, goneIds } = await read(desk, worklogIds);
    const reached = String(Math.max(Number(position ?? 0), until));
    let isMoved = false;
    await recordWorklogs(context, desk, shown, goneIds, async (trx) => {
      isMoved = await moveSourceCursor(trx, tenantId, connectionId, name, position, reached);
    });
    if (!isMoved) return false;
    if (isLast || until <= since) return true;
    position = reached;
    since = until;
  }
}

/** Worklogs in an unknown shape keep no others from being read. @param strange is told of them */
async function readUnderstood(
  desk: JiraDesk,
  ids: readonly string[],
  strange: StageledgerError[],
): Promise<readonly JiraWorklog[]> {
  if (ids.length === 0) return [];
  const half = Math.min(WORKLOGS_A_CALL, Math.ceil(ids.length / 2));
  if (ids.length <= WORKLOGS_A_CALL) {
    try {
      return await desk.gateway.readWorklogs(ids);
    } catch (error) {
      if (!(error instanceof StageledgerError && error.code === "JIRA_WRONG_SHAPE")) throw error;
      if (ids.length === 1) {
        strange.push(error);
        return [];
      }
    }
  }
  return [
    ...(await readUnderstood(desk, ids.slice(0, half), strange)),
    ...(await readUnderstood(desk, ids.slice(half), strange)),
  ];
}
