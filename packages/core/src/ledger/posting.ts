import type { EpochDay } from "../time/report-zone.ts";
import type { Visibility } from "./time-entry.ts";

/** What minutes are booked on. Two lines with the same labels are about the same thing. */
export interface PostingLabels {
  readonly contributor: string;
  readonly project: string;
  readonly stage: string;
  readonly activity: string;
  /** Monday of the ISO week that the entry's date lies in. */
  readonly week: EpochDay;
  readonly visibility: Visibility;
}

/** One signed line of the ledger. It is never changed: a correction reverses it by another one and posts again. */
export interface Posting extends PostingLabels {
  readonly entryId: string;
  /** Whole minutes, below 0 where the line reverses another. Never 0. */
  readonly minutes: number;
  /** Made after its week had closed. */
  readonly isLate: boolean;
}

/** The same text for the same labels, and only for them. */
export function labelKey({ contributor, project, stage, activity, week, visibility }: PostingLabels): string {
  return JSON.stringify([project, stage, activity, week, contributor, visibility]);
}

export function labelsOf({ contributor, project, stage, activity, week, visibility }: PostingLabels): PostingLabels {
  return { contributor, project, stage, activity, week, visibility };
}
