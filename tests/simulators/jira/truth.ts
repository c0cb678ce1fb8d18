/**
 * What was true in the simulated Jira, from the deeds themselves: not from histories, events or anything that the product could
 * read. Tests compare the product's ledger with it.
 */
import type { World } from "./world.ts";

interface TrueChange {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

interface TrueBlocking {
  readonly at: number;
  readonly reason: "flag" | "link";
  /** Key of the issue that blocks it; empty for a flag. */
  readonly source: string;
  readonly begins: boolean;
}

export interface TrueItem {
  readonly issue: string;
  readonly key: string;
  readonly project: string;
  readonly createdAt: number;
  readonly currentStatus: string;
  readonly resolution: string | undefined;
  readonly parent: string | undefined;
  /** Those that a history tells of, in their order. A change of workflows moves an issue without one. */
  readonly changes: readonly TrueChange[];
  readonly blockings: readonly TrueBlocking[];
}

export interface TrueWorklog {
  readonly worklog: string;
  readonly issue: string;
  /** Where the issue was when the work was done (E14), as it says now. */
  readonly project: string;
  readonly account: string;
  readonly startedAt: number;
  /** Seconds to the nearest minute. */
  readonly minutes: number;
  /** Whether it is the copy of an entry that was made in our panel, which is in the ledger already. */
  readonly isMirror: boolean;
}

const MIRROR = "stageledger.entry";

/** Every issue that is there now, by id. */
export function trueItems(world: World): readonly TrueItem[] {
  const movesByIssue = Map.groupBy(world.statusMoves, ({ issue }) => issue);
  const blockingsByIssue = Map.groupBy(world.blockings, ({ issue }) => issue);
  return [...world.issues.values()]
    .filter(({ state }) => !state.isDeleted)
    .map(({ id, createdAt, parent, state }) => {
      const moves = movesByIssue.get(id) ?? [];
      return {
        issue: id,
        key: state.key,
        project: state.project,
        createdAt,
        currentStatus: moves.at(-1)?.to ?? "",
        resolution: state.resolution?.name,
        parent,
        changes: moves.flatMap(({ at, from, to, isTold }) => (from === undefined || !isTold ? [] : [{ at, from, to }])),
        blockings: (blockingsByIssue.get(id) ?? []).map(({ issue: _, ...blocking }) => blocking),
      };
    });
}

/** Issues that were there once, with the instant at which they were deleted. */
export function trueDeletions(world: World): ReadonlyMap<string, number> {
  const deleted = world.events.filter(({ what, action }) => what === "issue" && action === "deleted");
  return new Map(deleted.flatMap((event) => (event.what === "issue" ? [[event.issue.id, event.at] as const] : [])));
}

/** Every worklog that is there now. */
export function trueWorklogs(world: World): readonly TrueWorklog[] {
  return [...world.worklogs.values()].map(({ id, issue, by, startedAt, seconds, properties }) => ({
    worklog: id,
    issue,
    project: trueProjectAt(world, issue, startedAt),
    account: by,
    startedAt,
    minutes: Math.round(seconds / 60),
    isMirror: properties.has(MIRROR),
  }));
}

/** The project that an issue was in. An instant of a move belongs to the new one. */
export function trueProjectAt(world: World, issue: string, at: number): string {
  const moves = world.projectMoves.filter((move) => move.issue === issue);
  return moves.find((move) => at < move.at)?.from ?? world.issues.get(issue)?.state.project ?? "";
}
