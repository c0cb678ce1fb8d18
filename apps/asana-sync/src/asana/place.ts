/**
 * A task's stay in one project, told from its stories: when it was in it, and in which stage. Pure.
 *
 * Stories are read by their kind, never by their text, in the order of instant and number. A completed task is in
 * {@link COMPLETED} whichever section it lies in.
 */
import { GONE, type StageChange } from "@stageledger/core";
import type { ChosenProject, ChosenProjects } from "./chosen-projects.ts";
import { COMPLETED, emptyFieldStatus, sequenceOf, statusIdOf } from "./ledger-ids.ts";
import type { AsanaStory, AsanaTask } from "./schemas.ts";

export interface Span {
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
}

export interface Place {
  readonly project: ChosenProject;
  /** When its first stay began. */
  readonly createdAt: number;
  /** Its stays in the project, at least one. */
  readonly spans: readonly Span[];
  readonly changes: readonly StageChange[];
  /** Undefined while it is in no section. {@link GONE} when it has left the project. */
  readonly liveStatus: string | undefined;
  /** False when the stories end elsewhere than the task is: a story is missing, or was written between two calls. */
  readonly isExplained: boolean;
}

/** Stories by instant, of one instant by their numbers (E16). */
export function inOrder(stories: readonly AsanaStory[]): readonly AsanaStory[] {
  return stories.toSorted((a, b) => a.created_at - b.created_at || sequenceOf(a.gid) - sequenceOf(b.gid));
}

/**
 * Undefined when the task never was in the project.
 *
 * @param stories in order
 * @param reconcileAt where the stories do not explain what is: says since when it is so. Undefined leaves it unexplained
 */
export function placeOf(
  task: AsanaTask,
  stories: readonly AsanaStory[],
  project: ChosenProject,
  projects: ChosenProjects,
  reconcileAt: number | undefined,
): Place | undefined {
  const walk = new Walk(task, stories, project, projects);
  const live = walk.liveStatus;
  if (!walk.wasEverIn) return undefined;
  walk.run();
  let isExplained = true;
  if (walk.status !== live && live !== undefined) {
    const completedAt = live === COMPLETED ? task.completed_at : undefined;
    const at = completedAt ?? reconcileAt;
    if (at === undefined) isExplained = false;
    else walk.settle(at, live);
  }
  return {
    project,
    createdAt: walk.createdAt,
    spans: walk.spans,
    changes: walk.changes,
    liveStatus: live,
    isExplained,
  };
}

type Step =
  | { readonly kind: "moved"; readonly to: string }
  | { readonly kind: "completed" | "reopened" | "added" | "removed" };

/** Follows the stories of one project from the first to the last. */
class Walk {
  readonly changes: StageChange[] = [];
  readonly spans: Span[] = [];
  readonly createdAt: number;
  readonly liveStatus: string | undefined;
  status: string | undefined;
  readonly #task: AsanaTask;
  readonly #steps: readonly { readonly story: AsanaStory; readonly step: Step }[];
  readonly #project: ChosenProject;
  readonly #projects: ChosenProjects;
  readonly #livePosition: string | undefined;
  readonly #isLive: boolean;
  #isIn: boolean;
  #isCompleted: boolean;
  #position: string | undefined;

