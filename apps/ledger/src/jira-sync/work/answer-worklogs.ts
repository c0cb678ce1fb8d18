/** Worklogs that rang, or that a list showed: read by themselves, and recorded together. */
import { StageledgerError } from "@stageledger/core";
import {
  type Bell,
  findKnownEntries,
  findSeenItems,
  inTransaction,
  lockTenant,
  recordIn,
  settleBells,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import type { JiraWorklog, StrippedHistory } from "../jira/gateway.ts";
import { requireOpen } from "../jira/project-closed.ts";
import { type ProjectStays, projectStays } from "../jira/project-stays.ts";
import { answerIssue } from "./answer-issue.ts";
import type { JiraDesk } from "./connection-desk.ts";
import { entryIdOf, isNews, revisionsOfWorklogs } from "./record-worklogs.ts";

type InTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

/** Bells of worklogs. That one is gone its event says, and that Jira shows it no more. */
export async function answerWorklogs(context: JiraSyncContext, desk: JiraDesk, bells: readonly Bell[]): Promise<void> {
  const { tenantId } = desk;
  const ids = [...new Set(bells.map(({ fields }) => String(fields.gid)))];
  const shown = desk.takesWorklogs ? await desk.gateway.readWorklogs(ids) : [];
  const told = bells.filter(({ fields }) => fields.action === "deleted").map(({ fields }) => String(fields.gid));
  const goneIds = desk.takesWorklogs ? told.filter((id) => !shown.some((worklog) => worklog.id === id)) : [];
  // The worklogs of an issue that is new come with it: one whose look began before could have missed these.
  const issueIds = [...new Set(shown.map(({ issueId }) => issueId))];
  const { seen } = await knownOf(context, desk, shown, goneIds);
  for (const issueId of issueIds) if (!seen.has(issueId)) await answerIssue(context, desk, issueId, []);
  await recordWorklogs(context, desk, shown, goneIds, (trx) =>
    settleBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
    ),
  );
}

/**
 * Those of issues that the ledger does not know are left out: an issue that it comes to know brings its worklogs along.
 *
 * @param also in the same transaction
 * @throws StageledgerError JIRA_…
 */
export async function recordWorklogs(
  context: JiraSyncContext,
  desk: JiraDesk,
  shown: readonly JiraWorklog[],
  goneIds: readonly string[],
  also: (trx: InTransaction) => Promise<void>,
): Promise<void> {
  const { tenantId, gateway, projects } = desk;
  const { seen, entries } = await knownOf(context, desk, shown, goneIds);
  const news = shown.filter(
    (worklog) =>
      seen.has(worklog.issueId) && (worklog.isMirror || isNews(worklog, entries.get(entryIdOf(desk, worklog.id)))),
  );
  const issueIds = [...new Set(news.map(({ issueId }) => issueId))];
  const moves = issueIds.length === 0 ? undefined : await gateway.readProjectMoves(issueIds);
  const unmoved = issueIds.filter((id) => (moves?.get(id) ?? []).length === 0);
  await requireOpen(gateway, new Set(unmoved.flatMap((id) => seen.get(id)?.sourceProjects ?? [])));
  const stays = new Map(
    issueIds.map((id) => [id, staysOf(moves?.get(id) ?? [], seen.get(id)?.sourceProjects[0] ?? "")]),
  );
  const projectOf = ({ issueId, startedAt }: JiraWorklog): string | undefined =>
    projects.get(stays.get(issueId)?.projectAt(startedAt) ?? "")?.project;
  const deletedIds = await deletedAlone(desk, goneIds, entries);
  await inTransaction(context.database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const revisions = await revisionsOfWorklogs(
      trx,
      desk,
      { shown: news, goneIds: deletedIds, projectOf },
      context.newId,
    );
    await recordIn(trx, tenantId, { items: [], statuses: [], entries: revisions });
    await also(trx);
  });
}

/** What the ledger has of the worklogs' issues and entries, by Jira's id and by the ledger's. */
async function knownOf(
  { database }: JiraSyncContext,
  desk: JiraDesk,
  shown: readonly JiraWorklog[],
  goneIds: readonly string[],
): Promise<{
  readonly seen: Awaited<ReturnType<typeof findSeenItems>>;
  readonly entries: Awaited<ReturnType<typeof findKnownEntries>>;
}> {
  const { tenantId, connectionId } = desk;
  const issueIds = [...new Set(shown.map(({ issueId }) => issueId))];
  const worklogIds = [...shown.map(({ id }) => id), ...goneIds];
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => ({
    seen: await findSeenItems(trx, tenantId, connectionId, issueIds),
    entries: await findKnownEntries(
      trx,
      tenantId,
      worklogIds.map((id) => entryIdOf(desk, id)),
    ),
  }));
}

/** Of an issue whose histories are in an unknown shape it is known where it is. */
function staysOf(histories: readonly StrippedHistory[], now: string): ProjectStays {
  try {
    return projectStays(histories, now);
  } catch (error) {
    if (error instanceof StageledgerError) return projectStays([], now);
    throw error;
  }
}

/** Without those that went with their issue: its hours stay (E13). */
async function deletedAlone(
  { gateway, flagFields, ...desk }: JiraDesk,
  goneIds: readonly string[],
  entries: Awaited<ReturnType<typeof findKnownEntries>>,
): Promise<readonly string[]> {
  const issueOf = (id: string): string | undefined => entries.get(entryIdOf(desk, id))?.itemId?.slice(JIRA.length);
  const isThere = new Map<string, boolean>();
  for (const issue of new Set(goneIds.map(issueOf))) {
    if (issue !== undefined) isThere.set(issue, (await gateway.findIssue(issue, flagFields)) !== undefined);
  }
  return goneIds.filter((id) => isThere.get(issueOf(id) ?? "") === true);
}
