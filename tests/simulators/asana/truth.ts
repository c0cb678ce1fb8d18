/**
 * What was true in the simulated Asana, from the deeds themselves: not from stories, events or anything that the product
 * could read. Tests compare the product's ledger with it.
 */
import type { World } from "./world.ts";

export interface TrueStay {
  readonly task: string;
  readonly project: string;
  readonly section: string;
  /** Epoch milliseconds. */
  readonly from: number;
  /** Undefined: the task lies there still. */
  readonly to: number | undefined;
}

export interface TrueEntry {
  readonly gid: string;
  readonly task: string;
  readonly project: string | undefined;
  readonly minutes: number;
  readonly enteredOn: string;
  readonly category: string | undefined;
  readonly by: string;
}

/** Every stay of every task in every section, by project, in the order they began. Deleted tasks leave at their deletion. */
export function trueStays(world: World): readonly TrueStay[] {
  const stays: TrueStay[] = [];
  const open = new Map<string, Omit<TrueStay, "to">>();
  for (const { at, task, project, section } of world.placements) {
    const key = `${task} ${project}`;
    const ended = open.get(key);
    if (ended !== undefined) stays.push({ ...ended, to: at });
    open.delete(key);
    if (section !== undefined) open.set(key, { task, project, section, from: at });
  }
  for (const stay of open.values()) stays.push({ ...stay, to: undefined });
  return stays.sort((a, b) => a.from - b.from);
}

/** The section that a task lay in; undefined when it was not in the project. An instant of a move belongs to the new one. */
export function trueSectionAt(world: World, task: string, project: string, at: number): string | undefined {
  return trueStays(world).find(
    (stay) =>
      stay.task === task && stay.project === project && stay.from <= at && at < (stay.to ?? Number.POSITIVE_INFINITY),
  )?.section;
}

/** Every entry that is there now, of tasks that are there now. */
export function trueEntries(world: World): readonly TrueEntry[] {
  return [...world.entries.values()]
    .filter(({ task }) => {
      const found = world.tasks.get(task);
      return found !== undefined && found.deletedAt === undefined;
    })
    .map(({ gid, task, project, minutes, enteredOn, category, by }) => {
      return { gid, task, project, minutes, enteredOn, category, by };
    });
}
