/** How to take back what was saved. Pure. */
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { type Change, logged } from "./week-changes.ts";
import type { MyWeek } from "./week-grid.ts";

/** Undefined where it cannot be told which entries came of the changes. */
export function oppositeChanges(
  changes: readonly Change[],
  before: MyWeek,
  after: MyWeek,
): readonly Change[] | undefined {
  const isOld = new Set(before.entries.map(({ id }) => id));
  const isNew = after.entries.filter(({ id }) => !isOld.has(id));
  const taken = new Set<string>();
  const opposite = changes.map((change): Change | undefined => {
    if (change.kind === "log") {
      const made = isNew.find((entry) => !taken.has(entry.id) && isMadeBy(change, entry));
      if (made === undefined) return undefined;
      taken.add(made.id);
      return { kind: "delete", entry: made.id, revision: made.revision };
    }
    const was = before.entries.find(({ id }) => id === change.entry);
    if (was === undefined) return undefined;
    if (change.kind === "delete") return loggedAgain(was);
    const now = after.entries.find(({ id }) => id === change.entry);
    return now && { kind: "edit", entry: now.id, revision: now.revision, minutes: was.minutes };
  });
  return opposite.every((change) => change !== undefined) ? opposite : undefined;
}

/** Copied to Jira where it was before: what was logged without a copy does not get one by being undone. */
function loggedAgain({ itemId, date, minutes, activity, stage, isMirrored }: EntryAnswer): Change {
  return { ...logged(itemId, date, minutes, activity, stage), ...(isMirrored && { isMirrored }) };
}

function isMadeBy(change: Extract<Change, { readonly kind: "log" }>, entry: EntryAnswer): boolean {
  return entry.itemId === change.item && entry.date === change.date && entry.minutes === change.minutes;
}
