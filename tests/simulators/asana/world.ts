import type { Entry, Task } from "./records.ts";
import { getFrom } from "./world-state.ts";
import { WorldTasks } from "./world-tasks.ts";

export interface NewEntry {
  readonly minutes: number;
  /** `2026-09-07` */
  readonly enteredOn: string;
  /** What it is attributable to: the first project of the task or of the nearest task above it, unless said. */
  readonly project?: string | undefined;
  readonly category?: string;
  readonly description?: string;
  readonly by?: string;
}

export type EntryChange = Partial<Pick<Entry, "category" | "description" | "enteredOn" | "minutes" | "project">>;

/**
 * A small Asana: what teams do in it, at the instants of the clock that it was given. Every deed that Asana tells of is an
 * event in the projects that hear it; what was true when stands in truth.ts.
 */
export class World extends WorldTasks {
  logTime(gid: string, logged: NewEntry): string {
    const task = getFrom(this.tasks, gid);
    const entry: Entry = {
      gid: this.nextGid(),
      task: gid,
      by: logged.by ?? this.anyone,
      createdAt: this.now(),
      minutes: logged.minutes,
      enteredOn: logged.enteredOn,
      project: "project" in logged ? logged.project : this.#nearestProject(task),
      category: logged.category,
      description: logged.description ?? `Geheime uren ${gid.slice(-4)}`,
    };
    this.entries.set(entry.gid, entry);
    this.entriesByTask.get(gid)?.push(entry);
    this.#ring(entry, "added");
    return entry.gid;
  }

  editEntry(gid: string, change: EntryChange): void {
    const entry = Object.assign(getFrom(this.entries, gid), change);
    this.#ring(entry, "changed");
  }

  deleteEntry(gid: string): void {
    const entry = getFrom(this.entries, gid);
    this.entries.delete(gid);
    const ofTask = this.entriesByTask.get(entry.task);
    ofTask?.splice(ofTask.indexOf(entry), 1);
    this.#ring(entry, "deleted");
  }

  entriesOf(task: string): readonly Entry[] {
    return this.entriesByTask.get(task) ?? [];
  }

  /** All its entries, summed up. */
  minutesOf(task: string): number {
    return this.entriesOf(task).reduce((sum, { minutes }) => sum + minutes, 0);
  }

  /** Everything that leads to a person or was written by one: none of it may be found in what the product keeps. */
  personalTexts(): readonly string[] {
    return [
      ...[...this.users.values()].flatMap(({ gid, name, email, photo }) => [gid, name, email, photo]),
      ...[...this.tasks.values()].flatMap(({ name, notes }) => [name, notes]),
      ...[...this.storiesByTask.values()].flat().map(({ text }) => text),
      ...[...this.entries.values()].map(({ description }) => description),
    ];
  }

  #ring(entry: Entry, action: "added" | "changed" | "deleted"): void {
    const task = getFrom(this.tasks, entry.task);
    if (this.dials.entriesMoveModifiedAt) task.modifiedAt = this.now();
    if (this.dials.entryBells === "entry") this.ringEntry(entry.gid, task, action, entry.by);
    if (this.dials.entryBells === "task") this.ringTask(task, "actual_time_minutes", entry.by);
  }

  #nearestProject({ memberships, parent }: Task): string | undefined {
    const [first] = memberships;
    if (first !== undefined) return first.project;
    return parent === undefined ? undefined : this.#nearestProject(getFrom(this.tasks, parent));
  }
}
