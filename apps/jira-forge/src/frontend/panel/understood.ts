import { durationText } from "@stageledger/core/contract/duration";
import { dateOf, type EntryDraft, stageOf } from "../../state/entry-draft.ts";
import type { ReadyPanel } from "../../state/panel-state.ts";
import type { Words } from "../../words/english.ts";
import { sayActivity } from "../../words/say-activity.ts";
import { sayDay } from "../../words/say-day.ts";

/** "1 h 30 min · Review · today": what Enter would make of an entry. Kind of work is told when it says something. Pure. */
export function understood(minutes: number, draft: EntryDraft, { item, today }: ReadyPanel, words: Words): string {
  const stage = stageOf(draft, item.proposedStage);
  return [
    durationText(minutes),
    ...(stage === undefined ? [] : [stage]),
    sayDay(dateOf(draft.day, today), today, words),
    ...(draft.activity === "other" ? [] : [sayActivity(draft.activity, words)]),
  ].join(" · ");
}

/** Of a new one, which may be copied as well. */
export function understoodNew(minutes: number, draft: EntryDraft, state: ReadyPanel, words: Words): string {
  const text = understood(minutes, draft, state, words);
  return state.mirror.isOn === true ? `${text} · ${words.mirror.alsoInJira}` : text;
}
