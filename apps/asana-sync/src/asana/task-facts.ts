/** From what Asana shows of one task to neutral facts: items, statuses, places. Pure; names of people never get here. */
import { GONE, type ItemPart } from "@stageledger/core";
import type { SeenItem, StatusSighting } from "@stageledger/db";
import type { ChosenProject, ChosenProjects } from "./chosen-projects.ts";
import { COMPLETED, itemIdOf, SUBTASK, sequenceOf, statusIdOf, UNTOLD } from "./ledger-ids.ts";
import { type Place, placeOf } from "./place.ts";
import type { AsanaStory, AsanaTask, Named } from "./schemas.ts";
import type { FoundItem } from "./settle.ts";
import { inOrder } from "./steps.ts";

export interface TaskTruth {
  readonly task: AsanaTask;
  readonly stories: readonly AsanaStory[];
  /** The tasks above it, the nearest first, up to the first that is in a chosen project; undefined when one cannot be read. */
  readonly above: readonly AsanaTask[] | undefined;
  /** What was recorded of it before. */
  readonly seen: SeenItem | undefined;
  /** The read clock's instant at which this look began. */
  readonly readAt: number;
}

export interface TaskFacts {
  readonly items: readonly FoundItem[];
  readonly statuses: readonly StatusSighting[];
  /** In order of the projects' ids. */
  readonly places: readonly Place[];
  /** Of the nearest task above it that is in one. */
  readonly projectsAbove: readonly ChosenProject[];
  /** False when it should be looked at once more: its stories and its place do not agree. */
  readonly isExplained: boolean;
  /** False when a task above it could not be read: it is looked at again, until that is open. */
  readonly isWhole: boolean;
}

export function taskFacts({ task, stories, above, seen, readAt }: TaskTruth, projects: ChosenProjects): TaskFacts {
  const chosen = [...projects.byGid.values()].sort(byId);
  const ordered = inOrder(stories);
  const places = chosen
    .map((project) => placeOf(task, ordered, project, projects))
    .filter((place) => place !== undefined);
  const projectsAbove =
    above === undefined
      ? chosen.filter(({ gid }) => seen?.sourceProjects.includes(gid))
      : chosenOf(above.at(-1), projects);
  const parent = places.some(isLive) ? undefined : above?.at(-1);
  const known = new Set([...places.map(({ project }) => project.gid), ...projectsAbove.map(({ gid }) => gid)]);
  const left = chosen.filter(({ gid }) => seen?.sourceProjects.includes(gid) && !known.has(gid));
  return {
    items: [
      ...cardsOf(places).map((card) => cardItem(task, card, readAt)),
      ...(parent === undefined ? [] : projectsAbove)
        .filter((project) => !places.some((place) => place.project === project))
        .map((project) => subtaskItem(task, parent?.gid ?? "", project, ordered, readAt)),
      ...left.map(({ gid }) => goneItem(task.gid, gid, readAt)),
    ],
    statuses: sightings(task, ordered, places, readAt),
    places,
    projectsAbove,
    isWhole: above !== undefined,
    isExplained: places.every(({ toldStatus, liveStatus }) => liveStatus === undefined || liveStatus === toldStatus),
  };
}

/** What is recorded of a task that is gone from Asana (E13): its stays end. @param at epoch milliseconds */
export function goneItems({ sourceItem, sourceProjects }: SeenItem, at: number): readonly FoundItem[] {
  return sourceProjects.map((project) => goneItem(sourceItem, project, at));
}

function goneItem(task: string, project: string, at: number): FoundItem {
  return {
    part: itemPart(itemIdOf(task, project), at, [], undefined),
    isBeginGuessed: false,
    toldStatus: undefined,
    liveStatus: GONE,
  };
}

/** In order of their ids. */
export function chosenOf(task: AsanaTask | undefined, projects: ChosenProjects): readonly ChosenProject[] {
  return (task?.memberships ?? []).flatMap(({ project }) => projects.byGid.get(project?.gid ?? "") ?? []).sort(byId);
}

