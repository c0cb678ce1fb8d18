/** Reads the truth about one task: what it is, what happened to it, what was logged on it. Three calls in the usual case. */
import { StageledgerError } from "@stageledger/core";
import type { SeenItem } from "@stageledger/db";
import type { AsanaEntry, AsanaTask } from "../asana/schemas.ts";
import { chosenOf, type TaskFacts, taskFacts } from "../asana/task-facts.ts";
import type { Desk } from "./connection-desk.ts";

export type TaskReading =
  /** Asana answers 404 on it. */
  | { readonly kind: "absent" }
  | {
      readonly kind: "present";
      readonly task: AsanaTask;
      readonly facts: TaskFacts;
      /** Undefined when the plan has no time tracking: nothing is known of entries then. */
      readonly entries: readonly AsanaEntry[] | undefined;
      /** Entries that were seen before and are proved to be gone, by a direct 404. */
      readonly goneEntries: readonly string[];
    };

const MOST_LEVELS = 20;

/** @throws StageledgerError ASANA_… */
export async function readTask(
  desk: Desk,
  gid: string,
  seen: SeenItem | undefined,
  readAt: number,
  now: number,
): Promise<TaskReading> {
  const task = await desk.gateway.findTask(gid);
  if (task === undefined) return { kind: "absent" };
  const [stories, listed] = await Promise.all([desk.gateway.listStories(gid), readEntries(desk, gid, now)]);
  if (stories === undefined || listed === undefined) return { kind: "absent" };
  const above = await readAbove(desk, task);
  await desk.placeSections(stories.flatMap(({ new_section, project }) => (project ? [] : (new_section?.gid ?? []))));
  const first = taskFacts({ task, stories, above, seen, readAt }, desk.projects);
  const { entries, goneEntries } = await missingEntries(desk, gid, listed, seen);
  if (first.isExplained) return { kind: "present", task, facts: first, entries, goneEntries };
  // Something may have been written between the calls: what is still unexplained at a second look is recorded as it is.
  const again = await desk.gateway.findTask(gid);
  const storiesAgain = await desk.gateway.listStories(gid);
  if (again === undefined || storiesAgain === undefined) return { kind: "absent" };
  const facts = taskFacts({ task: again, stories: storiesAgain, above, seen, readAt }, desk.projects);
  return { kind: "present", task: again, facts, entries, goneEntries };
}

/** Empty-handed without time tracking; undefined when the task is gone meanwhile. */
async function readEntries(
  { gateway, time }: Desk,
  task: string,
  now: number,
): Promise<{ readonly entries: readonly AsanaEntry[] | undefined } | undefined> {
  if (time.isOff(now)) return { entries: undefined };
  try {
    const entries = await gateway.listEntriesOfTask(task);
    return entries === undefined ? undefined : { entries };
  } catch (error) {
    if (!(error instanceof StageledgerError) || error.code !== "ASANA_PLAN") throw error;
    time.turnOff(now);
    return { entries: undefined };
  }
}

/** The tasks above a sub-task, up to the first that is in a chosen project; undefined when one of them cannot be read. */
async function readAbove({ gateway, projects }: Desk, task: AsanaTask): Promise<readonly AsanaTask[] | undefined> {
  const above: AsanaTask[] = [];
  for (let next = task.parent; next && above.length < MOST_LEVELS; ) {
    const parent = await undefinedWhereClosed(gateway.findTask(next.gid));
    if (parent === undefined) return undefined;
    above.push(parent);
    next = chosenOf(parent, projects).length > 0 ? undefined : parent.parent;
  }
  return above;
}

/** A task above that is closed to us keeps nobody from reading the one below. */
async function undefinedWhereClosed<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StageledgerError && CLOSED.has(error.code)) return undefined;
    throw error;
  }
}

const CLOSED: ReadonlySet<string> = new Set(["ASANA_FORBIDDEN", "ASANA_LEGAL"]);

/** What a list shows no more is asked for by itself: a list can lag, and only 404 proves that an entry is gone. */
async function missingEntries(
  { gateway }: Desk,
  task: string,
  { entries }: { readonly entries: readonly AsanaEntry[] | undefined },
  seen: SeenItem | undefined,
): Promise<{ readonly entries: readonly AsanaEntry[] | undefined; readonly goneEntries: readonly string[] }> {
  if (entries === undefined) return { entries, goneEntries: [] };
  const shown = new Set(entries.map(({ gid }) => gid));
  const found = [...entries];
  const goneEntries: string[] = [];
  for (const gid of Object.keys(seen?.entries ?? {})) {
    if (shown.has(gid)) continue;
    const entry = await gateway.findEntry(gid);
    if (entry === undefined) goneEntries.push(gid);
    else if (entry.task === undefined || entry.task === null || entry.task.gid === task) found.push(entry);
  }
  return { entries: found, goneEntries };
}
