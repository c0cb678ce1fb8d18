/** Worklogs that were made, changed or deleted since the lists of them were read last, recorded page by page. */
import { findSourceCursor, inTransaction, keepSourceCursor } from "@stageledger/db";
import type { JiraSyncContext } from "../context.ts";
import type { JiraWorklog, WorklogChanges } from "../jira/gateway.ts";
import { recordWorklogs } from "../work/answer-worklogs.ts";
import type { JiraDesk } from "../work/connection-desk.ts";

interface ReadPage {
  readonly shown: readonly JiraWorklog[];
  readonly goneIds: readonly string[];
}

const UPDATED = "worklogs-updated";
const DELETED = "worklogs-deleted";

/**
 * A page that was recorded is not read again: its cursor moves in the transaction that records it.
 *
 * @returns how many bells were rung, for issues that are not known yet
 * @throws StageledgerError JIRA_…
 */
export async function reconcileWorklogs(context: JiraSyncContext, desk: JiraDesk): Promise<number> {
  const { gateway } = desk;
  const updated = await readOn(
    context,
    desk,
    UPDATED,
    (since) => gateway.listUpdatedWorklogs(since),
    async (ids) => ({
      shown: ids.length === 0 ? [] : await gateway.readWorklogs(ids),
      goneIds: [],
    }),
  );
  const deleted = await readOn(
    context,
    desk,
    DELETED,
    (since) => gateway.listDeletedWorklogs(since),
    async (ids) => ({
      shown: [],
      goneIds: ids,
    }),
  );
  return updated + deleted;
}

/** A project that is new to the ledger has worklogs from before: all are listed again, and known ones change nothing. */
export async function takeWorklogsAnew(
  { database }: JiraSyncContext,
  { tenantId, connectionId }: JiraDesk,
): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    keepSourceCursor(trx, tenantId, connectionId, UPDATED, "0"),
  );
}

async function readOn(
  context: JiraSyncContext,
  desk: JiraDesk,
  name: string,
  list: (since: number) => Promise<WorklogChanges>,
  read: (ids: readonly string[]) => Promise<ReadPage>,
): Promise<number> {
  const { tenantId, connectionId } = desk;
  const { database } = context;
  let rung = 0;
  let since = Number(
    (await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      findSourceCursor(trx, tenantId, connectionId, name),
    )) ?? 0,
  );
  for (;;) {
    const { worklogIds, until, isLast } = await list(since);
    const { shown, goneIds } = await read(worklogIds);
    rung += await recordWorklogs(context, desk, shown, goneIds, (trx) =>
      keepSourceCursor(trx, tenantId, connectionId, name, String(until)),
    );
    if (isLast || until <= since) return rung;
    since = until;
  }
}
