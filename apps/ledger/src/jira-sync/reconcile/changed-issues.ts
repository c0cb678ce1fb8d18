/** The issues of a project that changed lately, as far as the search knows. */
import { findSeenItems, inTransaction } from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import { keptIssue } from "../jira/kept-issue.ts";
import type { JiraDesk } from "../work/connection-desk.ts";
import { listIssues } from "./list-issues.ts";

const MINUTE = 60_000;
/** The search lags behind, and clocks differ. What comes later yet is found by the sweep. */
const OVERLAP_MINUTES = 10;

/**
 * Those that look otherwise than they were recorded. The search counts minutes back by its own clock, so that no zone matters.
 *
 * @param since when they were asked for last; epoch milliseconds
 * @throws StageledgerError JIRA_…
 */
export async function changedIssues(
  { database }: JiraSyncContext,
  desk: JiraDesk,
  project: string,
  since: number,
  now: number,
): Promise<readonly string[]> {
  const { tenantId, connectionId, flagFields, secrets } = desk;
  const minutes = Math.ceil(Math.max(0, now - since) / MINUTE) + OVERLAP_MINUTES;
  const changed: string[] = [];
  for await (const page of listIssues(
    desk,
    `project = ${project} AND updated >= "-${minutes}m" ORDER BY updated ASC`,
  )) {
    const ids = page.map(({ id }) => id);
    const seen = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      findSeenItems(trx, tenantId, connectionId, ids),
    );
    for (const issue of page) {
      const { checksum } = keptIssue(issue, flagFields, secrets, (id) => JIRA + id);
      const before = seen.get(issue.id);
      if (before?.checksum !== checksum || before.goneAt !== undefined) changed.push(issue.id);
    }
  }
  return changed;
}
