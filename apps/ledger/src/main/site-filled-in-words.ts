/** What came of reading a Jira site. Pure. */

import { counted } from "@stageledger/core/contract/figure-text";
import { wrap } from "../analyse/output/wrap.ts";
import type { JiraBackFilled } from "../jira-sync/connect/back-fill.ts";

const WIDTH = 80;

export function siteFilledInWords({ tally, bells, doubtful, problemCode }: JiraBackFilled): string {
  const { items, moves, entries } = tally;
  const isIncomplete = problemCode !== undefined || bells.waiting > 0;
  const lines = [
    `Recorded: ${counted(items, "issue")}, ${counted(moves, "move")}; on them lie ${counted(entries, "time entry", "time entries")}.`,
    ...(bells.waiting === 0
      ? []
      : [`${counted(bells.thingsWaiting, "issue")} could not be read yet. [${bells.waitingCodes.join(", ")}]`]),
    ...(problemCode === undefined ? [] : [`Not read to the end. [${problemCode}]`]),
    ...(doubtful === 0
      ? []
      : [
          `${counted(doubtful, "issue")} cannot be read any more, and may have been deleted. If they were: stageledger connections sync --accept-deleted`,
        ]),
    ...(bells.parked === 0 ? [] : [`${counted(bells.parked, "bell")} parked; see why with: stageledger inbox list`]),
    ...(isIncomplete ? ["What to do: stageledger doctor. Go on with: stageledger connections sync"] : []),
  ];
  return `${lines.flatMap((line) => wrap(line, WIDTH, "")).join("\n")}\n`;
}
