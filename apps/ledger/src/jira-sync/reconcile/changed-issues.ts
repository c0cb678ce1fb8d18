/** The issues of a project that changed lately, as far as the search knows. */
import { findSeenItems, inTransaction } from "@stageledger/db";
import type { JiraSyncContext } from "../context.ts";
import { looksAs } from "../jira/kept-issue.ts";
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
  const { tenantId, connectionId } = desk;
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
    changed.push(...page.filter((issue) => !looksAs(seen.get(issue.id), issue, desk)).map(({ id }) => id));
  }
  return changed;
}
