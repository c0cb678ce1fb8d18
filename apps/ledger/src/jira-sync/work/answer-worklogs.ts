/** Worklogs that rang, or that a list showed: read by themselves, and recorded issue by issue. */
import { type Bell, findSeenItems, inTransaction, lockTenant, recordIn, ringBells, settleBells } from "@stageledger/db";
import type { JiraSyncContext } from "../context.ts";
import type { JiraWorklog } from "../jira/gateway.ts";
import { projectStays } from "../jira/project-stays.ts";
import type { JiraDesk } from "./connection-desk.ts";
import { revisionsOfWorklogs } from "./record-worklogs.ts";

type InTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

/** Bells of worklogs. That one is gone its event says, and that Jira shows it no more. */
export async function answerWorklogs(context: JiraSyncContext, desk: JiraDesk, bells: readonly Bell[]): Promise<void> {
  const { tenantId } = desk;
  const ids = [...new Set(bells.map(({ fields }) => String(fields.gid)))];
  const shown = desk.takesWorklogs ? await desk.gateway.readWorklogs(ids) : [];
  const told = bells.filter(({ fields }) => fields.action === "deleted").map(({ fields }) => String(fields.gid));
  const goneIds = desk.takesWorklogs ? told.filter((id) => !shown.some((worklog) => worklog.id === id)) : [];
  await recordWorklogs(context, desk, shown, goneIds, (trx) =>
    settleBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
    ),
  );
}

/**
 * Issues that the ledger has not looked at yet ring: their worklogs come with them.
 *
 * @param also in the same transaction
 * @returns how many bells were rung
 * @throws StageledgerError JIRA_…
 */
export async function recordWorklogs(
  { database, pacing, newId }: JiraSyncContext,
  desk: JiraDesk,
  shown: readonly JiraWorklog[],
  goneIds: readonly string[],
  also: (trx: InTransaction) => Promise<void>,
): Promise<number> {
  const { tenantId, connectionId, gateway, flagFields, projects } = desk;
  const issueIds = [...new Set(shown.map(({ issueId }) => issueId))];
  const seen = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    findSeenItems(trx, tenantId, connectionId, issueIds),
  );
  const isKnown = (id: string): boolean => seen.has(id) && seen.get(id)?.goneAt === undefined;
  const known = issueIds.filter(isKnown);
  const fields = issueIds.filter((id) => !isKnown(id)).map((gid) => ({ what: "issue", gid, action: "updated" }));
  const histories = known.length === 0 ? undefined : await gateway.readHistories(known, flagFields);
  const stays = new Map(
    known.map((id) => [id, projectStays(histories?.get(id) ?? [], seen.get(id)?.sourceProjects[0] ?? "")]),
  );
  const projectOf = ({ issueId, startedAt }: JiraWorklog): string | undefined =>
    projects.get(stays.get(issueId)?.projectAt(startedAt) ?? "")?.project;
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const ofKnown = shown.filter(({ issueId }) => isKnown(issueId));
    const entries = await revisionsOfWorklogs(trx, desk, { shown: ofKnown, goneIds, projectOf }, newId);
    await recordIn(trx, tenantId, { items: [], statuses: [], entries });
    const bells = fields.map((one) => ({ bellId: newId(), connectionId, fields: one }));
    await ringBells(trx, tenantId, bells, pacing.now());
    await also(trx);
  });
  return fields.length;
}
