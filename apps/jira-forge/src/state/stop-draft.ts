import { durationText } from "@stageledger/core/contract/duration";
import type { TimerAnswer } from "@stageledger/core/contract/timer";
import { dayOf, EMPTY_DRAFT, type EntryDraft, filled } from "./entry-draft.ts";

/** What stopping a timer would log. One that was forgotten proposes nothing: whoever knows says how long it was. */
export function stopDraft({ isCapped, proposedMinutes, proposedDate }: TimerAnswer, today: string): EntryDraft {
  return filled({ ...EMPTY_DRAFT, day: dayOf(proposedDate, today) }, isCapped ? "" : durationText(proposedMinutes));
}
