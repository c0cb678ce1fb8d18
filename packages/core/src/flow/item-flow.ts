/** What the flow rules say about one item: its stage visits, start, finish, mark and flags. Pure. */
import { type StagePosition, UNMAPPED } from "../stages/stage.ts";
import type { StageMap } from "../stages/stage-map.ts";
import type { StageTimeline } from "../stages/stage-timeline.ts";
import { joinVisits, type StageVisit } from "../stages/stage-visit.ts";

/** Edge cases that an item went through; each is shown, none is hidden. */
export type ItemFlag =
  | "never-started" // F4
  | "backward-move" // E1
  | "reopened" // E2
  | "back-to-backlog" // E3
  | "skipped-stage" // E4
  | "unmapped-status" // E5
  | "created-mid-workflow"; // E15

export interface FlowSettings {
  /** E3: keep the clock when an item goes back before the commitment, or reset it. */
  readonly backToBacklog: "keep" | "reset";
  /** E12: resolutions, in any case, that turn a done item into a withdrawn one. */
  readonly withdrawnResolutions: ReadonlySet<string>;
}

export interface ItemFlow {
  readonly createdAt: number;
  readonly asOf: number;
  readonly visits: readonly StageVisit[];
  /** F2; undefined = not started, or started and finished at one instant (F4). */
  readonly startedAt: number | undefined;
  /** F3. */
  readonly finishedAt: number | undefined;
  /** E12: start of the current run in a withdrawn stage, or of the done run with a listed resolution; or gone while open (E13). */
  readonly withdrawnAt: number | undefined;
  /** First time in a done stage; differs from `finishedAt` on re-opened items (B5). */
  readonly firstDoneAt: number | undefined;
  /** How often the item left done or withdrawn (E2). */
  readonly reopenCount: number;
  /** Milliseconds the clock lost to resets (E3). */
  readonly discardedMilliseconds: number;
  /** Where it is now. */
  readonly stage: StagePosition;
  /** High-water mark over time: each rise and its instant (F13). */
  readonly marks: readonly { readonly stage: StagePosition; readonly at: number }[];
  /** Active stages right of the first one that the item never entered (E4); waiting ones may well be passed over. */
  readonly skipped: readonly StagePosition[];
  readonly flags: ReadonlySet<ItemFlag>;
}

/**
 * Measures one item (F2–F4, F11, F13, E1–E5, E12, E15).
 * Unmapped visits are kept as visits but never move start, finish or mark (F1).
 */
export function measureItem(
  timeline: StageTimeline,
  map: StageMap,
  settings: FlowSettings,
  resolution?: string,
): ItemFlow {
  const visits = joinVisits(timeline, map);
  const flags = new Set<ItemFlag>();
  const marks: { stage: StagePosition; at: number }[] = [];
  const skipped: StagePosition[] = [];

  let mark = UNMAPPED;
  let previous = UNMAPPED;
  let startedAt: number | undefined;
  let firstDoneAt: number | undefined;
  let closedAt: number | undefined;
  let closedKind: "done" | "withdrawn" | undefined;
  let reopenCount = 0;
  let discarded = 0;
  let isFirst = true;

  for (const visit of visits) {
    if (visit.stage === UNMAPPED) {
      flags.add("unmapped-status");
      isFirst = false;
      continue;
    }
    const kind = map.stages[visit.stage]?.kind;
    const isCommitted = visit.stage >= map.commitment;

    if (kind === "done" || kind === "withdrawn") {
      if (kind === "done") firstDoneAt ??= visit.start;
      // Done → Closed does not move the finish; done → withdrawn does (F3, E12).
      if (closedKind !== kind) closedAt = visit.start;
      closedKind = kind;
    } else if (closedKind !== undefined) {
      reopenCount += 1;
      flags.add("reopened");
      closedKind = undefined;
      closedAt = undefined;
    }

    if (isCommitted && kind !== "withdrawn") {
      if (startedAt === undefined) {
        startedAt = visit.start;
        if (isFirst && kind !== "done" && (visit.stage > map.commitment || map.commitment > 0))
          flags.add("created-mid-workflow");
      }
    } else if (!isCommitted && kind !== "withdrawn" && startedAt !== undefined) {
      flags.add("back-to-backlog");
      if (settings.backToBacklog === "reset") {
        discarded += visit.start - startedAt;
        startedAt = undefined;
      }
    }

    if (kind === "withdrawn") {
      // A departure, not progress: the mark stays where the item left (E12).
    } else if (visit.stage > mark) {
      for (let passed = mark + 1; passed < visit.stage; passed += 1) {
        if (mark !== UNMAPPED && map.stages[passed]?.kind !== "withdrawn") skipped.push(passed);
      }
      mark = visit.stage;
      marks.push({ stage: mark, at: visit.start });
    } else if (visit.stage < previous) {
      flags.add("backward-move");
    }
    if (kind !== "withdrawn") previous = visit.stage;
    isFirst = false;
  }
  // A departure and no throughput; one that was done stays so.
  if (timeline.goneAt !== undefined && closedKind === undefined) {
    closedKind = "withdrawn";
    closedAt = timeline.goneAt;
  }
  const neverVisited = skipped.filter(
    (stage) => !visits.some((visit) => visit.stage === stage) && map.stages[stage]?.kind === "active",
  );
  if (neverVisited.length > 0) flags.add("skipped-stage");

  const isWithdrawn =
    closedKind === "withdrawn" ||
    (closedKind === "done" && resolution !== undefined && isListed(resolution, settings.withdrawnResolutions));
  const finishedAt = isWithdrawn ? undefined : closedAt;
  // Finished (F4) or withdrawn straight from the backlog, it was never in progress.
  if (closedAt !== undefined && startedAt === closedAt) {
    if (!isWithdrawn) flags.add("never-started");
    startedAt = undefined;
  }
  return {
    createdAt: timeline.createdAt,
    asOf: timeline.asOf,
    visits,
    startedAt,
    finishedAt,
    withdrawnAt: isWithdrawn ? closedAt : undefined,
    firstDoneAt,
    reopenCount,
    discardedMilliseconds: discarded,
    stage: visits.at(-1)?.stage ?? UNMAPPED,
    marks,
    skipped: neverVisited,
    flags,
  };
}

function isListed(resolution: string, listed: ReadonlySet<string>): boolean {
  const name = resolution.toLowerCase();
  for (const one of listed) if (one.toLowerCase() === name) return true;
  return false;
}
