/**
 * What the ledger has to say of a simulated week, from the deeds alone: which project each entry belongs to (E9), where each
 * task was when (E8, E13), and which stage the minutes are of (E19). It shares no code with the product.
 */
import type { Entry } from "../../simulators/asana/records.ts";
import type { World } from "../../simulators/asana/world.ts";
import { stagesOf } from "../stages.ts";
import { GONE, type Stay, type TrueEntry, type TrueItem, type TrueLedger } from "../true-ledger.ts";
import { trueStage } from "../true-stage.ts";
import type { Board, Boards } from "./boards.ts";
import type { Team } from "./team.ts";

const ACTIVITIES = ["build", "review", "test", "meeting", "support", "learning", "other"];

/** @param entryIdOf the ledger's id of an entry */
export function trueAsanaLedger(
  world: World,
  boards: Boards,
  team: Team,
  entryIdOf: (gid: string) => string,
): TrueLedger {
  const items = new Map<string, TrueItem>();
  for (const { gid, deletedAt, memberships } of world.tasks.values()) {
    const isChosen = memberships.some(({ project }) => boards.chosen.some((board) => board.gid === project));
    const end = deletedAt !== undefined ? "deleted" : isChosen ? "here" : "out";
    const wasAway = team.hidden.has(gid) || [...team.deletions].some((deletion) => deletion.startsWith(`${gid} `));
    for (const board of boards.chosen) {
      const stays = staysOf(world, team, gid, board);
      if (stays.length > 0) items.set(itemIdOf(gid, board), { stays, wasAway, untold: new Set(), end });
    }
  }
  const entries = new Map<string, TrueEntry>();
  for (const entry of world.entries.values()) entries.set(entryIdOf(entry.gid), trueEntry(world, boards, items, entry));
  return { entries, items };
}

function itemIdOf(task: string, { gid }: Pick<Board, "gid">): string {
  return `asana:${task}:${gid}`;
}

/** Replays what happened to one task in one project. */
function staysOf(world: World, team: Team, task: string, { gid, field }: Board): readonly Stay[] {
  const ofTask = (one: { readonly task: string }): boolean => one.task === task;
  const record: readonly { readonly at: number; readonly news: Partial<Situation> }[] = [
    ...world.placements
      .filter((one) => ofTask(one) && one.project === gid && !team.deletions.has(`${task} ${one.at}`))
      .map(({ at, section }) => ({ at, news: { section } })),
    ...team.turns.filter(ofTask).map(({ at, isCompleted }) => ({ at, news: { isCompleted } })),
    ...team.choices
      .filter((one) => ofTask(one) && one.field === field?.gid)
      .map(({ at, option }) => ({ at, news: { option } })),
  ];
  const situation: Situation = { section: undefined, isCompleted: false, option: undefined };
  const stays: Stay[] = [];
  for (const { at, news } of record.toSorted((a, b) => a.at - b.at)) {
    const { section, isCompleted, option } = Object.assign(situation, news);
    const column = field === undefined ? section : (option ?? `${field.gid}.empty`);
    const status = section === undefined ? GONE : `asana:${isCompleted ? "completed" : column}`;
    const before = stays.at(-1)?.[0];
    if (status === before || (before === undefined && status === GONE)) continue;
    stays.push([status, at]);
  }
  return stays;
}

interface Situation {
  /** Undefined where it is not in the project. */
  section: string | undefined;
  isCompleted: boolean;
  option: string | undefined;
}

function trueEntry(world: World, boards: Boards, items: ReadonlyMap<string, TrueItem>, entry: Entry): TrueEntry {
  const home = homeOf(world, boards, entry);
  // Hours of a project that the task is in no more than by name are booked where the task is an item.
  const own = boards.chosen.filter(({ gid }) => items.has(itemIdOf(entry.task, { gid })));
  const carriers = own.length > 0 ? own : boardsAbove(world, boards, entry.task);
  const carrier = carriers.find(({ gid }) => gid === home?.gid) ?? carriers[0];
  const stays = carrier === undefined ? [] : bookedOn(world, boards, items, entry.task, carrier);
  const category = world.categories.get(entry.category ?? "")?.name.toLowerCase() ?? "";
  return {
    name: `asana ${entry.gid}`,
    project: home?.project ?? "Unassigned",
    stage: trueStage(entry.enteredOn, stays, stagesOf([boards.statuses])),
    date: entry.enteredOn,
    minutes: entry.minutes,
    activity: ACTIVITIES.includes(category) ? category : "other",
    by: entry.by,
  };
}

/** E9. */
function homeOf(world: World, boards: Boards, { project, task, createdAt }: Entry): Board | undefined {
  const named = boards.chosen.find(({ gid }) => gid === project);
  if (named !== undefined) return named;
  const wasIn = (gid: string, at: number): boolean =>
    world.placements.findLast((one) => one.task === task && one.project === gid && one.at <= at)?.section !== undefined;
  const own = boards.chosen.filter(({ gid }) => wasIn(gid, createdAt));
  return onlyOne(own) ?? onlyOne(boardsAbove(world, boards, task));
}

function boardsAbove(world: World, boards: Boards, task: string): readonly Board[] {
  const parent = world.tasks.get(world.tasks.get(task)?.parent ?? "");
  if (parent === undefined) return [];
  const own = boards.chosen.filter(({ gid }) => parent.memberships.some(({ project }) => project === gid));
  return own.length > 0 ? own : boardsAbove(world, boards, parent.gid);
}

/** The first stands for all that are the same project of the ledger; none does for several. */
function onlyOne(candidates: readonly Board[]): Board | undefined {
  const projects = new Set(candidates.map(({ project }) => project));
  return projects.size === 1 ? candidates.toSorted((a, b) => a.gid.localeCompare(b.gid))[0] : undefined;
}

/** The stays by which hours of a task in a project are booked: those of the card that stands for it. */
function bookedOn(
  world: World,
  boards: Boards,
  items: ReadonlyMap<string, TrueItem>,
  task: string,
  { gid, project }: Board,
): readonly Stay[] {
  const cards = boards.chosen.filter((board) => items.has(itemIdOf(task, board)));
  if (cards.length === 0) {
    const parent = world.tasks.get(task)?.parent;
    return parent === undefined ? [] : bookedOn(world, boards, items, parent, { gid, project, field: undefined });
  }
  if (!cards.some((card) => card.gid === gid)) return [];
  const memberships = world.tasks.get(task)?.memberships ?? [];
  const isHere = (board: Board): boolean => memberships.some((one) => one.project === board.gid);
  const same = cards.filter((card) => card.project === project);
  const standing = same.find(isHere) ?? same[0];
  return standing === undefined ? [] : (items.get(itemIdOf(task, standing))?.stays ?? []);
}
