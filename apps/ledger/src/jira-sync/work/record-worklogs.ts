/** From worklogs that people made in Jira itself to revisions of entries, in the transaction that records them. */
import { type ReportZone, refuseImpossibleEntry, StageledgerError, type TimeEntry } from "@stageledger/core";
import {
  ensureContributors,
  finalDeletions,
  findKnownEntries,
  getTenant,
  type inTransaction,
  type RecordedRevision,
} from "@stageledger/db";
import { JIRA } from "../../jira/ledger-ids.ts";
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

/** Whether a worklog says more than what is recorded of it. */
export function isNews({ updatedAt }: JiraWorklog, known: { readonly number: number } | undefined): boolean {
  return known === undefined || updatedAt > known.number;
}

/**
 * The instant of its last change is a worklog's revision: looks at it may be recorded in any order. The tenant's zone gives the
 * date (E17). Hours stay in the project in which they were first recorded (E14), and with whom: Jira may name an author no more. A
 * copy of an entry of our panel is none.
 */
export async function revisionsOfWorklogs(
  trx: InTransaction,
  desk: Pick<JiraDesk, "tenantId" | "secrets">,
  { shown, goneIds, projectOf }: ReadWorklogs,
  newId: () => string,
): Promise<readonly RecordedRevision[]> {
  if (shown.length === 0 && goneIds.length === 0) return [];
  const { tenantId, secrets } = desk;
  const { zone } = await getTenant(trx, tenantId);
  const known = await findKnownEntries(
    trx,
    tenantId,
    shown.map(({ id }) => entryIdOf(desk, id)),
  );
  const candidates = shown.flatMap((worklog) => {
    const entryId = entryIdOf(desk, worklog.id);
    const before = known.get(entryId);
    const project = before?.project ?? projectOf(worklog);
    if (worklog.isMirror || !isNews(worklog, before) || project === undefined) return [];
    return [{ worklog, entryId, project, before }];
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
  const revisions = candidates.flatMap(({ worklog, entryId, project, before }): RecordedRevision[] => {
    const contributor = before?.contributorId ?? contributorOf(worklog.account);
    const entry = timeEntryOf(worklog, project, zone);
    if (contributor === undefined || (entry === undefined && before === undefined)) return [];
    const change = entry === undefined ? "deleted" : before === undefined ? "created" : "edited";
    return [{ entryId, contributor, number: worklog.updatedAt, change, entry, importId: undefined }];
  });
  const mirrored = shown.filter(({ isMirror }) => isMirror).map(({ id }) => id);
  const deletions = [...goneIds, ...mirrored].map((id) => entryIdOf(desk, id));
  return [...revisions, ...(await finalDeletions(trx, tenantId, deletions))];
}

/** Undefined for one that no time entry can be: of no minutes, or of over 24 hours. */
function timeEntryOf(
  { issueId, startedAt, seconds }: JiraWorklog,
  project: string,
  zone: ReportZone,
): TimeEntry | undefined {
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
    return entry;
  } catch (error) {
    if (error instanceof StageledgerError) return undefined;
    throw error;
  }
}
