/** From what Asana shows of one task to neutral facts: items, statuses, entries. Pure; names of people never get here. */
import { GONE, type ItemPart } from "@stageledger/core";
import type { SeenItem, StatusSighting } from "@stageledger/db";
import type { ChosenProject, ChosenProjects } from "./chosen-projects.ts";
import { COMPLETED, itemIdOf, SUBTASK, sequenceOf, statusIdOf } from "./ledger-ids.ts";
import { inOrder, type Place, placeOf } from "./place.ts";
import type { AsanaStory, AsanaTask } from "./schemas.ts";

export interface TaskTruth {
  readonly task: AsanaTask;
  readonly stories: readonly AsanaStory[];
  /** The tasks above it, the nearest first, up to the first that is in a chosen project. */
  readonly above: readonly AsanaTask[];
  /** What was recorded of it before. */
  readonly seen: SeenItem | undefined;
  /** The read clock's instant at which this look began. */
  readonly readAt: number;
}

export interface TaskFacts {
  readonly items: readonly ItemPart[];
  readonly statuses: readonly StatusSighting[];
  readonly places: readonly Place[];
  /** Of the nearest task above it, for one that is in no chosen project itself. */
  readonly projectsAbove: readonly ChosenProject[];
  /** False when it should be looked at once more: its stories and its place do not agree. */
  readonly isExplained: boolean;
}

/** @param isLastLook what the stories do not explain is then recorded as it is, from this look on */
export function taskFacts(truth: TaskTruth, projects: ChosenProjects, isLastLook: boolean): TaskFacts {
  const { task, above, seen, readAt } = truth;
  const stories = inOrder(truth.stories);
  const reconcileAt = isLastLook ? readAt : undefined;
  const places = [...projects.byGid.values()]
    .map((project) => placeOf(task, stories, project, projects, reconcileAt))
    .filter((place) => place !== undefined);
  const projectsAbove = places.length > 0 ? [] : chosenOf(above.at(-1), projects);
  const known = new Set([...places.map(({ project }) => project.gid), ...projectsAbove.map(({ gid }) => gid)]);
  const left = seen?.sourceProjects.filter((gid) => !known.has(gid) && projects.byGid.has(gid)) ?? [];
  return {
    items: [
      ...cardsOf(places).map((card) => itemOf(task, card, returnOf(card.place, seen, readAt), readAt)),
      ...projectsAbove.map((project) => subtaskOf(task, above.at(-1)?.gid ?? "", project, stories, readAt)),
      ...left.map((project) => goneFrom(task.gid, project, readAt)),
    ],
    statuses: places.length === 0 ? [] : sightings(task, stories, projects, readAt),
    places,
    projectsAbove,
    isExplained: places.every(({ isExplained }) => isExplained),
  };
}

/** What is recorded of a task that is gone from Asana (E13): its stays end. @param at epoch milliseconds */
export function goneItems({ sourceItem, sourceProjects }: SeenItem, at: number): readonly ItemPart[] {
  return sourceProjects.map((project) => goneFrom(sourceItem, project, at));
}

function goneFrom(task: string, project: string, at: number): ItemPart {
  return {
    id: itemIdOf(task, project),
    createdAt: at,
    changes: [{ at, sequence: 0, index: 0, from: undefined, to: GONE }],
    blocks: [],
    otherActivity: [],
    hasHistory: true,
    isTruncated: false,
    snapshot: undefined,
  };
}

export function chosenOf(task: AsanaTask | undefined, projects: ChosenProjects): readonly ChosenProject[] {
  return (task?.memberships ?? []).flatMap(({ project }) => projects.byGid.get(project?.gid ?? "") ?? []);
}

/** A place and how it counts beside the task's others. */
interface Card {
  readonly place: Place;
  /** A place in the same project of the ledger that stands for both (E9). */
  readonly partOf: Place | undefined;
  readonly isRepeated: boolean;
}

/**
 * A task counts once in each project of the ledger and once in totals (E8): there it is the first place that it is in now, by
 * the project's id.
 */
function cardsOf(places: readonly Place[]): readonly Card[] {
  const inOrderOfStanding = [...places.filter(isLive), ...places.filter((place) => !isLive(place))];
  const [first] = inOrderOfStanding;
  return inOrderOfStanding.map((place, at) => {
    const partOf = inOrderOfStanding.slice(0, at).find(({ project }) => project.project === place.project.project);
    return { place, partOf, isRepeated: place !== first && partOf === undefined };
  });
}

