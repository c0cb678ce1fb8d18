import type { Membership, Reference, Story, StorySubtype, Task, WorldEvent } from "./records.ts";
import { WorldPlaces } from "./world-places.ts";
import { getFrom } from "./world-state.ts";

export interface NewTask {
  /** Where it is created; of several projects it is added to the others with addToProject. */
  readonly project?: string;
  /** The project's first unless said. */
  readonly section?: string;
  readonly parent?: string;
  readonly name?: string;
  readonly by?: string;
}

/** Tasks, where they lie, and the stories that Asana writes of it. A task's modified_at does not move with its place. */
export class WorldTasks extends WorldPlaces {
  createTask({ project, section, parent, name, by = this.anyone }: NewTask): string {
    const gid = this.nextGid();
    const home = parent === undefined ? undefined : getFrom(this.tasks, parent).workspace;
    const [anyWorkspace = ""] = this.workspaces.keys();
    const task: Task = {
      gid,
      workspace: project === undefined ? (home ?? anyWorkspace) : getFrom(this.projects, project).workspace,
      parent,
      createdAt: this.now(),
      createdBy: by,
      name: name ?? `Blauwe fiets ${gid.slice(-4)}`,
      notes: `Geheime notitie ${gid.slice(-4)}`,
      modifiedAt: this.now(),
      completedAt: undefined,
      completedBy: undefined,
      memberships: [],
      options: new Map(),
      deletedAt: undefined,
    };
    this.tasks.set(gid, task);
    this.storiesByTask.set(gid, []);
    this.entriesByTask.set(gid, []);
    this.subtasksByParent.set(gid, []);
    if (parent !== undefined) this.subtasksByParent.get(parent)?.push(task);
    if (parent !== undefined) this.#taskHappens(task, "added", by, { gid: parent, type: "task" });
    if (project !== undefined) this.#join(task, project, section, by, this.dials.creationHasStory);
    // Rung in the task's projects too, although this section is of none of them.
    this.#taskHappens(task, "added", by, { gid: getFrom(this.users, by).myTasksSection, type: "section" });
    return gid;
  }

  addToProject(task: string, project: string, section?: string, by = this.anyone): void {
    const joined = this.#living(task);
    if (joined.memberships.some((membership) => membership.project === project)) {
      throw new Error(`Task ${task} is in project ${project} already.`);
    }
    this.#join(joined, project, section, by, true);
  }

  removeFromProject(gid: string, project: string, by = this.anyone): void {
    const task = this.#living(gid);
    const left = this.#membership(task, project);
    const heardIn = this.#heardIn(task);
    task.memberships = task.memberships.filter((membership) => membership !== left);
    this.placements.push({ at: this.now(), task: gid, project, section: undefined });
    this.#taskHappens(task, "removed", by, { gid: project, type: "project" }, heardIn);
    this.#taskHappens(task, "removed", by, { gid: left.section, type: "section" }, heardIn);
    this.#tell(task, "removed_from_project", by, `removed from ${this.#projectName(project)}`, { project }, heardIn);
  }

