/** Worklogs that were made, changed or deleted since the lists of them were read last, recorded page by page. */
import { StageledgerError } from "@stageledger/core";
import { findSourceCursor, inTransaction, keepSourceCursor, UPDATED_WORKLOGS } from "@stageledger/db";
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

/**
 * A page that was recorded is not read again: its cursor moves in the transaction that records it.
 *
 * @throws StageledgerError JIRA_…; JIRA_WRONG_SHAPE also when single worklogs could not be understood, once all others are recorded
 */
export async function reconcileWorklogs(context: JiraSyncContext, desk: JiraDesk): Promise<void> {
  const { gateway } = desk;
  const strange: StageledgerError[] = [];
  await readOn(
    context,
    desk,
    UPDATED_WORKLOGS,
    (since) => gateway.listUpdatedWorklogs(since),
    async (ids) => ({
      shown: await readUnderstood(desk, ids, strange),
      goneIds: [],
    }),
  );
  await readOn(
    context,
    desk,
    DELETED_WORKLOGS,
    (since) => gateway.listDeletedWorklogs(since),
    async (ids) => ({
      shown: [],
      goneIds: ids,
    }),
  );
  const [first] = strange;
  if (first !== undefined) throw first;
}

/** A project that is new to the ledger has worklogs from before: all are listed again, and known ones change nothing. */
export async function takeWorklogsAnew(
  { database }: JiraSyncContext,
  { tenantId, connectionId }: JiraDesk,
): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    keepSourceCursor(trx, tenantId, connectionId, UPDATED_WORKLOGS, "0"),
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
    for (const name of [UPDATED_WORKLOGS, DELETED_WORKLOGS]) {
      const position = await findSourceCursor(trx, tenantId, connectionId, name);
      if (Number(position ?? 0) > lookedAt) await keepSourceCursor(trx, tenantId, connectionId, name, String(lookedAt));
    }
  });
}

async function readOn(
  context: JiraSyncContext,
  desk: JiraDesk,
  name: string,
  list: (since: number) => Promise<WorklogChanges>,
  read: (ids: readonly string[]) => Promise<{
    readonly shown: readonly JiraWorklog[];
    readonly goneIds: readonly string[];
  }>,
): Promise<void> {
  const { tenantId, connectionId } = desk;
  const position = await inTransaction(context.database, { role: "recorder", tenantId }, (trx) =>
    findSourceCursor(trx, tenantId, connectionId, name),
  );
  const cursor = Number(position ?? 0);
  let since = Math.max(0, cursor - OVERLAP_MILLISECONDS);
  for (;;) {
    const { worklogIds, until, isLast } = await list(since);
    const { shown, goneIds } = await read(worklogIds);
    await recordWorklogs(context, desk, shown, goneIds, (trx) =>
      keepSourceCursor(trx, tenantId, connectionId, name, String(Math.max(cursor, until))),
    );
    if (isLast || until <= since) return;
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
