/**
 * What the ledger has to say of a simulated week in Jira, from the deeds alone: which project each worklog belongs to (E14), where
 * each issue was when (E13), and which stage the minutes are of (E10, E19). It shares no code with the product.
 */
import type { Issue, Worklog } from "../../simulators/jira/records.ts";
import { trueProjectAt } from "../../simulators/jira/truth.ts";
import type { World } from "../../simulators/jira/world.ts";
import { stagesOf } from "../stages.ts";
import { GONE, type Stay, type TrueEntry, type TrueItem, type TrueLedger } from "../true-ledger.ts";
import { trueStage } from "../true-stage.ts";
import type { PanelEntry } from "./panel.ts";
import type { SitePlan } from "./site-plan.ts";
import { dayOf } from "./team.ts";

export interface JiraDeeds {
  readonly world: World;
  readonly plan: SitePlan;
  /** Worklogs that went with their issues. */
  readonly buried: readonly Worklog[];
  /** Projects that were closed to the app for a while: what is in them can look deleted until they are open again. */
  readonly closed: ReadonlySet<string>;
  /** What people were told of what they logged at the panel. */
  readonly panelEntries: readonly PanelEntry[];
}

/** @param entryIdOf the ledger's id of a worklog's entry */
export function trueJiraLedger(deeds: JiraDeeds, entryIdOf: (worklog: string) => string): TrueLedger {
  const { world, plan, buried, closed, panelEntries } = deeds;
  const items = new Map<string, TrueItem>();
  for (const issue of world.issues.values()) {
    const item = trueItem(world, plan, closed, issue);
    if (item !== undefined) items.set(itemIdOf(issue.id), item);
  }
  const entries = new Map<string, TrueEntry>();
  for (const worklog of [...world.worklogs.values(), ...buried]) {
    const project = ledgerProject(plan, trueProjectAt(world, worklog.issue, worklog.startedAt));
    if (project === undefined || worklog.properties.has("stageledger.entry")) continue;
    const date = dayOf(worklog.startedAt);
    entries.set(entryIdOf(worklog.id), {
      name: `jira ${worklog.id}`,
      project,
      stage: trueStage(date, booked(world, items, worklog.issue), stagesOf([plan.statuses])),
      date,
      minutes: Math.round(worklog.seconds / 60),
      activity: "other",
      by: worklog.by,
    });
  }
  for (const { id, issue, by, minutes, date, activity, stage } of panelEntries) {
    const project = ledgerProject(plan, world.issues.get(issue)?.state.project ?? "");
    entries.set(id, {
      name: `panel ${id}`,
      project: project ?? "",
      stage: stage ?? trueStage(date, booked(world, items, issue), stagesOf([plan.statuses])),
      date,
      minutes,
      activity,
      by,
    });
  }
  return { entries, items };
}

function itemIdOf(issue: string): string {
  return `jira:${issue}`;
}

function ledgerProject({ chosen }: SitePlan, project: string): string | undefined {
  return chosen.find(({ id }) => id === project)?.project;
}

/** Undefined for an issue that never was in a chosen project. */
function trueItem(
  world: World,
  plan: SitePlan,
  closed: ReadonlySet<string>,
  { id, createdAt, state }: Issue,
): TrueItem | undefined {
  const isChosen = (project: string): boolean => ledgerProject(plan, project) !== undefined;
  const moves = world.projectMoves.filter(({ issue }) => issue === id);
  const visited = [...moves.map(({ from }) => from), state.project];
  if (!visited.some(isChosen)) return undefined;
  const statusMoves = world.statusMoves.filter(({ issue }) => issue === id);
  const isInside = (at: number): boolean => isChosen(trueProjectAt(world, id, at));
  const hasBeenInside = (at: number): boolean => moves.some((move) => move.at <= at && isChosen(move.from));
  // What happens elsewhere is none of the ledger's; what happened before it came is, as far as a record tells of it.
  const unheard = statusMoves.filter(({ at, isTold }) => !isInside(at) && (hasBeenInside(at) || !isTold));
  const statusAt = (at: number): string => `jira:${statusMoves.findLast((move) => move.at <= at)?.to}`;
  const record: readonly Stay[] = [
    ...statusMoves.filter((move) => !unheard.includes(move)).map(({ at, to }): Stay => [`jira:${to}`, at]),
    ...moves.flatMap(({ at, from, to }): Stay[] => {
      if (isChosen(from) === isChosen(to)) return [];
      return isChosen(to) ? [[statusAt(at), at]] : [[GONE, at]];
    }),
  ];
  const stays = record.toSorted((a, b) => a[1] - b[1]).filter(([status], place, all) => status !== all[place - 1]?.[0]);
  const hasLeft = moves.some(({ from, to }) => isChosen(from) && !isChosen(to));
  const end = state.isDeleted ? "deleted" : isChosen(state.project) ? "here" : "out";
  return {
    stays: stays.length > 0 ? stays : [[statusAt(createdAt), createdAt]],
    wasAway: hasLeft || state.isDeleted || visited.some((project) => closed.has(project)),
    untold: new Set([
      ...statusMoves.filter(({ isTold }) => !isTold).map(({ at }) => at),
      // What changed without a word while it was elsewhere comes with it.
      ...(unheard.some(({ isTold }) => !isTold) ? moves.filter(({ to }) => isChosen(to)).map(({ at }) => at) : []),
    ]),
    end,
  };
}

/** The stays by which hours of an issue are booked: of a sub-task its parent's (E10). */
function booked(world: World, items: ReadonlyMap<string, TrueItem>, issue: string): readonly Stay[] {
  const parent = world.issues.get(issue)?.parent;
  return items.get(itemIdOf(parent ?? issue))?.stays ?? [];
}
