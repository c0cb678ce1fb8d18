import type { EpochDay, TimeEntry } from "@stageledger/core";
import type { NamedItem, PostingRules } from "@stageledger/db";
import { statusOfStage } from "./status-of-stage.ts";

/** What somebody typed in, as an entry that only they can read unless they say otherwise. Pure. @throws StageledgerError STAGE_UNKNOWN */
export function newEntry(
  { itemId, project }: NamedItem,
  time: {
    readonly date: EpochDay;
    readonly minutes: number;
    readonly activity: string;
    /** A stage's name; undefined = the one that the item's history tells (E19). */
    readonly stage: string | undefined;
    /** Its author copies it to where colleagues can read it. */
    readonly isMirrored?: boolean | undefined;
  },
  { maps }: Pick<PostingRules, "maps">,
): TimeEntry {
  const { date, minutes, activity, stage, isMirrored } = time;
  return {
    itemId,
    project,
    date,
    minutes,
    activity,
    interval: undefined,
    chosenStatus: stage === undefined ? undefined : statusOfStage(stage, maps, project, date),
    visibility: isMirrored === true ? "known" : "private",
  };
}
