/**
 * When an issue was in no project of the ledger, after it had been in one (E14). Pure. What happened to it there is none of the
 * ledger's: it is gone meanwhile. What happened before it came for the first time is part of its life.
 */
import { GONE, type ItemPart, type StageChange } from "@stageledger/core";
import type { ChosenProjects } from "./chosen-projects.ts";
import type { ProjectMove } from "./project-stays.ts";
import { inOrder, isUntold, LEAVING, RETURNING } from "./untold-change.ts";

interface Absence {
  /** Epoch milliseconds. */
  readonly leftAt: number;
  /** Infinite while it is elsewhere still. */
  readonly backAt: number;
}

/** Without what happened elsewhere, and with its leaving and coming back. @param shownStatus the ledger's id */
export function withAbsences(
  part: ItemPart,
  moves: readonly ProjectMove[],
  projects: ChosenProjects,
  shownStatus: string,
): ItemPart {
  const absences = absencesIn(moves, projects);
  if (absences.length === 0) return part;
  const isPresent = (at: number): boolean => !absences.some(({ leftAt, backAt }) => leftAt <= at && at < backAt);
  const changes = part.changes.filter(({ at }) => isPresent(at));
  const comings = absences.flatMap(({ leftAt, backAt }) => {
    const left = leaving(leftAt, part.changes, shownStatus);
    // Also where the history of its coming back has another status: each change begins where the one before ended.
    return backAt === Number.POSITIVE_INFINITY ? [left] : [left, returning(backAt, part.changes, shownStatus)];
  });
  return {
    ...part,
    changes: [...changes, ...comings],
    blocks: part.blocks.filter(({ at }) => isPresent(at)),
    otherActivity: part.otherActivity.filter(isPresent),
  };
}

/**
 * An issue was recorded to have left for a project that was chosen since: it never left, and nothing that was recorded is taken
 * back.
 *
 * @param recorded what is recorded of it already
 */
export function backAtOnce(
  recorded: readonly StageChange[],
  told: readonly StageChange[],
  shownStatus: string,
): readonly StageChange[] {
  const isAmong = (at: number, index: number, changes: readonly StageChange[]): boolean =>
    changes.some((change) => isUntold(change) && change.at === at && change.index === index);
  return recorded
    .filter((change) => isUntold(change) && change.index === LEAVING && !isAmong(change.at, LEAVING, told))
    .filter(({ at }) => !isAmong(at, RETURNING, recorded))
    .map(({ at }) => returning(at, told, shownStatus));
}

function absencesIn(moves: readonly ProjectMove[], projects: ChosenProjects): readonly Absence[] {
  const absences: Absence[] = [];
  let wasIn = projects.has(moves[0]?.from ?? "");
  let leftAt: number | undefined;
  for (const { at, to } of moves) {
    const isIn = projects.has(to);
    if (isIn && leftAt !== undefined) absences.push({ leftAt, backAt: at });
    if (isIn) leftAt = undefined;
    else if (wasIn) leftAt ??= at;
    wasIn ||= isIn;
  }
  if (leftAt !== undefined) absences.push({ leftAt, backAt: Number.POSITIVE_INFINITY });
  return absences;
}

function leaving(at: number, told: readonly StageChange[], shownStatus: string): StageChange {
  const { sequence, status } = stateBefore(at, told, shownStatus);
  return { at, sequence, index: LEAVING, from: status, to: GONE };
}

function returning(at: number, told: readonly StageChange[], shownStatus: string): StageChange {
  const { sequence, status } = stateBefore(at, told, shownStatus);
  return { at, sequence, index: RETURNING, from: GONE, to: status };
}

/** At the instant of a change what was before it. */
function stateBefore(
  instant: number,
  told: readonly StageChange[],
  shownStatus: string,
): { readonly sequence: number; readonly status: string } {
  const changes = inOrder(told);
  const before = changes.findLast(({ at }) => at < instant);
  return { sequence: before?.sequence ?? 0, status: before?.to ?? changes[0]?.from ?? shownStatus };
}
