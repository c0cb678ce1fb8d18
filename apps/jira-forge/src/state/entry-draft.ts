/** What a person is about to log, before it is sent. Pure. */

import { durationText } from "@stageledger/core/contract/duration";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { dayBefore } from "./local-day.ts";

export interface EntryDraft {
  readonly text: string;
  readonly activity: string;
  /** A stage's name; {@link BY_HISTORY}; undefined = whatever is proposed for the day. */
  readonly stage: string | undefined;
  readonly day: Day;
  /** What a press of Enter was answered with before anything was sent; gone with the next change. */
  readonly remark?: "missing" | "new-day" | undefined;
}

/** A date, or one that moves with the clock. */
export type Day = "today" | "yesterday" | (string & {});

/** The stage that the history tells. No stage is named so. */
export const BY_HISTORY = "";

export const EMPTY_DRAFT: EntryDraft = { text: "", activity: "other", stage: undefined, day: "today" };

export function draftOf({ minutes, activity, stage, date }: EntryAnswer, today: string): EntryDraft {
  return { text: durationText(minutes), activity, stage: stage ?? BY_HISTORY, day: dayOf(date, today) };
}

export function dateOf(day: Day, today: string): string {
  if (day === "today") return today;
  return day === "yesterday" ? dayBefore(today) : day;
}

export function dayOf(date: string, today: string): Day {
  if (date === today) return "today";
  return date === dayBefore(today) ? "yesterday" : date;
}

/** The stage that is meant; undefined = as the history tells. The item's stage of now is proposed for today only. */
export function stageOf({ stage, day }: EntryDraft, proposed: string | null): string | undefined {
  const meant = stage ?? (day === "today" ? proposed : null);
  return meant === null || meant === BY_HISTORY ? undefined : meant;
}
