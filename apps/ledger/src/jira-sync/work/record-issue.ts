/** Records what a look at an issue told, and settles the bells that rang for it, in one transaction. */
import { GONE, type ItemPart } from "@stageledger/core";
import {
  type Bell,
  dropImpossible,
  findRecordedHistories,
  findSeenItems,
  inTransaction,
  keepSeenItems,
  lockTenant,
  recordIn,
  type SeenItem,
  settleBells,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import type { IssueFacts } from "../jira/issue-facts.ts";
import { settled, settledIssue, unseenPart } from "../jira/settle.ts";
import type { JiraDesk } from "./connection-desk.ts";
import type { IssueReading } from "./look-at-issue.ts";
import { projectsNow } from "./projects-now.ts";
import { recordReadWorklogs } from "./record-worklogs.ts";

type InTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

export interface Look {
  /** The read clock's instant at which it began. */
  readonly readAt: number;
  /** When the issue went, where that is proved; undefined where 404 alone proves nothing (E13). */
  readonly goneAt: number | undefined;
}

/**
 * A look that began before one that is recorded already brings nothing new, and is dropped: two workers that read the same issue
 * at once must not put the older answer over the newer one.
 */
export async function recordIssue(
  context: JiraSyncContext,
  desk: JiraDesk,
  issueId: string,
  reading: IssueReading,
  bells: readonly Bell[],
  look: Look,
): Promise<void> {
  const { tenantId, connectionId } = desk;
  await inTransaction(context.database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const seen = (await findSeenItems(trx, tenantId, connectionId, [issueId])).get(issueId);
    if (seen === undefined || seen.readAt <= look.readAt) {
      if (reading.kind === "present") await recordPresent(trx, context, desk, reading, look.readAt);
      else if (look.goneAt !== undefined) await recordGone(trx, desk, issueId, seen, look.readAt, look.goneAt);
    }
    await settleBells(
      trx,
      tenantId,
      bells.map(({ bellId }) => bellId),
    );
  });
}

/** An issue as a list showed it, with histories that agree: what a first reading of a project records page by page. */
export function recordIssuesIn(
  trx: InTransaction,
  desk: JiraDesk,
  issues: readonly IssueFacts[],
  readAt: number,
): Promise<void> {
  return keepPresent(trx, desk, issues, readAt, new Map());
}

async function recordPresent(
  trx: InTransaction,
  context: JiraSyncContext,
  desk: JiraDesk,
  { facts, isSure, worklogs }: Extract<IssueReading, { kind: "present" }>,
  readAt: number,
): Promise<void> {
  const { tenantId } = desk;
  const { part, kept, stays } = facts;
  const recorded = (await findRecordedHistories(trx, tenantId, [part.id])).get(part.id);
  const items = settledIssue(facts, isSure, recorded, readAt);
  await keepPresent(
    trx,
    desk,
    [{ ...facts, part: items }],
    readAt,
    isSure ? new Map() : new Map([[kept.id, UNLIKE_ANY]]),
  );
  const projects = await projectsNow(trx, desk);
  const projectOf = ({ startedAt }: { readonly startedAt: number }): string | undefined =>
    projects.get(stays.projectAt(startedAt))?.project;
  await recordReadWorklogs(trx, context, desk, { shown: worklogs, goneIds: [], projectOf });
}

/** The checksum of no issue: the next sweep finds this one to be different. */
const UNLIKE_ANY = "";

async function keepPresent(
  trx: InTransaction,
  desk: JiraDesk,
  issues: readonly IssueFacts[],
  readAt: number,
  checksumOf: ReadonlyMap<string, string>,
): Promise<void> {
  const { tenantId, connectionId } = desk;
  // An issue of none of the ledger's projects that never was in one is nothing to it.
  const known = await findSeenItems(
    trx,
    tenantId,
    connectionId,
    issues.map(({ kept }) => kept.id),
  );
  const ours = issues.filter(({ home, kept }) => home !== undefined || known.has(kept.id));
  const projects = await projectsNow(trx, desk);
  const parts = ours.map(({ part, kept }): ItemPart => {
    const project = projects.get(kept.projectId)?.project;
    return project === undefined || part.snapshot === undefined
      ? part
      : { ...part, snapshot: { ...part.snapshot, project } };
  });
  await recordIn(trx, tenantId, { items: parts, statuses: ours.flatMap(({ statuses }) => statuses), entries: [] });
  await keepSeenItems(
    trx,
    tenantId,
    connectionId,
    ours.map(
      ({ kept, home }): SeenItem => ({
        sourceItem: kept.id,
        sourceProjects: home === undefined ? [] : [home.id],
        checksum: checksumOf.get(kept.id) ?? kept.checksum,
        entries: {},
        readAt,
        goneAt: home === undefined ? readAt : undefined,
      }),
    ),
  );
}

async function recordGone(
  trx: InTransaction,
  { tenantId, connectionId }: JiraDesk,
  issueId: string,
  seen: SeenItem | undefined,
  readAt: number,
  goneAt: number,
): Promise<void> {
  const id = JIRA + issueId;
  const recorded = (await findRecordedHistories(trx, tenantId, [id])).get(id);
  if (recorded !== undefined) {
    const part = settled(unseenPart(id, recorded.createdAt), GONE, recorded, goneAt);
    await recordIn(trx, tenantId, { items: [part], statuses: [], entries: [] });
  }
  await dropImpossible(trx, tenantId, connectionId, issueId);
  // One that was never seen is kept too, so that a look that began earlier does not bring it.
  const known = seen ?? { sourceItem: issueId, sourceProjects: [], checksum: "", entries: {}, readAt, goneAt };
  await keepSeenItems(trx, tenantId, connectionId, [{ ...known, readAt, goneAt: seen?.goneAt ?? goneAt }]);
}
