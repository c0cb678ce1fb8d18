/**
 * When an issue was in no project of the ledger, after it had been in one (E14). Pure. What happened to it there is none of the
 * ledger's: it is gone meanwhile. What happened before it came for the first time is part of its life.
 */
import { GONE, type ItemPart, type StageChange } from "@stageledger/core";
import type { ChosenProjects } from "./chosen-projects.ts";
import type { ProjectMove } from "./project-stays.ts";

interface Absence {
  /** Epoch milliseconds. */
  readonly leftAt: number;
  /** Infinite while it is elsewhere still. */
  readonly backAt: number;
}

/** Beside what a look adds of an issue that moved without a word, which is the first of its instant. */
const LEAVING = 1;
const RETURNING = 2;

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
    const left = leaving(leftAt, statusBefore(part.changes, leftAt, shownStatus));
    const isTold = backAt === Number.POSITIVE_INFINITY || changes.some(({ at }) => at === backAt);
    return isTold ? [left] : [left, returning(backAt, statusBefore(part.changes, backAt, shownStatus))];
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
  const isKnown = (at: number, index: number, changes: readonly StageChange[]): boolean =>
    changes.some((change) => change.at === at && change.sequence === 0 && change.index === index);
  return recorded
    .filter(
      ({ at, sequence, index, to }) =>
        sequence === 0 && index === LEAVING && to === GONE && !isKnown(at, LEAVING, told),
    )
    .filter(({ at }) => !isKnown(at, RETURNING, recorded))
    .map(({ at }) => returning(at, statusBefore(told, at, shownStatus)));
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

/** At the instant of a change itself what it was before. */
function statusBefore(changes: readonly StageChange[], instant: number, shownStatus: string): string {
  const inOrder = [...changes].sort((a, b) => a.at - b.at || a.sequence - b.sequence || a.index - b.index);
  return inOrder.findLast(({ at }) => at < instant)?.to ?? inOrder[0]?.from ?? shownStatus;
}

function leaving(at: number, from: string): StageChange {
  return { at, sequence: 0, index: LEAVING, from, to: GONE };
}

function returning(at: number, to: string): StageChange {
  return { at, sequence: 0, index: RETURNING, from: GONE, to };
}
