/** The week as the ledger tells it anew, under what somebody has typed meanwhile. Pure. */
import type { ReadyMyTime, Sending } from "./my-time-state.ts";
import { type Draft, type Pending, pendingOf, readField } from "./week-changes.ts";
import { type Field, fieldAt, fieldsOf, type MyWeek, rowsOf } from "./week-grid.ts";

/**
 * What was typed and not saved stays, and what was saved, here or in another window, is shown as it is now.
 *
 * @param sent what the ledger has just done, where it is that
 */
export function renewWeek(state: ReadyMyTime, week: MyWeek, sent?: Sending): ReadyMyTime {
  const { added } = state;
  const before = fieldsById(state);
  const isWaiting = new Set(pendingOf(state).map(({ field }) => field.id));
  const kept = new Map<string, Draft>();
  for (const [id, draft] of state.drafts) {
    if (!isWaiting.has(id)) continue;
    const isSent = sent?.drafts.get(id)?.text === draft.text;
    if (!isSent) kept.set(homeOf(draft, id, week), draft);
  }
  const after = fieldsById({ week, added, drafts: kept });
  const drafts = new Map(kept);
  // What stands in a field already need not be written there: the focus stays in it.
  for (const [id, draft] of state.drafts) {
    const field = after.get(id);
    if (!kept.has(id) && field !== undefined && readField(field, draft).kind === "same") drafts.set(id, draft);
  }
  const fillings = new Map(state.fillings);
  for (const [id, field] of after) {
    const isSame = drafts.has(id)
      ? drafts.get(id) === state.drafts.get(id)
      : !state.drafts.has(id) && before.get(id)?.entry?.minutes === field.entry?.minutes;
    if (before.has(id) && !isSame) fillings.set(id, (fillings.get(id) ?? 0) + 1);
  }
  return { ...state, week, drafts, fillings };
}

/** What was typed over something else than what is there now. */
export function conflictsOf(before: ReadyMyTime, after: ReadyMyTime): readonly Pending[] {
  const seen = fieldsById(before);
  return pendingOf(after).filter(({ field }) => {
    const draft = after.drafts.get(field.id);
    const was = seen.get(field.id) ?? [...seen.values()].find(({ entry }) => entry?.id === draft?.of);
    return was?.entry?.minutes !== field.entry?.minutes;
  });
}

/** The field of the entry that it was typed over, wherever that one is now; else the one of its place. */
function homeOf(draft: Draft, id: string, week: MyWeek): string {
  const entry = week.entries.find((one) => one.id === draft.of);
  if (entry === undefined) return id;
  const { itemId, date } = entry;
  const isAlone = week.entries.filter((one) => one.itemId === itemId && one.date === date).length === 1;
  return isAlone ? fieldAt(itemId, date) : entry.id;
}

function fieldsById(content: Parameters<typeof rowsOf>[0]): ReadonlyMap<string, Field> {
  return new Map(fieldsOf(rowsOf(content)).map((field) => [field.id, field]));
}
