/** From a native entry to a time entry of the ledger. Pure. */
import { ACTIVITIES, parseEntryDate, refuseImpossibleEntry, StageledgerError, type TimeEntry } from "@stageledger/core";
import { ASANA, itemIdOf } from "./ledger-ids.ts";
import type { AsanaEntry } from "./schemas.ts";

export interface EntryPlace {
  /** The task that holds the entry. */
  readonly task: string;
  /** The source's project by whose stages the hours are booked; undefined when the task is an item of none. */
  readonly sourceProject: string | undefined;
  /** The ledger's. */
  readonly project: string;
}

/**
 * Its date stays the date as entered (E17); it has no start or end. Colleagues can read it in Asana, so it is a known
 * contribution. Undefined for one that no time entry can be: no minute, over 24 hours, a date that nobody works on.
 */
export function timeEntryOf(entry: AsanaEntry, { task, sourceProject, project }: EntryPlace): TimeEntry | undefined {
  try {
    const timeEntry: TimeEntry = {
      itemId: sourceProject === undefined ? ASANA + task : itemIdOf(task, sourceProject),
      project,
      date: parseEntryDate(entry.entered_on),
      minutes: entry.duration_minutes,
      activity: activityOf(entry),
      interval: undefined,
      chosenStatus: undefined,
      visibility: "known",
    };
    refuseImpossibleEntry(timeEntry);
    return timeEntry;
  } catch (error) {
    if (error instanceof StageledgerError) return undefined;
    throw error;
  }
}

/** A category that is called like an activity is one. */
function activityOf({ categories }: AsanaEntry): string {
  const names = categories?.map(({ name }) => name.trim().toLowerCase()) ?? [];
  return ACTIVITIES.find((activity) => names.includes(activity)) ?? "other";
}
