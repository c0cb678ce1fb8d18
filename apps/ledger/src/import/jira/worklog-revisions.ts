/** From worklogs to revisions of time entries. Pure. */
import { type ReportZone, refuseImpossibleEntry, StageledgerError, type TimeEntry } from "@stageledger/core";
import type { FoundContributor, RecordedRevision } from "@stageledger/db";
import type { Worklog } from "../../jira/read-worklogs.ts";

export interface IssueWorklog extends Worklog {
  readonly itemId: string;
  /** Where the issue was when the work was done (E14). */
  readonly project: string;
}

const SECONDS_A_MINUTE = 60;

/**
 * The tenant's zone gives the date (E17): a worklog is an instant without its author's zone. Its start is a guess of
 * Jira's form more often than a fact, so the stage is told by the day. Whoever may browse the issue reads the worklog, so
 * it is a known contribution.
 *
 * Hours stay in the project in which they were first recorded, whatever project their issue moves to (E14).
 *
 * @param people in the order of the worklogs
 * @param projectByEntry of entries that the ledger has
 */
export function worklogRevisions(
  worklogs: readonly IssueWorklog[],
  people: readonly FoundContributor[],
  zone: ReportZone,
  entryIdOf: (worklogId: string) => string,
  projectByEntry: ReadonlyMap<string, string>,
): { readonly entries: readonly RecordedRevision[]; readonly impossible: number } {
  const firstProjects = new Map(projectByEntry);
  const entries = worklogs.flatMap((worklog, place): RecordedRevision[] => {
    const person = people[place];
    const entryId = entryIdOf(worklog.id);
    const project = firstProjects.get(entryId) ?? worklog.project;
    const entry: TimeEntry = {
      itemId: worklog.itemId,
      project,
      date: zone.dayOf(worklog.startedAt),
      minutes: Math.round(worklog.seconds / SECONDS_A_MINUTE),
      activity: "other",
      interval: undefined,
      chosenStatus: undefined,
      visibility: "known",
    };
    if (person?.kind !== "found" || !isPossible(entry)) return [];
    firstProjects.set(entryId, project);
    const contributor = person.contributorId;
    return [{ entryId, contributor, number: worklog.updatedAt, change: "created", entry, importId: undefined }];
  });
  return { entries, impossible: worklogs.length - entries.length };
}

function isPossible(entry: TimeEntry): boolean {
  try {
    refuseImpossibleEntry(entry);
    return true;
  } catch (error) {
    if (error instanceof StageledgerError) return false;
    throw error;
  }
}
