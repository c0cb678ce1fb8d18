import type { EntryAnswer } from "@stageledger/core/contract/entries";
import type { Deed } from "../../mirror/mirror.ts";
import type { Change } from "./week-changes.ts";

/**
 * What changes of a week mean for the copies in Jira. An entry that is gone without having been deleted here may only be in
 * another week; one that is new may be another window's, and whoever copies it looks first what there is. Pure.
 */
export function weekDeeds(
  changes: readonly Change[],
  before: readonly EntryAnswer[],
  after: readonly EntryAnswer[],
): readonly Deed[] {
  const isTouched = (kind: "edit" | "delete") => {
    const ids = new Set(changes.flatMap((change) => (change.kind === kind ? [change.entry] : [])));
    return ({ id }: EntryAnswer): boolean => ids.has(id);
  };
  const wasThere = new Set(before.map(({ id }) => id));
  return [
    ...before.filter(isTouched("delete")).map((entry): Deed => ({ kind: "removed", entry })),
    ...after.filter(isTouched("edit")).map((entry): Deed => ({ kind: "changed", entry })),
    ...after.filter(({ id }) => !wasThere.has(id)).map((entry): Deed => ({ kind: "wanted", entry })),
  ];
}