  constructor(task: AsanaTask, stories: readonly AsanaStory[], project: ChosenProject, projects: ChosenProjects) {
    this.#task = task;
    this.#project = project;
    this.#projects = projects;
    const membership = task.memberships?.find((one) => one.project?.gid === project.gid);
    this.#isLive = membership !== undefined;
    this.#livePosition =
      project.stageField === undefined
        ? membership?.section?.gid
        : (task.custom_fields?.find(({ gid }) => gid === project.stageField)?.enum_value?.gid ?? EMPTY);
    this.#steps = stories.flatMap((story) => {
      const step = this.#stepOf(story);
      return step === undefined ? [] : [{ story, step }];
    });
    const first = this.#steps.find(({ step }) => step.kind === "added" || step.kind === "removed");
    this.#isIn = first?.step.kind !== "added";
    this.createdAt = first?.step.kind === "added" ? first.story.created_at : task.created_at;
    const turn = this.#steps.find(({ step }) => step.kind === "completed" || step.kind === "reopened");
    this.#isCompleted = turn === undefined ? false : turn.step.kind === "reopened";
    this.#position = this.#positionFrom(0);
    this.liveStatus = this.#statusOf(this.#isLive, task.completed, this.#livePosition);
  }

  get wasEverIn(): boolean {
    return this.#isLive || this.#steps.some(({ step }) => step.kind !== "completed" && step.kind !== "reopened");
  }

  run(): void {
    if (this.#isIn) this.#enter(this.createdAt);
    this.#steps.forEach(({ story, step }, place) => {
      this.#take(step, place);
      this.#follow(story.created_at, sequenceOf(story.gid));
    });
  }

  /** The task is elsewhere than its stories say. @param at since when; never before its last change */
  settle(at: number, live: string): void {
    this.#isIn = live !== GONE;
    const last = this.changes.at(-1)?.at ?? this.createdAt;
    this.#change(Math.max(at, last + 1), 0, live);
  }

  #stepOf(story: AsanaStory): Step | undefined {
    const { gid, stageField } = this.#project;
    switch (story.resource_subtype) {
      case "section_changed": {
        const to = story.new_section?.gid;
        if (to === undefined || stageField !== undefined) return undefined;
        return this.#isHere(story) ? { kind: "moved", to } : undefined;
      }
      case "enum_custom_field_changed":
        if (stageField === undefined || story.custom_field?.gid !== stageField) return undefined;
        return { kind: "moved", to: story.new_enum_value?.gid ?? EMPTY };
      case "added_to_project":
        return story.project?.gid === gid ? { kind: "added" } : undefined;
      case "removed_from_project":
        return story.project?.gid === gid ? { kind: "removed" } : undefined;
      case "marked_complete":
        return { kind: "completed" };
      case "marked_incomplete":
        return { kind: "reopened" };
      default:
        return undefined;
    }
  }

  /** Of a section that is gone nobody says whose it was: then it is that of the only project that the task is in. */
  #isHere({ project, new_section, old_section }: AsanaStory): boolean {
    const told =
      this.#projects.projectOfSection(new_section?.gid ?? "") ??
      this.#projects.projectOfSection(old_section?.gid ?? "") ??
      project?.gid;
    if (told !== undefined) return told === this.#project.gid;
    const live = this.#task.memberships?.map((one) => one.project?.gid) ?? [];
    return live.length === 1 && live[0] === this.#project.gid;
  }

  /** Where the task is before the step: the next move says what it leaves; without one it is where it is now. */
  #positionFrom(place: number): string | undefined {
    const next = this.#steps.slice(place).find(({ step }) => step.kind === "moved")?.story;
    if (next === undefined) return this.#livePosition;
    return this.#project.stageField === undefined ? next.old_section?.gid : (next.old_enum_value?.gid ?? EMPTY);
  }

  #take(step: Step, place: number): void {
    switch (step.kind) {
      case "moved":
        this.#position = step.to;
        break;
      case "completed":
        this.#isCompleted = true;
        break;
      case "reopened":
        this.#isCompleted = false;
        break;
      case "added":
        if (!this.#isIn) this.#position = this.#positionFrom(place + 1) ?? this.#position;
        this.#isIn = true;
        break;
      case "removed":
        this.#isIn = false;
        break;
    }
  }

  #follow(at: number, sequence: number): void {
    const status = this.#statusOf(this.#isIn, this.#isCompleted, this.#position);
    if (status === this.status || status === undefined) return;
    if (this.spans.length === 0) {
      // It may have been completed before it came: that is no change of this project.
      if (this.#isIn) this.#enter(at);
      return;
    }
    this.#change(at, sequence, status);
  }

  #enter(at: number): void {
    this.spans.push({ from: at, to: undefined });
    this.status = this.#statusOf(true, this.#isCompleted, this.#position);
  }

  #change(at: number, sequence: number, to: string): void {
    this.changes.push({ at, sequence, index: 0, from: this.status, to });
    const span = this.spans.at(-1);
    if (to === GONE && span !== undefined) this.spans[this.spans.length - 1] = { ...span, to: at };
    if (this.status === GONE) this.spans.push({ from: at, to: undefined });
    this.status = to;
  }

  #statusOf(isIn: boolean, isCompleted: boolean, position: string | undefined): string | undefined {
    if (!isIn) return GONE;
    if (isCompleted) return COMPLETED;
    if (position === undefined) return undefined;
    return position === EMPTY ? emptyFieldStatus(this.#project.stageField ?? "") : statusIdOf(position);
  }
}

const EMPTY = "";
