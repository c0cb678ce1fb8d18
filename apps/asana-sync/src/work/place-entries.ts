/** From the entries that Asana shows of a task to entries of the ledger, and to what is kept of each to tell a change. Pure. */
import type { TimeEntry } from "@stageledger/core";
import type { SeenEntry, SeenItem, TenantSecrets } from "@stageledger/db";
import type { ChosenProject, ChosenProjects } from "../asana/chosen-projects.ts";
import { homeOf } from "../asana/entry-home.ts";
import type { AsanaEntry } from "../asana/schemas.ts";
import { entryChecksum } from "../asana/sweep-checksum.ts";
import { isLive, type TaskFacts } from "../asana/task-facts.ts";
import { timeEntryOf, UNASSIGNED } from "../asana/time-entry.ts";

export interface PlacedEntry {
  readonly entry: AsanaEntry;
  readonly home: ChosenProject | undefined;
  /** Undefined for one that no time entry can be. */
  readonly timeEntry: TimeEntry | undefined;
}

/** @param entries of the task, whatever the plan: none without time tracking */
export function placeEntries(
  task: string,
  entries: readonly AsanaEntry[],
  { places, projectsAbove }: Pick<TaskFacts, "places" | "projectsAbove">,
  projects: ChosenProjects,
  seen: SeenItem | undefined,
): readonly PlacedEntry[] {
  // A sub-task that is a card itself is no part of the task above.
  const items = [...places.map(({ project }) => project), ...(places.some(isLive) ? [] : projectsAbove)];
  return entries.map((entry) => {
    const before = seen?.entries[entry.gid]?.home ?? undefined;
    const home = homeOf({ entry, projects, places, projectsAbove, before });
    // Hours of a project that the task is no item of, or of none, still have a stage: that of the first item there is.
    const item = items.find(({ gid }) => gid === home?.gid) ?? items[0];
    const place = { task, sourceProject: item?.gid, project: home?.project ?? UNASSIGNED };
    return { entry, home, timeEntry: timeEntryOf(entry, place) };
  });
}

/** Of an entry that the ledger does not keep no more is kept than what tells a change: no day, no project. */
export function seenEntry(secrets: TenantSecrets, { entry, home }: PlacedEntry, isKept: boolean): SeenEntry {
  const checksum = entryChecksum(secrets, entry);
  if (!isKept) return { checksum, date: "", home: null, isListed: false };
  const isListed = home !== undefined && entry.attributable_to?.gid === home.gid;
  return { checksum, date: entry.entered_on, home: home?.gid ?? null, isListed };
}
