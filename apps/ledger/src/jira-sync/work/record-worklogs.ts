/** From worklogs that people made in Jira itself to revisions of entries, in the transaction that records them. */
import {
  type ErrorCode,
  type ReportZone,
  refuseImpossibleEntry,
  StageledgerError,
  type TimeEntry,
} from "@stageledger/core";
import {
  type BellFields,
  ensureContributors,
  finalDeletions,
  findImpossible,
  findKnownEntries,
  getTenant,
  type ImpossibleEntry,
  type inTransaction,
  type KnownEntry,
  parkImpossible,
  type RecordedRevision,
  recordIn,
  settleBells,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
import type { JiraSyncContext } from "../context.ts";
import type { JiraWorklog } from "../jira/gateway.ts";
import type { JiraDesk } from "./connection-desk.ts";

type InTransaction = Parameters<Parameters<typeof inTransaction>[2]>[0];

/** Names the account of a person: who opens the panel and who is a worklog's author are the same. */
const ACCOUNT_SOURCE = "jira";
const ENTRY_SOURCE = "jira-worklog";
const SECONDS_A_MINUTE = 60;

export interface ReadWorklogs {
  readonly shown: readonly JiraWorklog[];
  /** Proved to be gone. */
  readonly goneIds: readonly string[];
  /** The ledger's project that a worklog's issue was in when the work was done (E14); undefined where that is none of the ledger's. */
  readonly projectOf: (worklog: JiraWorklog) => string | undefined;
}

export function entryIdOf({ secrets }: Pick<JiraDesk, "secrets">, worklogId: string): string {
  return secrets.entryId(ENTRY_SOURCE, worklogId);
}

/**
 * Whether a worklog says more than what is recorded of it.
 *
 * @param parked what is kept of it when no entry can be made of it: that is looked at whenever it is read
 */
export function isNews(
  { updatedAt }: JiraWorklog,
  known: KnownEntry | undefined,
  parked: BellFields | undefined,
): boolean {
  if (parked !== undefined) return updatedAt >= Number(parked.at ?? 0);
  if (known === undefined || updatedAt > known.number) return true;
  // It was taken back because no entry can be like it: somebody may have to put that right still.
  return updatedAt === known.number && known.itemId === undefined;
}

/**
 * Records what was read of worklogs. One that no entry can be, though it has minutes, is parked under the id that its entry would
 * have, and leaves the inbox once it is another or gone: its hours do not vanish without a word.
 *
 * @returns ids of what stays parked
 */
export async function recordReadWorklogs(
  trx: InTransaction,
  { newId, pacing }: Pick<JiraSyncContext, "newId" | "pacing">,
  desk: Pick<JiraDesk, "tenantId" | "connectionId" | "secrets">,
  read: ReadWorklogs,
): Promise<ReadonlySet<string>> {
  if (read.shown.length === 0 && read.goneIds.length === 0) return new Set();
  const { tenantId } = desk;
  const { revisions, impossible, settled } = await changesOf(trx, desk, read, newId);
  await recordIn(trx, tenantId, { items: [], statuses: [], entries: revisions });
  await settleBells(trx, tenantId, settled);
  await parkImpossible(trx, tenantId, impossible, pacing.now());
  return new Set(impossible.map(({ bellId }) => bellId));
}

interface WorklogChanges {
  readonly revisions: readonly RecordedRevision[];
  readonly impossible: readonly ImpossibleEntry[];
  /** Ids of what was parked, if it was, and has nothing to be put right any more. */
  readonly settled: readonly string[];
}

/**
 * The instant of its last change is a worklog's revision: looks at it may be recorded in any order. The tenant's zone gives the
 * date (E17). Hours stay in the project in which they were first recorded (E14), and with whom: Jira may name an author no more. A
 * copy of an entry of our panel is none.
 */
async function changesOf(
  trx: InTransaction,
  desk: Pick<JiraDesk, "tenantId" | "connectionId" | "secrets">,
  { shown, goneIds, projectOf }: ReadWorklogs,
  newId: () => string,
): Promise<WorklogChanges> {
  const { tenantId, connectionId, secrets } = desk;
  const { zone } = await getTenant(trx, tenantId);
  const shownIds = shown.map(({ id }) => entryIdOf(desk, id));
  const known = await findKnownEntries(trx, tenantId, shownIds);
  const parked = await findImpossible(trx, tenantId, shownIds);
  const news = shown.flatMap((worklog) => {
    const entryId = entryIdOf(desk, worklog.id);
    const before = known.get(entryId);
    return isNews(worklog, before, parked.get(entryId)) ? [{ worklog, entryId, before }] : [];
  });
  const candidates = news.flatMap(({ worklog, entryId, before }) => {
    const project = before?.project ?? projectOf(worklog);
    return worklog.isMirror || project === undefined ? [] : [{ worklog, entryId, project, before }];
  });
  const accounts = [
    ...new Set(candidates.flatMap(({ worklog, before }) => (before === undefined ? (worklog.account ?? []) : []))),
  ];
  const people = await ensureContributors(
    trx,
    tenantId,
    secrets,
    accounts.map((account) => ({ source: ACCOUNT_SOURCE, account })),
    newId,
  );
  const contributorOf = (account: string | undefined): string | undefined => {
    const person = account === undefined ? undefined : people[accounts.indexOf(account)];
    return person?.kind === "found" ? person.contributorId : undefined;
  };
  const revisions: RecordedRevision[] = [];
  const impossible: ImpossibleEntry[] = [];
  for (const { worklog, entryId, project, before } of candidates) {
    const contributor = before?.contributorId ?? contributorOf(worklog.account);
    if (contributor === undefined) continue;
    const { id: gid, issueId: issue, updatedAt } = worklog;
    const { entry, errorCode } = timeEntryOf(worklog, project, zone);
    if (errorCode !== undefined) {
      const fields = { what: "worklog", gid, issue, at: updatedAt };
      impossible.push({ bellId: entryId, connectionId, fields, errorCode });
    }
    if (entry === undefined && before === undefined) continue;
    const change = entry === undefined ? "deleted" : before === undefined ? "created" : "edited";
    if (before !== undefined && updatedAt <= before.number) continue;
    revisions.push({ entryId, contributor, number: updatedAt, change, entry, importId: undefined });
  }
  const isParked = new Set(impossible.map(({ bellId }) => bellId));
  const mirrored = shown.filter(({ isMirror }) => isMirror).map(({ id }) => id);
  const goneEntries = [...goneIds, ...mirrored].map((id) => entryIdOf(desk, id));
  return {
    revisions: [...revisions, ...(await finalDeletions(trx, tenantId, goneEntries))],
    impossible,
    settled: [...news.map(({ entryId }) => entryId).filter((id) => !isParked.has(id)), ...goneEntries],
  };
}

/** No entry is one that there cannot be; with a code when somebody has to put it right: it has minutes, and they would be lost. */
function timeEntryOf(
  { issueId, startedAt, seconds }: JiraWorklog,
  project: string,
  zone: ReportZone,
): { readonly entry: TimeEntry | undefined; readonly errorCode: ErrorCode | undefined } {
  const entry: TimeEntry = {
    itemId: JIRA + issueId,
    project,
    date: zone.dayOf(startedAt),
    minutes: Math.round(seconds / SECONDS_A_MINUTE),
    activity: "other",
    interval: undefined,
    chosenStatus: undefined,
    visibility: "known",
  };
  try {
    refuseImpossibleEntry(entry);
    return { entry, errorCode: undefined };
  } catch (error) {
    if (!(error instanceof StageledgerError)) throw error;
    return { entry: undefined, errorCode: entry.minutes < 1 ? undefined : error.code };
  }
}
