/**
 * A task's stay in one project, told from its stories: when it was in it, and in which stage. Pure.
 *
 * A completed task is in {@link COMPLETED} whichever section it lies in.
 */
import { GONE, type StageChange } from "@stageledger/core";
import type { ChosenProject, ChosenProjects } from "./chosen-projects.ts";
import { COMPLETED, emptyFieldStatus, statusIdOf, UNTOLD } from "./ledger-ids.ts";
import type { AsanaStory, AsanaTask } from "./schemas.ts";
import { type Step, stepsOf } from "./steps.ts";

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
  /** Nothing says where it was before the first change: it is taken for where it is now. */
  readonly isBeginGuessed: boolean;
  /** Where its stories end. */
  readonly toldStatus: string;
  /** Where it is: {@link GONE} when it has left the project, undefined when Asana shows no section. */
  readonly liveStatus: string | undefined;
}

/**
 * Undefined when the task never was in the project.
 *
 * @param stories in order
 */
export function placeOf(
  task: AsanaTask,
  stories: readonly AsanaStory[],
  project: ChosenProject,
  projects: ChosenProjects,
): Place | undefined {
  const steps = stepsOf(task, stories, project, projects);
  const membership = task.memberships?.find((one) => one.project?.gid === project.gid);
  const isBySections = project.stageField === undefined;
  if (membership === undefined && !steps.some(({ kind }) => tellsOfProject(kind, isBySections))) return undefined;
  const live = livePosition(task, project);
  const walk = new Walk(task, steps, live, isBySections);
  return {
    project,
    createdAt: walk.createdAt,
    spans: walk.spans,
    changes: walk.changes,
    isBeginGuessed: walk.isBeginGuessed,
    toldStatus: walk.status,
    liveStatus: membership === undefined ? GONE : task.completed ? COMPLETED : live,
  };
}

/** A section is of one project, a field of all that show it: its changes do not tell which of them the task is in. */
function tellsOfProject(kind: Step["kind"], isBySections: boolean): boolean {
  return kind === "added" || kind === "removed" || (kind === "moved" && isBySections);
}

/** Where it lies or which option it has now, whether completed or not; undefined when Asana does not show it. */
function livePosition(task: AsanaTask, { gid: project, stageField }: ChosenProject): string | undefined {
  if (stageField === undefined) {
    const section = task.memberships?.find((one) => one.project?.gid === project)?.section;
    return section ? statusIdOf(section.gid) : undefined;
  }
  const field = task.custom_fields?.find(({ gid }) => gid === stageField);
  if (field === undefined) return undefined;
  return field.enum_value ? statusIdOf(field.enum_value.gid) : emptyFieldStatus(stageField);
}

/**
 * Where a task came to or was re-opened can be guessed in one look and told in the next: then both are recorded. Of one story the
 * guess stands first.
 */
const GUESS = 0;
export const TOLD = 1;

interface Position {
  readonly status: string;
  readonly isTold: boolean;
}

/** Follows the steps from the first to the last. */
class Walk {
  readonly changes: StageChange[] = [];
  readonly spans: Span[] = [];
  readonly createdAt: number;
  isBeginGuessed = false;
  status: string = GONE;
  readonly #steps: readonly Step[];
  readonly #live: string | undefined;
  readonly #isBySections: boolean;
  #isIn: boolean;
  #isCompleted: boolean;
  #position: Position;

  /** @param isBySections false where a field says the stage: it stays with a task that leaves the project */
  constructor(task: AsanaTask, steps: readonly Step[], live: string | undefined, isBySections: boolean) {
    this.#steps = steps;
    this.#live = live;
    this.#isBySections = isBySections;
    const first = steps.find(({ kind }) => tellsOfProject(kind, isBySections));
    this.#isIn = first?.kind !== "added";
    this.createdAt = first?.kind === "added" ? first.at : task.created_at;
    const turn = steps.find(({ kind }) => kind === "completed" || kind === "reopened");
    this.#isCompleted = turn?.kind === "reopened";
    this.#position = this.#positionBefore(0);
    if (this.#isIn) this.#begin(this.createdAt);
    steps.forEach((step, place) => {
      this.#take(step, place);
      this.#follow(step);
    });
  }

  /** Where the task is before the step: the next move says what it leaves; without one it is where it is now. */
  #positionBefore(place: number): Position {
    for (const step of this.#steps.slice(place)) {
      if (step.kind === "moved") return { status: step.from ?? UNTOLD, isTold: step.from !== undefined };
      if (step.kind === "removed" && this.#isBySections) return { status: UNTOLD, isTold: false };
    }
    return { status: this.#live ?? UNTOLD, isTold: false };
  }

  #take(step: Step, place: number): void {
    switch (step.kind) {
      case "moved":
        this.#position = { status: step.to, isTold: true };
        if (this.#isBySections) this.#isIn = true;
        break;
      case "completed":
        this.#isCompleted = true;
        break;
      case "reopened":
        this.#isCompleted = false;
        break;
      case "added":
        if (!this.#isIn) this.#position = this.#positionBefore(place + 1);
        this.#isIn = true;
        break;
      case "removed":
        this.#isIn = false;
        break;
    }
  }

  #follow({ at, sequence }: Step): void {
    const to = this.#isIn ? this.#statusWithin() : GONE;
    if (to === this.status) return;
    const from = this.status;
    const isFirst = this.spans.length === 0;
    if (isFirst) this.#begin(at);
    else if (from === GONE) this.spans.push({ from: at, to: undefined });
    if (to === GONE) this.spans.push({ from: this.spans.pop()?.from ?? at, to: at });
    this.status = to;
    // Where it came to first is recorded once it is told.
    if (isFirst && this.isBeginGuessed) return;
    const isGuess = to !== GONE && !this.#isTold();
    this.changes.push({ at, sequence, index: isGuess ? GUESS : TOLD, from, to });
  }

  #begin(at: number): void {
    this.spans.push({ from: at, to: undefined });
    this.status = this.#statusWithin();
    this.isBeginGuessed = !this.#isTold();
  }

  #isTold(): boolean {
    return this.#isCompleted || this.#position.isTold;
  }

  #statusWithin(): string {
    return this.#isCompleted ? COMPLETED : this.#position.status;
  }
}
