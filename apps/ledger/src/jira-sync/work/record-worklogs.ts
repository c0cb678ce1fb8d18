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

/**
 * The instant of its last change is a worklog's revision: looks at it may be recorded in any order. The tenant's zone gives the
 * date (E17). Hours stay in the project in which they were first recorded (E14). A copy of an entry of our panel is none.
 */
export async function revisionsOfWorklogs(
  trx: InTransaction,
  { tenantId, secrets }: Pick<JiraDesk, "tenantId" | "secrets">,
  { shown, goneIds, projectOf }: ReadWorklogs,
  newId: () => string,
): Promise<readonly RecordedRevision[]> {
  if (shown.length === 0 && goneIds.length === 0) return [];
  const { zone } = await getTenant(trx, tenantId);
  const entryIdOf = (worklog: string): string => secrets.entryId(ENTRY_SOURCE, worklog);
  const known = await findKnownEntries(
    trx,
    tenantId,
    shown.map(({ id }) => entryIdOf(id)),
  );
  const candidates = shown.flatMap((worklog) => {
    const before = known.get(entryIdOf(worklog.id));
    const project = before?.project ?? projectOf(worklog);
    const isNews = before === undefined || worklog.updatedAt > before.number;
    if (worklog.isMirror || !isNews || worklog.account === undefined || project === undefined) return [];
    return [{ worklog, project, isKnown: before !== undefined, account: worklog.account }];
  });
  const accounts = candidates.map(({ account }) => ({ source: ACCOUNT_SOURCE, account }));
  const people = await ensureContributors(trx, tenantId, secrets, accounts, newId);
  const revisions = candidates.flatMap(({ worklog, project, isKnown }, place): RecordedRevision[] => {
    const person = people[place];
    const entry = timeEntryOf(worklog, project, zone);
    if (person?.kind !== "found" || (entry === undefined && !isKnown)) return [];
    return [
      {
        entryId: entryIdOf(worklog.id),
        contributor: person.contributorId,
        number: worklog.updatedAt,
        change: entry === undefined ? "deleted" : isKnown ? "edited" : "created",
        entry,
        importId: undefined,
      },
    ];
  });
  const mirrored = shown.filter(({ isMirror }) => isMirror).map(({ id }) => id);
  return [...revisions, ...(await finalDeletions(trx, tenantId, [...goneIds, ...mirrored].map(entryIdOf)))];
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
