/** Decides which postings bring the ledger in line with an entry. Pure: what to append, never what to change. */
import { type EpochDay, mondayOf } from "../time/report-zone.ts";
import type { StageShare } from "./attribute-stage.ts";
import { balanceOf, foldLabels } from "./balance.ts";
import { labelKey, type Posting, type PostingLabels } from "./posting.ts";
import { isSameEntry, isSameWork, type TimeEntry } from "./time-entry.ts";

export interface EntryToPost {
  readonly entryId: string;
  readonly contributor: string;
  /** The entry as the present postings have it; undefined when it was never posted, or as deleted. */
  readonly posted: TimeEntry | undefined;
  /** The entry as it is now; undefined when deleted. */
  readonly current: TimeEntry | undefined;
  /** All postings of the entry so far, in any order. */
  readonly present: readonly Posting[];
  /** The stages of an entry (E19). */
  readonly attribute: (entry: TimeEntry) => readonly StageShare[];
}

type Line = PostingLabels & { readonly minutes: number };

/**
 * The postings to append: for each label whose balance is not what the entry wants, one that reverses the balance and one
 * with the wanted minutes. Nothing when all is posted already, so that a replay is harmless. Afterwards the entry's
 * postings sum to its minutes.
 *
 * A posting into a closed week is late. In a closed week the stages are frozen: what history says later no longer moves
 * minutes, and an author's correction of minutes, activity or project keeps the stages that the entry was closed with.
 * They are told anew only when the author changes what tells them: item, date, start and end, or the chosen stage.
 *
 * @param isClosed given a week's Monday; once true for a week, always true
 */
export function postEntry(entry: EntryToPost, isClosed: (week: EpochDay) => boolean): readonly Posting[] {
  const { entryId, posted, current, present } = entry;
  if (
    posted !== undefined &&
    current !== undefined &&
    isSameEntry(posted, current) &&
    isClosed(mondayOf(current.date))
  ) {
    return [];
  }
  const balances = foldLabels(present);
  const wanted = current === undefined ? [] : wantedLines(entry, current, balances, isClosed);
  const minutesByWanted = new Map(wanted.map((line) => [labelKey(line), line.minutes]));
  const minutesByPresent = new Map(balances.map((line) => [labelKey(line), line.minutes]));
  const reversed = balances.filter((line) => minutesByWanted.get(labelKey(line)) !== line.minutes);
  const missing = wanted.filter((line) => minutesByPresent.get(labelKey(line)) !== line.minutes);
  return [...reversed.map((line) => ({ ...line, minutes: -line.minutes })), ...missing].map((line) => ({
    ...line,
    entryId,
    isLate: isClosed(line.week),
  }));
}

function wantedLines(
  { contributor, posted, attribute }: EntryToPost,
  current: TimeEntry,
  balances: readonly Line[],
  isClosed: (week: EpochDay) => boolean,
): Line[] {
  const { project, activity, visibility, date } = current;
  const week = mondayOf(date);
  const keepsStages = posted !== undefined && isSameWork(posted, current) && isClosed(week);
  const shares = (keepsStages ? frozenShares(current, balances) : undefined) ?? attribute(current);
  return shares.map(({ stage, minutes }) => ({ contributor, project, stage, activity, week, visibility, minutes }));
}

/**
 * The stages as posted. Undefined for an entry with start and end whose minutes were corrected: how they split then is for
 * {@link EntryToPost.attribute} to say. Without start and end there is one stage.
 */
function frozenShares(current: TimeEntry, balances: readonly Line[]): readonly StageShare[] | undefined {
  const [first] = balances;
  if (current.interval === undefined && first !== undefined) return [{ stage: first.stage, minutes: current.minutes }];
  return balanceOf(balances) === current.minutes ? balances : undefined;
}
