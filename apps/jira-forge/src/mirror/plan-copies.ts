/** What has to be done in Jira, so that it has of an entry what its author wants there. Pure. */
import { MOST_ENTRIES_OF_ITEM } from "@stageledger/core/contract/entries";
import { daysAfter } from "../state/local-day.ts";
import type { CopiedEntry, Copy } from "./copies.ts";

/**
 * - copy: there is one copy, as the entry is;
 * - follow: where there is a copy, it is as the entry is. Where there is none, somebody deleted it in Jira, and it stays so;
 * - remove: there is none.
 */
export type Wish = "copy" | "follow" | "remove";

export type Step =
  | { readonly kind: "create" }
  | { readonly kind: "change"; readonly worklogId: string }
  | { readonly kind: "remove"; readonly worklogId: string };

/** @param copies what Jira has of that entry, the oldest first; two where two windows wrote it at once */
export function stepsTo(wish: Wish, entry: CopiedEntry, copies: readonly Copy[]): readonly Step[] {
  const removed = (copy: Copy): Step => ({ kind: "remove", worklogId: copy.worklogId });
  if (wish === "remove") return copies.map(removed);
  const [kept, ...others] = copies;
  if (kept === undefined) return wish === "copy" ? [{ kind: "create" }] : [];
  const change: Step = { kind: "change", worklogId: kept.worklogId };
  return [...(isBehind(kept, entry) ? [change] : []), ...others.map(removed)];
}

/** By what it was written from: what somebody changed in Jira's work log itself stays as they have it. */
function isBehind(copy: Copy, { minutes, date }: CopiedEntry): boolean {
  return copy.minutes !== minutes || copy.date !== date;
}

export interface Comparison {
  /** Whose copies are not as they are: a change of theirs did not come to Jira. */
  readonly behind: readonly CopiedEntry[];
  /** Ids of those that have no copy: it was never made, or somebody deleted it. Which of both, nobody can tell. */
  readonly missing: readonly string[];
  /** Whose entry is surely not there any more. */
  readonly leftovers: readonly Copy[];
}

/** Entries are kept for longer: one that is younger and not there was deleted, and not forgotten by the ledger. */
const SURELY_KEPT_DAYS = 60;

/** @param entries mine on the issue, as the ledger tells them @param copies all of mine there */
export function compared(entries: readonly CopiedEntry[], copies: readonly Copy[], today: string): Comparison {
  const mirrored = entries.filter(({ isMirrored }) => isMirrored);
  const copiesOf = ({ id }: CopiedEntry): readonly Copy[] => copies.filter(({ entry }) => entry === id);
  const since = daysAfter(today, -SURELY_KEPT_DAYS);
  return {
    behind: mirrored.filter((entry) => stepsTo("follow", entry, copiesOf(entry)).length > 0),
    missing: mirrored.filter((entry) => copiesOf(entry).length === 0).map(({ id }) => id),
    leftovers: copies.filter(({ entry, date }) => date >= since && isSurelyGone(entry, entries)),
  };
}

/** A full list may have left the entry out. @param entries mine on its issue, as the ledger tells them */
export function isSurelyGone(entryId: string, entries: readonly Pick<CopiedEntry, "id">[]): boolean {
  return entries.length < MOST_ENTRIES_OF_ITEM && !entries.some(({ id }) => id === entryId);
}