function byId(a: ChosenProject, b: ChosenProject): number {
  return a.gid < b.gid ? -1 : 1;
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

export function isLive({ liveStatus }: Place): boolean {
  return liveStatus !== GONE;
}

function cardItem(task: AsanaTask, { place, partOf: whole, isRepeated }: Card, readAt: number): FoundItem {
  const { project, createdAt, changes, isBeginGuessed, toldStatus, liveStatus } = place;
  const snapshot = {
    updatedAt: readAt,
    key: task.gid,
    project: project.project,
    currentStatus: liveStatus ?? toldStatus,
    resolution: undefined,
    isSubtask: whole !== undefined,
    parentId: whole === undefined ? undefined : itemIdOf(task.gid, whole.project.gid),
    isRepeated,
  };
  const id = itemIdOf(task.gid, project.gid);
  return { part: itemPart(id, createdAt, changes, snapshot), isBeginGuessed, toldStatus, liveStatus };
}

/** Its hours roll up to the task above it (E10), and ticking it off or re-opening it moves that task's stall clock. */
function subtaskItem(
  task: AsanaTask,
  parent: string,
  project: ChosenProject,
  stories: readonly AsanaStory[],
  readAt: number,
): FoundItem {
  const changes = stories.flatMap(({ gid, created_at: at, resource_subtype: kind }): ItemPart["changes"] => {
    const when = { at, sequence: sequenceOf(gid), index: 0 };
    if (kind === "marked_complete") return [{ ...when, from: SUBTASK, to: COMPLETED }];
    return kind === "marked_incomplete" ? [{ ...when, from: COMPLETED, to: SUBTASK }] : [];
  });
  const liveStatus = task.completed ? COMPLETED : SUBTASK;
  const snapshot = {
    updatedAt: readAt,
    key: task.gid,
    project: project.project,
    currentStatus: liveStatus,
    resolution: undefined,
    isSubtask: true,
    parentId: itemIdOf(parent, project.gid),
  };
  return {
    part: itemPart(itemIdOf(task.gid, project.gid), task.created_at, changes, snapshot),
    isBeginGuessed: false,
    toldStatus: changes.at(-1)?.to ?? liveStatus,
    liveStatus,
  };
}

function itemPart(
  id: string,
  createdAt: number,
  changes: ItemPart["changes"],
  snapshot: ItemPart["snapshot"],
): ItemPart {
  return { id, createdAt, changes, blocks: [], otherActivity: [], hasHistory: true, isTruncated: false, snapshot };
}

/** Names that the statuses of its places had, so that one that is gone still has a name (E6, E7). */
function sightings(
  task: AsanaTask,
  stories: readonly AsanaStory[],
  places: readonly Place[],
  readAt: number,
): readonly StatusSighting[] {
  const used = new Set(
    places.flatMap(({ changes, toldStatus, liveStatus }) => [
      ...changes.flatMap(({ from, to }) => [from, to]),
      toldStatus,
      liveStatus,
    ]),
  );
  const named: readonly (readonly [Named | null | undefined, number])[] = [
    ...stories.flatMap((story) =>
      [story.old_section, story.new_section, story.old_enum_value, story.new_enum_value].map(
        (place) => [place, story.created_at] as const,
      ),
    ),
    ...(task.memberships ?? []).map(({ section }) => [section, readAt] as const),
    [{ gid: UNTOLD.slice(statusIdOf("").length), name: "Unknown section" }, readAt],
  ];
  return named.flatMap(([place, lastSeenAt]) => {
    if (!place || !used.has(statusIdOf(place.gid))) return [];
    const statusId = statusIdOf(place.gid);
    return [{ statusId, origin: "history" as const, name: place.name, category: undefined, lastSeenAt }];
  });
}
