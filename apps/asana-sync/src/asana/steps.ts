/**
 * What the stories of a task tell of its stay in one project, step by step. Pure.
 *
 * Stories are read by their kind, never by their text, in the order of instant and number.
 */
import type { ChosenProject, ChosenProjects } from "./chosen-projects.ts";
import { emptyFieldStatus, sequenceOf, statusIdOf, UNTOLD } from "./ledger-ids.ts";
import type { AsanaStory, AsanaTask } from "./schemas.ts";

export type Step = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly sequence: number;
} & (
  | {
      readonly kind: "moved";
      /** The status that it left; undefined when the story does not say. */
      readonly from: string | undefined;
      readonly to: string;
    }
  | { readonly kind: "completed" | "reopened" | "added" | "removed" }
);

/** Stories by instant, of one instant by their numbers (E16). */
export function inOrder(stories: readonly AsanaStory[]): readonly AsanaStory[] {
  return stories.toSorted((a, b) => a.created_at - b.created_at || sequenceOf(a.gid) - sequenceOf(b.gid));
}

/** @param stories in order */
export function stepsOf(
  task: AsanaTask,
  stories: readonly AsanaStory[],
  project: ChosenProject,
  projects: ChosenProjects,
): readonly Step[] {
  const steps = stories.flatMap((story) => stepOf(story, task, stories, project, projects) ?? []);
  const lastTurn = steps.findLast(({ kind }) => kind === "completed" || kind === "reopened");
  const { completed, completed_at: at } = task;
  // A task can come completed: copied, imported, or its story is missing. The task itself says when.
  if (!completed || at === undefined || at === null || lastTurn?.kind === "completed") return steps;
  const completion: Step = { at, sequence: 0, kind: "completed" };
  return [...steps.filter((step) => step.at < at), completion, ...steps.filter((step) => step.at >= at)];
}

function stepOf(
  story: AsanaStory,
  task: AsanaTask,
  stories: readonly AsanaStory[],
  { gid: project, stageField }: ChosenProject,
  projects: ChosenProjects,
): Step | undefined {
  const when = { at: story.created_at, sequence: sequenceOf(story.gid) };
  switch (story.resource_subtype) {
    case "section_changed": {
      if (stageField !== undefined || projectOfMove(story, task, stories, projects) !== project) return undefined;
      const { old_section: from, new_section: to } = story;
      return {
        ...when,
        kind: "moved",
        from: from ? statusIdOf(from.gid) : undefined,
        to: to ? statusIdOf(to.gid) : UNTOLD,
      };
    }
    case "enum_custom_field_changed": {
      if (stageField === undefined || story.custom_field?.gid !== stageField) return undefined;
      const statusOf = (option: AsanaStory["new_enum_value"]): string =>
        option ? statusIdOf(option.gid) : emptyFieldStatus(stageField);
      return { ...when, kind: "moved", from: statusOf(story.old_enum_value), to: statusOf(story.new_enum_value) };
    }
    case "added_to_project":
      return story.project?.gid === project ? { ...when, kind: "added" } : undefined;
    case "removed_from_project":
      return story.project?.gid === project ? { ...when, kind: "removed" } : undefined;
    case "marked_complete":
      return { ...when, kind: "completed" };
    case "marked_incomplete":
      return { ...when, kind: "reopened" };
    default:
      return undefined;
  }
}

/**
 * A move names sections and no project. Of a section that is gone, or of a project that was not chosen, nobody says whose it
 * was: then it is that of the only project that the task was in. Undefined when that cannot be told.
 */
function projectOfMove(
  story: AsanaStory,
  task: AsanaTask,
  stories: readonly AsanaStory[],
  projects: ChosenProjects,
): string | undefined {
  const told =
    projects.projectOfSection(story.new_section?.gid ?? "") ??
    projects.projectOfSection(story.old_section?.gid ?? "") ??
    story.project?.gid;
  if (told !== undefined) return told;
  const [only, ...others] = projectsAt(story, task, stories);
  return others.length === 0 ? only : undefined;
}

/** All projects, chosen or not, that the task was in when the story was written. */
function projectsAt(story: AsanaStory, task: AsanaTask, stories: readonly AsanaStory[]): readonly string[] {
  const live = new Set(task.memberships?.flatMap(({ project }) => project?.gid ?? []));
  const ways = stories.filter(({ resource_subtype: kind }) => WAYS.has(kind ?? ""));
  const place = stories.indexOf(story);
  const all = new Set([...live, ...ways.flatMap(({ project }) => project?.gid ?? [])]);
  return [...all].filter((gid) => {
    const own = ways.filter(({ project }) => project?.gid === gid);
    const before = own.findLast((way) => stories.indexOf(way) < place);
    if (before !== undefined) return before.resource_subtype === "added_to_project";
    const [next] = own;
    return next === undefined ? live.has(gid) : next.resource_subtype === "removed_from_project";
  });
}

const WAYS: ReadonlySet<string> = new Set(["added_to_project", "removed_from_project"]);
