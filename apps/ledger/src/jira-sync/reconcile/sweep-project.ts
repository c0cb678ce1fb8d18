/**
 * Looks at all issues of a project, 100 a call: what makes sure that nothing is missed. A first look records what it sees, page by
 * page; later ones ring for what is different.
 */
import { StageledgerError } from "@stageledger/core";
import {
  beginRead,
  findRecordedHistories,
  findSeenItems,
  inTransaction,
  listSeenItemsOf,
  lockTenant,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import type { StrippedHistory, StrippedIssue } from "../jira/gateway.ts";
import { type IssueFacts, issueFacts } from "../jira/issue-facts.ts";
import { looksAs } from "../jira/kept-issue.ts";
import { requireOpen } from "../jira/project-closed.ts";
import type { JiraDesk } from "../work/connection-desk.ts";
import { recordIssuesIn } from "../work/record-issue.ts";
import { listIssues } from "./list-issues.ts";

export interface Sweep {
  /** Issues that are new or look different. */
  readonly changed: readonly string[];
  /** Issues that are proved to be gone: 404 on a direct read while the project can be read (E13). */
  readonly gone: readonly string[];
  /** How many answered 404, though that proves nothing: too many at once look like a lost permission. */
  readonly doubtful: number;
}

/** Of a small project a single issue is more than two in a hundred. */
const FEW = 2;
const SHARE = 0.02;

/**
 * @param isFirst whether the project was never swept to its end: what is not known yet is recorded as the list shows it
 * @param acceptsDeleted somebody said that what answers 404 was deleted, however much that is
 * @param onPage told how many issues were looked at so far
 * @throws StageledgerError JIRA_…
 */
export async function sweepProject(
  context: JiraSyncContext,
  desk: JiraDesk,
  project: string,
  isFirst: boolean,
  acceptsDeleted: boolean,
  onPage: (looked: number) => void,
): Promise<Sweep> {
  const { database, pacing } = context;
  const { tenantId, connectionId } = desk;
  const inRecorder = <T>(work: Parameters<typeof inTransaction<T>>[2]): Promise<T> =>
    inTransaction(database, { role: "recorder", tenantId }, work);
  const before = await inRecorder((trx) => listSeenItemsOf(trx, tenantId, connectionId, project));
  const listed = new Set<string>();
  const changed: string[] = [];
  // Ids do not change: nothing moves in this order while it is read.
  const pages = listIssues(desk, `project = ${project} ORDER BY id ASC`);
  for (;;) {
    const readAt = await inRecorder((trx) => beginRead(trx, tenantId, connectionId, pacing.now()));
    const { value: page, done } = await pages.next();
    if (done === true || page === undefined) break;
    const seen = await inRecorder((trx) =>
      findSeenItems(
        trx,
        tenantId,
        connectionId,
        page.map(({ id }) => id),
      ),
    );
    const fresh: StrippedIssue[] = [];
    for (const issue of page) {
      listed.add(issue.id);
      const known = seen.get(issue.id);
      if (known === undefined && isFirst) fresh.push(issue);
      else if (!looksAs(known, issue, desk)) changed.push(issue.id);
    }
    changed.push(...(await recordFresh(context, desk, project, fresh, readAt)));
    onPage(listed.size);
  }
  const missing = before.filter(({ sourceItem }) => !listed.has(sourceItem)).map(({ sourceItem }) => sourceItem);
  const most = acceptsDeleted ? missing.length : Math.max(FEW, SHARE * before.length);
  return proveMissing(desk, project, missing, most, changed);
}

/** @returns those that have to be looked at by themselves: they were recorded meanwhile, or their histories end elsewhere */
async function recordFresh(
  { database }: JiraSyncContext,
  desk: JiraDesk,
  project: string,
  issues: readonly StrippedIssue[],
  readAt: number,
): Promise<readonly string[]> {
  if (issues.length === 0) return [];
  const { tenantId, connectionId, flagFields, gateway } = desk;
  const ids = issues.map(({ id }) => id);
  const histories = await gateway.readHistories(ids, flagFields);
  if (ids.some((id) => (histories.get(id) ?? []).length === 0)) await requireOpen(gateway, [project]);
  const all = issues.flatMap((issue) => factsOf(desk, issue, histories.get(issue.id) ?? []));
  const agrees = ({ isWhole, home }: IssueFacts): boolean => home !== undefined && isWhole;
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const seen = await findSeenItems(trx, tenantId, connectionId, ids);
    // An import may have recorded it already, with a change that no history tells.
    const recorded = await findRecordedHistories(
      trx,
      tenantId,
      ids.map((id) => JIRA + id),
    );
    const isPlain = (facts: IssueFacts): boolean =>
      agrees(facts) && !seen.has(facts.kept.id) && !recorded.has(facts.part.id);
    const plain = all.filter(isPlain);
    await recordIssuesIn(trx, desk, plain, readAt);
    return ids.filter((id) => !plain.some(({ kept }) => kept.id === id));
  });
}

/** None of one in an unknown shape: it keeps no other from being recorded. */
function factsOf(desk: JiraDesk, issue: StrippedIssue, histories: readonly StrippedHistory[]): readonly IssueFacts[] {
  try {
    return [issueFacts(desk, issue, histories, undefined)];
  } catch (error) {
    if (error instanceof StageledgerError) return [];
    throw error;
  }
}

/**
 * That a list shows an issue no more proves nothing: it may lag, or the issue may have moved. Each is asked for by itself.
 *
 * @param most how many may be gone at once
 */
async function proveMissing(
  { gateway, flagFields }: JiraDesk,
  project: string,
  missing: readonly string[],
  most: number,
  changed: string[],
): Promise<Sweep> {
  const absent: string[] = [];
  for (const id of missing) {
    if ((await gateway.findIssue(id, flagFields)) === undefined) absent.push(id);
    else changed.push(id);
  }
  if (absent.length === 0) return { changed, gone: [], doubtful: 0 };
  const isProof = absent.length <= most && (await gateway.findProject(project)) !== undefined;
  return isProof ? { changed, gone: absent, doubtful: 0 } : { changed, gone: [], doubtful: absent.length };
}
