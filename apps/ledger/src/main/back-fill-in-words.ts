/** What came of reading a workspace. Pure. */
import type { BackFilled } from "@stageledger/asana-sync";
import { counted } from "@stageledger/core/contract/figure-text";
import { wrap } from "../analyse/output/wrap.ts";

const WIDTH = 80;

export function backFillInWords({ tally, bells, unread, doubtful, problemCode, hasTimeTracking }: BackFilled): string {
  const { items, moves, entries, entriesLeftOut } = tally;
  const isIncomplete = problemCode !== undefined || bells.waiting > 0;
  const lines = [
    `Recorded: ${counted(items, "task")}, ${counted(moves, "move")}, ${counted(entries, "time entry", "time entries")}.`,
    ...(hasTimeTracking ? [] : ["This Asana plan has no time tracking: stages come in, hours do not. [ASANA_PLAN]"]),
    ...(entriesLeftOut === 0
      ? []
      : [
          `Left out: ${counted(entriesLeftOut, "time entry", "time entries")} of no minutes, of over 24 hours, too old, or of someone who erased theirs.`,
        ]),
    ...(bells.waiting === 0
      ? []
      : [`${counted(bells.thingsWaiting, "task")} could not be read yet. [${bells.waitingCodes.join(", ")}]`]),
    ...(problemCode === undefined
      ? []
      : [`Not read to the end${unread.length === 0 ? "" : `: ${unread.join(", ")}`}. [${problemCode}]`]),
    ...(doubtful === 0
      ? []
      : [
          `${counted(doubtful, "task")} cannot be read any more, and may have been deleted. If they were: stageledger connections sync --accept-deleted`,
        ]),
    ...(bells.parked === 0 ? [] : [`${counted(bells.parked, "bell")} parked; see why with: stageledger inbox list`]),
    ...(isIncomplete ? ["What to do: stageledger doctor. Go on with: stageledger connections sync"] : []),
  ];
  return `${lines.flatMap((line) => wrap(line, WIDTH, "")).join("\n")}\n`;
}
