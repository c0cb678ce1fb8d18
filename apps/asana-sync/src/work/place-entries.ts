/** From the entries that Asana shows of a task to entries of the ledger, and to what is kept of each to tell a change. Pure. */
import { type TimeEntry, UNASSIGNED } from "@stageledger/core";
import type { SeenEntry, SeenItem, TenantSecrets } from "@stageledger/db";
import type { ChosenProject, ChosenProjects } from "../asana/chosen-projects.ts";
import { homeOf } from "../asana/entry-home.ts";
import type { AsanaEntry } from "../asana/schemas.ts";
import { entryChecksum } from "../asana/sweep-checksum.ts";
import { isLive, type TaskFacts } from "../asana/task-facts.ts";
import { timeEntryOf } from "../asana/time-entry.ts";

export interface PlacedEntry {
  readonly entry: AsanaEntry;
  readonly home: ChosenProject | undefined;
  /** Undefined for one that no time entry can be. */
  readonly timeEntry: TimeEntry | undefined;
}

/**
 * @param entries of the task, whatever the plan: none without time tracking
 * @param chosen the ledger's projects that authors chose for entries, by the source's ids of those
 */
export function placeEntries(
  task: string,
  entries: readonly AsanaEntry[],
  { places, projectsAbove }: Pick<TaskFacts, "places" | "projectsAbove">,
  projects: ChosenProjects,
  seen: SeenItem | undefined,
  chosen: ReadonlyMap<string, string>,
): readonly PlacedEntry[] {
  // A sub-task that is a card itself is no part of the task above.
  const items = [...places.map(({ project }) => project), ...(places.some(isLive) ? [] : projectsAbove)];
  return entries.map((entry) => {
    const before = seen?.entries[entry.gid]?.home ?? undefined;
    const told = homeOf({ entry, projects, places, projectsAbove, before });
    // What the entry names itself counts most; then what its author said, who was asked because nobody else could tell (E9).
    const choice = isNamed(entry, told) ? undefined : chosen.get(entry.gid);
    const home =
      choice === undefined ? told : (firstCalled(choice, items) ?? firstCalled(choice, projects.byGid.values()));
    // Hours of a project that the task is no item of, or of none, still have a stage: that of the first item there is.
    const item = items.find(({ gid }) => gid === home?.gid) ?? items[0];
    const place = { task, sourceProject: item?.gid, project: choice ?? home?.project ?? UNASSIGNED };
    return { entry, home, timeEntry: timeEntryOf(entry, place) };
  });
}

function isNamed(entry: AsanaEntry, home: ChosenProject | undefined): boolean {
  return home !== undefined && entry.attributable_to?.gid === home.gid;
}

/** The first by id of those that the ledger calls so; undefined where there is none, as where it is made of other sources' only. */
function firstCalled(project: string, projects: Iterable<ChosenProject>): ChosenProject | undefined {
  return [...projects].filter((one) => one.project === project).toSorted((a, b) => (a.gid < b.gid ? -1 : 1))[0];
}

/** Of an entry that the ledger does not keep no more is kept than what tells a change: no day, no project. */
export function seenEntry(secrets: TenantSecrets, { entry, home }: PlacedEntry, isKept: boolean): SeenEntry {
  const checksum = entryChecksum(secrets, entry);
  if (!isKept) return { checksum, date: "", home: null, isListed: false };
  return { checksum, date: entry.entered_on, home: home?.gid ?? null, isListed: isNamed(entry, home) };
}
