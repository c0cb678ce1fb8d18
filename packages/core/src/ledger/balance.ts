/** What postings add up to. Pure. */
import { labelKey, labelsOf, type Posting, type PostingLabels } from "./posting.ts";

/** Minutes of one contributor in project × stage × activity × week. Protected: the release's input, shown to nobody. */
export interface Cell extends PostingLabels {
  /** Whole minutes, never 0; below 0 only where late postings take back. */
  readonly minutes: number;
  readonly isLate: boolean;
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
 * The cells of postings: summed by project, stage, activity, week, contributor, visibility, and late apart from in time.
 * Cells without minutes are left out. The order depends on the cells alone, not on that of the postings.
 */
export function foldCells(postings: readonly Posting[]): readonly Cell[] {
  const inTime = foldLabels(postings.filter(({ isLate }) => !isLate));
  const late = foldLabels(postings.filter(({ isLate }) => isLate));
  return [
    ...inTime.map((sum): Cell => ({ ...sum, isLate: false })),
    ...late.map((sum): Cell => ({ ...sum, isLate: true })),
  ].sort(byKey);
}

function byKey(a: Cell, b: Cell): number {
  const [first, second] = [labelKey(a), labelKey(b)];
  if (first === second) return Number(a.isLate) - Number(b.isLate);
  return first < second ? -1 : 1;
}