function isLive({ liveStatus }: Place): boolean {
  return liveStatus !== GONE;
}

function itemOf(
  task: AsanaTask,
  { place, partOf, isRepeated }: Card,
  returned: ItemPart["changes"],
  readAt: number,
): ItemPart {
  const { project, createdAt, changes, liveStatus } = place;
  return {
    id: itemIdOf(task.gid, project.gid),
    createdAt,
    changes: [...changes, ...returned],
    blocks: [],
    otherActivity: [],
    hasHistory: true,
    isTruncated: false,
    snapshot: {
      updatedAt: readAt,
      key: task.gid,
      project: project.project,
      currentStatus: liveStatus,
      resolution: undefined,
      isSubtask: partOf !== undefined,
      parentId: partOf === undefined ? undefined : itemIdOf(task.gid, partOf.project.gid),
      isRepeated,
    },
  };
}

/** It was gone and is back, which no story tells (E13: an item that reappears is resurrected). */
function returnOf({ changes, liveStatus }: Place, seen: SeenItem | undefined, readAt: number): ItemPart["changes"] {
  const goneAt = seen?.goneAt;
  if (goneAt === undefined || liveStatus === undefined || liveStatus === GONE) return [];
  if (changes.some(({ at, to }) => at > goneAt && to === liveStatus)) return [];
  return [{ at: Math.max(readAt, goneAt + 1), sequence: 0, index: 0, from: GONE, to: liveStatus }];
}

/** Its hours roll up to the task above it (E10), and ticking it off or re-opening it moves that task's stall clock. */
function subtaskOf(
  task: AsanaTask,
  parent: string,
  project: ChosenProject,
  stories: readonly AsanaStory[],
  readAt: number,
): ItemPart {
  const turns = stories.filter(
    ({ resource_subtype: kind }) => kind === "marked_complete" || kind === "marked_incomplete",
  );
  return {
    id: itemIdOf(task.gid, project.gid),
    createdAt: task.created_at,
    changes: turns.map(({ gid, created_at, resource_subtype }) => ({
      at: created_at,
      sequence: sequenceOf(gid),
      index: 0,
      from: resource_subtype === "marked_complete" ? SUBTASK : COMPLETED,
      to: resource_subtype === "marked_complete" ? COMPLETED : SUBTASK,
    })),
    blocks: [],
    otherActivity: [],
    hasHistory: true,
    isTruncated: false,
    snapshot: {
      updatedAt: readAt,
      key: task.gid,
      project: project.project,
      currentStatus: task.completed ? COMPLETED : SUBTASK,
      resolution: undefined,
      isSubtask: true,
      parentId: itemIdOf(parent, project.gid),
    },
  };
}

/** Names that sections and options had, so that one that is gone still has a name (E6, E7). */
function sightings(
  task: AsanaTask,
  stories: readonly AsanaStory[],
  projects: ChosenProjects,
  readAt: number,
): readonly StatusSighting[] {
  const fields = new Set([...projects.byGid.values()].map(({ stageField }) => stageField));
  const inHistory = stories.flatMap((story): StatusSighting[] => {
    const isField = fields.has(story.custom_field?.gid);
    const named =
      story.resource_subtype === "section_changed"
        ? [story.old_section, story.new_section]
        : isField && story.resource_subtype === "enum_custom_field_changed"
          ? [story.old_enum_value, story.new_enum_value]
          : [];
    return named.flatMap((place) =>
      place === undefined || place === null
        ? []
        : [
            {
              statusId: statusIdOf(place.gid),
              origin: "history" as const,
              name: place.name,
              category: undefined,
              lastSeenAt: story.created_at,
            },
          ],
    );
  });
  const now = (task.memberships ?? []).flatMap(({ project, section }): StatusSighting[] =>
    section === undefined || section === null || !projects.byGid.has(project?.gid ?? "")
      ? []
      : [
          {
            statusId: statusIdOf(section.gid),
            origin: "history",
            name: section.name,
            category: undefined,
            lastSeenAt: readAt,
          },
        ],
  );
  return [...inHistory, ...now];
}
