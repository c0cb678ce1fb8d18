/** An issue that rang, or that has to be known before its worklogs: looked at by itself, and recorded. */
import { type Bell, beginRead, findSeenItems, inTransaction } from "@stageledger/db";
import type { JiraSyncContext } from "../context.ts";
import { toldGoneAt } from "./bell-target.ts";
import type { JiraDesk } from "./connection-desk.ts";
import { lookAtIssue } from "./look-at-issue.ts";
import { recordIssue } from "./record-issue.ts";

/** @throws StageledgerError JIRA_… */
export async function answerIssue(
  context: JiraSyncContext,
  desk: JiraDesk,
  issueId: string,
  bells: readonly Bell[],
): Promise<void> {
  const { database, pacing } = context;
  const { tenantId, connectionId, takesWorklogs } = desk;
  const { readAt, seen } = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => ({
    readAt: await beginRead(trx, tenantId, connectionId, pacing.now()),
    seen: (await findSeenItems(trx, tenantId, connectionId, [issueId])).get(issueId),
  }));
  const isNew = seen === undefined || seen.goneAt !== undefined;
  const reading = await lookAtIssue(desk, issueId, readAt, takesWorklogs && isNew);
  await recordIssue(context, desk, issueId, reading, bells, { readAt, goneAt: toldGoneAt(bells) });
}
