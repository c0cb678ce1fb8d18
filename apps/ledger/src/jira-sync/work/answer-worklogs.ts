/** Worklogs that rang, or that a list showed: read by themselves, and recorded together. */
import { StageledgerError } from "@stageledger/core";
import {
  type Bell,
  findImpossible,
  findKnownEntries,
  findSeenItems,
  inTransaction,
  lockTenant,
  settleBells,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import type { JiraWorklog, StrippedHistory } from "../jira/gateway.ts";
import { projectClosed, requireOpen } from "../jira/project-closed.ts";
import { type ProjectStays, projectStays } from "../jira/project-stays.ts";
import { answerIssue } from "./answer-issue.ts";
import type { JiraDesk } from "./connection-desk.ts";
import { projectsNow } from "./projects-now.ts";
import { entryIdOf, isNews, recordReadWorklogs } from "./record-worklogs.ts";

type InTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

/**
 * Bells of worklogs. That one is gone its event says, and that Jira shows it no more. One that is parked because no entry can be
 * like it may ring again: it stays parked while it is as it was.
 */
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
  if (desk.takesWorklogs) await requireSeen(context, desk, shown, goneIds, bells);
  await recordWorklogs(context, desk, shown, goneIds, (trx, parkedIds) =>
    settleBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId).filter((id) => !parkedIds.has(id)),
    ),
  );
}

/**
 * One that was parked, rings again and is not shown is gone where its issue can be read, or is gone itself.
 *
 * @throws StageledgerError JIRA_FORBIDDEN where that proves nothing
 */
async function requireSeen(
  { database }: JiraSyncContext,
  desk: JiraDesk,
  shown: readonly JiraWorklog[],
  goneIds: readonly string[],
  bells: readonly Bell[],
): Promise<void> {
  const { tenantId, connectionId, gateway, flagFields } = desk;
  const told = new Set([...shown.map(({ id }) => id), ...goneIds]);
  const unseen = bells.filter(
    ({ bellId, fields }) => bellId === entryIdOf(desk, String(fields.gid)) && !told.has(String(fields.gid)),
  );
  for (const issue of new Set(unseen.map(({ fields }) => String(fields.issue)))) {
    if ((await gateway.findIssue(issue, flagFields)) !== undefined) continue;
    const seen = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      findSeenItems(trx, tenantId, connectionId, [issue]),
    );
    if (seen.get(issue)?.goneAt === undefined) throw projectClosed();
  }
}

/**
 * Those of issues that the ledger does not know are left out: an issue that it comes to know brings its worklogs along.
 *
 * @param also in the same transaction; told the ids of what no entry can be like, and stays parked
 * @throws StageledgerError JIRA_…
 */
export async function recordWorklogs(
  context: JiraSyncContext,
  desk: JiraDesk,
  shown: readonly JiraWorklog[],
  goneIds: readonly string[],
  also: (trx: InTransaction, parkedIds: ReadonlySet<string>) => Promise<void>,
): Promise<void> {
  const { tenantId, gateway } = desk;
  const { seen, entries, parked } = await knownOf(context, desk, shown, goneIds);
  const news = shown.filter((worklog) => {
    const entryId = entryIdOf(desk, worklog.id);
    return (
      seen.has(worklog.issueId) && (worklog.isMirror || isNews(worklog, entries.get(entryId), parked.get(entryId)))
    );
  });
  const issueIds = [...new Set(news.map(({ issueId }) => issueId))];
  const moves = issueIds.length === 0 ? undefined : await gateway.readProjectMoves(issueIds);
  const unmoved = issueIds.filter((id) => (moves?.get(id) ?? []).length === 0);
  await requireOpen(gateway, new Set(unmoved.flatMap((id) => seen.get(id)?.sourceProjects ?? [])));
  const stays = new Map(
    issueIds.map((id) => [id, staysOf(moves?.get(id) ?? [], seen.get(id)?.sourceProjects[0] ?? "")]),
  );
  const deletedIds = await deletedAlone(desk, goneIds, entries);
  await inTransaction(context.database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const projects = await projectsNow(trx, desk);
    const projectOf = ({ issueId, startedAt }: JiraWorklog): string | undefined =>
      projects.get(stays.get(issueId)?.projectAt(startedAt) ?? "")?.project;
    const parkedIds = await recordReadWorklogs(trx, context, desk, { shown: news, goneIds: deletedIds, projectOf });
    await settleBells(
      trx,
      tenantId,
      goneIds.map((id) => entryIdOf(desk, id)),
    );
    await also(trx, parkedIds);
  });
}

/** What the ledger has of the worklogs' issues and entries, and of what is parked, by Jira's id and by the ledger's. */
async function knownOf(
  { database }: JiraSyncContext,
  desk: JiraDesk,
  shown: readonly JiraWorklog[],
  goneIds: readonly string[],
): Promise<{
  readonly seen: Awaited<ReturnType<typeof findSeenItems>>;
  readonly entries: Awaited<ReturnType<typeof findKnownEntries>>;
  readonly parked: Awaited<ReturnType<typeof findImpossible>>;
}> {
  const { tenantId, connectionId } = desk;
  const issueIds = [...new Set(shown.map(({ issueId }) => issueId))];
  const entryIds = [...shown.map(({ id }) => id), ...goneIds].map((id) => entryIdOf(desk, id));
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => ({
    seen: await findSeenItems(trx, tenantId, connectionId, issueIds),
    entries: await findKnownEntries(trx, tenantId, entryIds),
    parked: await findImpossible(trx, tenantId, entryIds),
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
