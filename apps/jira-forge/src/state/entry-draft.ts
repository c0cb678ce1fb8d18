/** What a person is about to log, before it is sent. Pure. */

import { durationText } from "@stageledger/core/contract/duration";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { dayBefore } from "./local-day.ts";

export interface EntryDraft {
  /** What stands in the field. */
  readonly text: string;
  readonly filling: Filling;
  readonly activity: string;
  /** A stage's name; {@link BY_HISTORY}; undefined = whatever is proposed for the day. */
  readonly stage: string | undefined;
  readonly day: Day;
  /** What a press of Enter was answered with before anything was sent; gone with the next change. */
  readonly remark?: "missing" | "new-day" | undefined;
}

/**
 * What the app has written into the field. What a person types there is theirs: it is told to the app and never written back,
 * because on the way to Jira and back it could come to stand before what they typed next.
 */
interface Filling {
  readonly text: string;
  /** How many went before: with another number it is another field. */
  readonly number: number;
}

/** A date, or one that moves with the clock. */
export type Day = "today" | "yesterday" | (string & {});

/** The stage that the history tells. No stage is named so. */
export const BY_HISTORY = "";

export const EMPTY_DRAFT: EntryDraft = {
  text: "",
  filling: { text: "", number: 0 },
  activity: "other",
  stage: undefined,
  day: "today",
};

/** With that text in the field, whatever stood there. */
export function filled<D extends Pick<EntryDraft, "text" | "filling">>(draft: D, text: string): D {
  return { ...draft, text, filling: { text, number: draft.filling.number + 1 } };
}

export function draftOf({ minutes, activity, stage, date }: EntryAnswer, today: string): EntryDraft {
  const draft = { ...EMPTY_DRAFT, activity, stage: stage ?? BY_HISTORY, day: dayOf(date, today) };
  return filled(draft, durationText(minutes));
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
