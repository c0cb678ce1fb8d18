/** A draft as the ledger takes it. Pure. */
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { activity } from "@stageledger/core/contract/values";
import type { z } from "zod";
import { dateOf, type EntryDraft, stageOf } from "./entry-draft.ts";
import type { ReadyPanel } from "./panel-state.ts";

export interface EntryTime {
  readonly minutes: number;
  readonly date: string;
  readonly activity?: z.output<typeof activity>;
  /** Left out = as the item's history tells. */
  readonly stage?: string;
}

export function entryTime(
  draft: EntryDraft,
  minutes: number,
  { item, today }: Pick<ReadyPanel, "item" | "today">,
): EntryTime {
  const known = activity.safeParse(draft.activity).data;
  const stage = stageOf(draft, item.proposedStage);
  return {
    minutes,
    date: dateOf(draft.day, today),
    ...(known === undefined ? {} : { activity: known }),
    ...(stage === undefined ? {} : { stage }),
  };
}

/** What is otherwise than in the entry. */
export function changeOf(entry: EntryAnswer, time: EntryTime) {
  return {
    ...(time.minutes === entry.minutes ? {} : { minutes: time.minutes }),
    ...(time.date === entry.date ? {} : { date: time.date }),
    ...(time.activity === undefined || time.activity === entry.activity ? {} : { activity: time.activity }),
    ...((time.stage ?? null) === entry.stage ? {} : { stage: time.stage ?? null }),
  };
}
