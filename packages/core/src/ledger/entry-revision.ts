/** Time entries over time: a change is a new revision, and the highest number tells what holds. Pure. */
import { StageledgerError } from "../errors.ts";
import { isSameEntry, refuseImpossibleEntry, type TimeEntry } from "./time-entry.ts";

/** The fact that an entry was made, changed or taken back. It holds the entry whole, so that revisions may come in any order. */
export interface EntryRevision {
  readonly entryId: string;
  /** Pseudonym of the author; the same in every revision. */
  readonly contributor: string;
  /** Grows with each revision of the entry: our own count from 1, or the vendor's instant of the change. */
  readonly number: number;
  readonly change: "created" | "edited" | "moved" | "deleted";
  /** The entry after the change; undefined = deleted. */
  readonly entry: TimeEntry | undefined;
}

/** What an edit may change. An interval or choice that is given as undefined is taken away. */
export type EntryEdit = Partial<
  Pick<TimeEntry, "date" | "minutes" | "activity" | "interval" | "chosenStatus" | "visibility">
>;

/** Where a move puts the hours. A new item has stages of its own, so the choice of the old one does not go along. */
export type EntryPlace = Pick<TimeEntry, "itemId" | "project" | "chosenStatus">;

/** @throws StageledgerError for an entry that cannot be, see {@link refuseImpossibleEntry} */
export function createEntry(entryId: string, contributor: string, entry: TimeEntry): EntryRevision {
  refuseImpossibleEntry(entry);
  return { entryId, contributor, number: 1, change: "created", entry };
}

/** @throws StageledgerError ENTRY_DELETED, or for an entry that cannot be, see {@link refuseImpossibleEntry} */
export function editEntry(latest: EntryRevision, edit: EntryEdit): EntryRevision {
  return revise(latest, "edited", { ...entryOf(latest), ...edit });
}

/** @throws StageledgerError ENTRY_DELETED */
export function moveEntry(latest: EntryRevision, { itemId, project, chosenStatus }: EntryPlace): EntryRevision {
  return revise(latest, "moved", { ...entryOf(latest), itemId, project, chosenStatus });
}

/** @throws StageledgerError ENTRY_DELETED */
export function deleteEntry(latest: EntryRevision): EntryRevision {
  entryOf(latest);
  return { ...latest, number: latest.number + 1, change: "deleted", entry: undefined };
}

/**
 * Takes the last change back, whichever it was: the entry is as it was before, one that was just made is deleted, one that
 * was just deleted is there again. Undoing twice brings the change back.
 *
 * @param before the entry by the revision before the latest; undefined = there was none, or it was deleted
 * @throws StageledgerError ENTRY_DELETED when there is nothing to come back to
 */
export function undoChange(latest: EntryRevision, before: TimeEntry | undefined): EntryRevision {
  return before === undefined ? deleteEntry(latest) : revise(latest, "edited", before);
}

/**
 * The revision that holds: the one with the highest number, whatever order and number they come in. Undefined when there
 * is none.
 *
 * @throws StageledgerError ENTRY_REVISION_CONFLICT when two revisions of that number differ: two people, or two windows
 * of one, changed the same version
 */
export function latestRevision(revisions: readonly EntryRevision[]): EntryRevision | undefined {
  let latest: EntryRevision | undefined;
  for (const revision of revisions) {
    if (latest === undefined || revision.number > latest.number) latest = revision;
  }
  if (latest === undefined) return undefined;
  for (const revision of revisions) {
    if (revision.number === latest.number && !saysTheSame(revision, latest)) {
      throw new StageledgerError("ENTRY_REVISION_CONFLICT", "The entry was changed twice at the same time.", {
        next: "Look at the entry as it is now, and change it again.",
      });
    }
  }
  return latest;
}

function revise(latest: EntryRevision, change: "edited" | "moved", entry: TimeEntry): EntryRevision {
  refuseImpossibleEntry(entry);
  return { ...latest, number: latest.number + 1, change, entry };
}

/** What the revision says. @throws StageledgerError ENTRY_DELETED */
export function entryOf({ entry }: EntryRevision): TimeEntry {
  if (entry !== undefined) return entry;
  throw new StageledgerError("ENTRY_DELETED", "The entry was deleted.", { next: "Log the time as a new entry." });
}

function saysTheSame(a: EntryRevision, b: EntryRevision): boolean {
  if (a.contributor !== b.contributor) return false;
  if (a.entry === undefined || b.entry === undefined) return a.entry === b.entry;
  return isSameEntry(a.entry, b.entry);
}
