import { StageledgerError } from "../errors.ts";
import type { Visibility } from "../ledger/time-entry.ts";
import { type EpochDay, weekday } from "../time/report-zone.ts";
import type { Contributor } from "./contributors.ts";

/** Minutes with their protected key. Several rows may have one key; their order does not matter. */
export interface ProtectedCell {
  readonly project: string;
  readonly stage: string;
  readonly activity: string;
  /** Monday of the ISO week. */
  readonly week: EpochDay;
  readonly contributor: Contributor;
  readonly visibility: Visibility;
  /** Posted after its week had closed. */
  readonly isLate: boolean;
  /** Whole minutes; below zero where a posting takes back. */
  readonly minutes: number;
}

const NEXT = "Please report it: the fault lies in stageledger or its database, not in an entry.";

/**
 * The cells of postings made in time, one row a key, those without minutes left out. What was taken back before the week
 * closed is gone, since nobody ever saw it.
 *
 * @throws StageledgerError DISCLOSURE_IMPOSSIBLE_CELL for a sum below zero, minutes that are not whole, a week that does
 * not begin on a Monday
 */
export function inTimeCells(cells: readonly ProtectedCell[]): ProtectedCell[] {
  const cellsByKey = new Map<string, Map<Contributor, ProtectedCell>>();
  for (const cell of cells) {
    refuseImpossible(cell);
    if (cell.isLate) continue;
    const key = JSON.stringify([cell.project, cell.stage, cell.activity, cell.week, cell.visibility]);
    const sums = cellsByKey.get(key) ?? new Map<Contributor, ProtectedCell>();
    const minutes = (sums.get(cell.contributor)?.minutes ?? 0) + cell.minutes;
    cellsByKey.set(key, sums.set(cell.contributor, { ...cell, minutes }));
  }
  const sums = [...cellsByKey.values()].flatMap((sumByContributor) => [...sumByContributor.values()]);
  if (sums.some(({ minutes }) => minutes < 0)) {
    throw new StageledgerError("DISCLOSURE_IMPOSSIBLE_CELL", "A cell of postings made in time is below zero.", {
      next: NEXT,
    });
  }
  return sums.filter(({ minutes }) => minutes > 0);
}

/**
 * Late rows with minutes above zero, as they are. A row that takes back is dropped, not subtracted: the difference would
 * show what one person corrected.
 *
 * @throws StageledgerError DISCLOSURE_IMPOSSIBLE_CELL for minutes that are not whole, a week that does not begin on a
 * Monday
 */
export function positiveLateCells(cells: readonly ProtectedCell[]): ProtectedCell[] {
  for (const cell of cells) refuseImpossible(cell);
  return cells.filter(({ isLate, minutes }) => isLate && minutes > 0);
}

export function sumMinutes(cells: readonly ProtectedCell[]): number {
  return cells.reduce((sum, { minutes }) => sum + minutes, 0);
}

function refuseImpossible({ minutes, week }: ProtectedCell): void {
  if (Number.isSafeInteger(minutes) && Number.isSafeInteger(week) && weekday(week) === 1) return;
  throw new StageledgerError(
    "DISCLOSURE_IMPOSSIBLE_CELL",
    "A cell has minutes that are not whole, or a week that does not begin on a Monday.",
    { next: NEXT },
  );
}