  /** To a section of a project that the task is in. The section it lies in already changes nothing. */
  moveToSection(gid: string, section: string, by = this.anyone): void {
    const task = this.#living(gid);
    const { project, isDeleted, name } = getFrom(this.sections, section);
    if (isDeleted) throw new Error(`Section ${section} is deleted.`);
    const before = this.#membership(task, project);
    if (before.section === section) return;
    task.memberships = movedTo(task.memberships, { project, section });
    this.placements.push({ at: this.now(), task: gid, project, section });
    this.#taskHappens(task, "removed", by, { gid: before.section, type: "section" });
    this.#taskHappens(task, "added", by, { gid: section, type: "section" });
    // It names no project: which one it was, only the sections can tell.
    this.#tell(task, "section_changed", by, `moved this task to "${name}"`, {
      oldSection: before.section,
      newSection: section,
    });
  }

  /** @param moveTo where its tasks go first; only an empty section needs none */
  deleteSection(section: string, moveTo?: string, by = this.anyone): void {
    const { project } = getFrom(this.sections, section);
    const refuge = moveTo ?? this.sectionsOf(project).find(({ gid }) => gid !== section)?.gid ?? "";
    for (const task of this.tasks.values()) {
      if (!task.memberships.some((membership) => membership.section === section)) continue;
      // A deleted task moves unseen: it must lie somewhere should it come back.
      if (task.deletedAt !== undefined) task.memberships = movedTo(task.memberships, { project, section: refuge });
      else if (moveTo === undefined) throw new Error(`Section ${section} is not empty.`);
      else this.moveToSection(task.gid, moveTo, by);
    }
    this.dropSection(section);
  }

  complete(gid: string, by = this.anyone): void {
    const task = this.#living(gid);
    task.completedAt = this.now();
    task.completedBy = by;
    this.#change(task, "completed", by);
    this.#tell(task, "marked_complete", by, "completed this task", {});
  }

  reopen(gid: string, by = this.anyone): void {
    const task = this.#living(gid);
    task.completedAt = undefined;
    task.completedBy = undefined;
    this.#change(task, "completed", by);
    this.#tell(task, "marked_incomplete", by, "marked incomplete", {});
  }

  /** @param option undefined: none is chosen any more */
  setEnum(gid: string, field: string, option: string | undefined, by = this.anyone): void {
    const task = this.#living(gid);
    const oldOption = task.options.get(field);
    if (option === undefined) task.options.delete(field);
    else task.options.set(field, option);
    this.#change(task, "custom_fields", by);
    this.#tell(task, "enum_custom_field_changed", by, "changed a field", { field, oldOption, newOption: option });
  }

  comment(gid: string, text: string, by = this.anyone): void {
    const task = this.#living(gid);
    task.modifiedAt = this.now();
    this.#tell(task, "comment_added", by, text, {});
  }

  /** With its subtasks. Its time entries are gone as long as it is. */
  deleteTask(gid: string, by = this.anyone): void {
    const there = this.#withAllSubtasks(this.#living(gid)).filter(({ deletedAt }) => deletedAt === undefined);
    for (const task of there) this.#delete(task, by);
  }

  /** To where it lay, with the subtasks that were deleted with it. */
  undeleteTask(gid: string, by = this.anyone): void {
    const task = getFrom(this.tasks, gid);
    const { deletedAt } = task;
    if (deletedAt === undefined) throw new Error(`Task ${gid} is not deleted.`);
    const together = this.#withAllSubtasks(task).filter((below) => below.deletedAt === deletedAt);
    for (const back of together) this.#undelete(back, by);
  }

  /** Not deleted ones. */
  subtasksOf(task: string): readonly Task[] {
    return (this.subtasksByParent.get(task) ?? []).filter(({ deletedAt }) => deletedAt === undefined);
  }

  protected ringTask(task: Task, field: string, by: string): void {
    this.#taskHappens(task, "changed", by, undefined, undefined, { field, action: "changed" });
  }

  protected ringEntry(gid: string, task: Task, action: WorldEvent["action"], by: string): void {
    this.happen({
      by,
      action,
      resource: { gid, type: "time_tracking_entry" },
      parent: { gid: task.gid, type: "task" },
      change: action === "changed" ? { field: "duration_minutes", action: "changed" } : undefined,
      heardIn: this.#heardIn(task),
    });
  }

  #join(task: Task, project: string, section: string | undefined, by: string, hasStory: boolean): void {
    const [first] = this.sectionsOf(project);
    const place = section ?? first?.gid ?? "";
    if (getFrom(this.sections, place).project !== project) throw new Error(`Section ${place} is not of ${project}.`);
    task.memberships = [...task.memberships, { project, section: place }];
    this.placements.push({ at: this.now(), task: task.gid, project, section: place });
    this.#taskHappens(task, "added", by, { gid: project, type: "project" });
    this.#taskHappens(task, "added", by, { gid: place, type: "section" });
    if (hasStory) this.#tell(task, "added_to_project", by, `added to ${this.#projectName(project)}`, { project });
  }

  #delete(task: Task, by: string): void {
    task.deletedAt = this.now();
    for (const { project } of task.memberships) {
      this.placements.push({ at: this.now(), task: task.gid, project, section: undefined });
    }
    this.#taskHappens(task, "deleted", by, undefined);
  }

  #undelete(task: Task, by: string): void {
    task.deletedAt = undefined;
    for (const { project, section } of task.memberships) {
      this.placements.push({ at: this.now(), task: task.gid, project, section });
    }
    this.#taskHappens(task, "undeleted", by, undefined);
  }

  #withAllSubtasks(task: Task): Task[] {
    const below = this.subtasksByParent.get(task.gid) ?? [];
    return [task, ...below.flatMap((subtask) => this.#withAllSubtasks(subtask))];
  }

  #change(task: Task, field: string, by: string): void {
    task.modifiedAt = this.now();
    this.ringTask(task, field, by);
  }

  #tell(
    task: Task,
    subtype: StorySubtype,
    by: string,
    what: string,
    about: Story["about"],
    heardIn = this.#heardIn(task),
  ): void {
    const text = subtype === "comment_added" ? what : `${getFrom(this.users, by).name} ${what}`;
    const story: Story = { gid: this.nextGid(), task: task.gid, at: this.now(), by, subtype, text, about };
    this.storiesByTask.get(task.gid)?.push(story);
    this.happen({
      by,
      action: "added",
      resource: { gid: story.gid, type: "story", subtype },
      parent: { gid: task.gid, type: "task" },
      change: undefined,
      heardIn,
    });
  }

  #taskHappens(
    task: Task,
    action: WorldEvent["action"],
    by: string,
    parent: Reference | undefined,
    heardIn = this.#heardIn(task),
    change: WorldEvent["change"] = undefined,
  ): void {
    const resource: Reference = { gid: task.gid, type: "task", subtype: "default_task" };
    this.happen({ by, action, resource, parent, change, heardIn });
  }

  /** A project hears of its tasks and of their subtasks, however deep. */
  #heardIn(task: Task): string[] {
    const above = task.parent === undefined ? [] : this.#heardIn(getFrom(this.tasks, task.parent));
    return [...new Set([...task.memberships.map(({ project }) => project), ...above])];
  }

  #membership(task: Task, project: string): Task["memberships"][number] {
    const found = task.memberships.find((membership) => membership.project === project);
    if (found === undefined) throw new Error(`Task ${task.gid} is not in project ${project}.`);
    return found;
  }

  #living(gid: string): Task {
    const task = getFrom(this.tasks, gid);
    if (task.deletedAt !== undefined) throw new Error(`Task ${gid} is deleted.`);
    return task;
  }

  #projectName(project: string): string {
    return getFrom(this.projects, project).name;
  }
}

function movedTo(memberships: readonly Membership[], to: Membership): Membership[] {
  return memberships.map((membership) => (membership.project === to.project ? to : membership));
}
