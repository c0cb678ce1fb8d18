/** What postings add up to. Pure. */
import { labelKey, labelsOf, type Posting, type PostingLabels } from "./posting.ts";

/**
 * - `in-time`: posted before the week closed; the cuts of weeks and periods read these.
 * - `late-added`, `late-taken`: what was posted after the close raised or lowered. The two are never netted, since the
 *   difference would show what one person corrected; cut L reads what was added.
 */
export type CellKind = "in-time" | "late-added" | "late-taken";

/** Minutes of one contributor in project × stage × activity × week. Protected: the release's input, shown to nobody. */
export interface Cell extends PostingLabels {
  readonly kind: CellKind;
  /** Whole minutes, never 0; below 0 only of the kind `late-taken`. */
  readonly minutes: number;
}

/** Sum of minutes. Over all postings of an entry: its current minutes, 0 when it is deleted. */
export function balanceOf(postings: readonly { readonly minutes: number }[]): number {
  return postings.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** Postings summed by their labels, lines that cancel out left out; in order of their first appearance. */
export function foldLabels(postings: readonly Posting[]): (PostingLabels & { readonly minutes: number })[] {
  const sumByKey = new Map<string, PostingLabels & { readonly minutes: number }>();
  for (const posting of postings) {
    const key = labelKey(posting);
    const minutes = (sumByKey.get(key)?.minutes ?? 0) + posting.minutes;
    sumByKey.set(key, { ...labelsOf(posting), minutes });
  }
  return [...sumByKey.values()].filter(({ minutes }) => minutes !== 0);
}

/**
 * What the postings of one entry put into cells. Late postings are netted within the entry, so that an edit from 60 to 65
 * minutes adds 5, and never with those of another entry.
 */
export function cellsOfEntry(postings: readonly Posting[]): readonly Cell[] {
  const inTime = foldLabels(postings.filter(({ isLate }) => !isLate));
  const late = foldLabels(postings.filter(({ isLate }) => isLate));
  return [
    ...inTime.map((sum): Cell => ({ ...sum, kind: "in-time" })),
    ...late.map((sum): Cell => ({ ...sum, kind: sum.minutes > 0 ? "late-added" : "late-taken" })),
  ];
}

/**
 * The cells of postings: those of each entry, summed by project, stage, activity, week, contributor, visibility and kind.
 * Cells without minutes are left out. The order depends on the cells alone, not on that of the postings.
 */
export function foldCells(postings: readonly Posting[]): readonly Cell[] {
  const cellByKey = new Map<string, Cell>();
  for (const ofEntry of Map.groupBy(postings, ({ entryId }) => entryId).values()) {
    for (const cell of cellsOfEntry(ofEntry)) {
      const key = cellKey(cell);
      cellByKey.set(key, { ...cell, minutes: (cellByKey.get(key)?.minutes ?? 0) + cell.minutes });
    }
  }
  return [...cellByKey]
    .filter(([, { minutes }]) => minutes !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, cell]) => cell);
}

/** The same text for cells that are one. */
export function cellKey(cell: Omit<Cell, "minutes">): string {
  return `${labelKey(cell)}${cell.kind}`;
}
