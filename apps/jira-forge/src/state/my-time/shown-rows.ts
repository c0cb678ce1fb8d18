/** Which rows of a week are shown. Pure. */
import type { ReadyMyTime } from "./my-time-state.ts";
import { pendingOf } from "./week-changes.ts";
import type { Row } from "./week-grid.ts";

/** With more, each key in a field would wait for a screen full of others. */
const MOST_ROWS = 50;

/** The first ones, and those that somebody looked for; all where that is wanted. */
export function shownRows(
  rows: readonly Row[],
  { showsAllRows, lookedFor }: Pick<ReadyMyTime, "showsAllRows" | "lookedFor">,
): readonly Row[] {
  return showsAllRows ? rows : rows.filter(({ itemId }, i) => i < MOST_ROWS || lookedFor.has(itemId));
}

/** How many changes would be saved, or are not clear, in rows that are not shown. */
export function countPendingElsewhere(shown: readonly Row[], state: ReadyMyTime): number {
  const isShown = new Set(shown.map(({ itemId }) => itemId));
  return pendingOf(state).filter(({ field }) => !isShown.has(field.itemId)).length;
}
