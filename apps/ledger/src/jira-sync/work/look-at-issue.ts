/** Reads the truth about one issue: what it is, and what happened to it. Two calls in the usual case. */
import type { JiraWorklog, StrippedHistory, StrippedIssue } from "../jira/gateway.ts";
import { type IssueFacts, issueFacts } from "../jira/issue-facts.ts";
import type { JiraDesk } from "./connection-desk.ts";

export type IssueReading =
  /** Jira answers 404 on it. */
  | { readonly kind: "absent" }
  | {
      readonly kind: "present";
      readonly facts: IssueFacts;
      /** Whether its histories end where it is, or it was seen to be elsewhere while nothing happened. */
      readonly isSure: boolean;
      /** All that there are, where they were asked for. */
      readonly worklogs: readonly JiraWorklog[];
    };

/** Something may be written between two calls. An issue that changes faster than it is read is read again at the next sweep. */
const MOST_TRIES = 4;

/**
 * @param readAt the read clock's instant at which the look began
 * @param withWorklogs reads its worklogs too: those from before it was known ring no more
 * @throws StageledgerError JIRA_…
 */
export async function lookAtIssue(
  desk: JiraDesk,
  issueId: string,
  readAt: number,
  withWorklogs: boolean,
): Promise<IssueReading> {
  const { gateway, flagFields } = desk;
  let issue = await gateway.findIssue(issueId, flagFields);
  for (let tries = 1; ; tries += 1) {
    if (issue === undefined) return { kind: "absent" };
    const histories = await historiesOf(desk, issueId);
    // Those of an issue that was closed to the app meanwhile are left out, as if there were none.
    if (histories.length === 0 && (await gateway.findIssue(issueId, flagFields)) === undefined)
      return { kind: "absent" };
    const facts = issueFacts(desk, issue, histories, readAt);
    if (facts.isWhole) return present(desk, issueId, facts, true, withWorklogs);
    const again = await gateway.findIssue(issueId, flagFields);
    if (again !== undefined && isSame(desk, again, facts)) return present(desk, issueId, facts, true, withWorklogs);
    if (tries >= MOST_TRIES) return present(desk, issueId, facts, false, withWorklogs);
    issue = again;
  }
}

async function present(
  { gateway }: JiraDesk,
  issueId: string,
  facts: IssueFacts,
  isSure: boolean,
  withWorklogs: boolean,
): Promise<IssueReading> {
  const worklogs = withWorklogs && facts.home !== undefined ? await gateway.listWorklogsOf(issueId) : [];
  return worklogs === undefined ? { kind: "absent" } : { kind: "present", facts, isSure, worklogs };
}

async function historiesOf({ gateway, flagFields }: JiraDesk, issueId: string): Promise<readonly StrippedHistory[]> {
  return (await gateway.readHistories([issueId], flagFields)).get(issueId) ?? [];
}

/** Nothing happened to it between two calls: where its histories end elsewhere, nobody wrote down how it came where it is. */
function isSame(desk: JiraDesk, after: StrippedIssue, { kept }: IssueFacts): boolean {
  return issueFacts(desk, after, [], undefined).kept.checksum === kept.checksum;
}
