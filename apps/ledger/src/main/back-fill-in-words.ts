/** Reads what is connected with progress shown, and says what came of it. */
import type { BackFilled, SyncContext } from "@stageledger/asana-sync";
import { wrap } from "../analyse/output/wrap.ts";
import type { Progress } from "../analyse/progress.ts";
import { counted } from "../analyse/words.ts";

const WIDTH = 80;

export async function showBackFill(
  backFill: typeof import("@stageledger/asana-sync").backFill,
  context: SyncContext,
  job: { readonly tenantId: string; readonly connectionId: string },
  signal: AbortSignal,
  progress: Progress,
  isFull: boolean,
): Promise<BackFilled> {
  let looked = 0;
  let waiting = 0;
  let most = 0;
  let shown: ReturnType<Progress["begin"]> | undefined;
  let isReading = false;
  const end = (): void => {
    shown?.end();
    shown = undefined;
  };
  try {
    return await backFill(
      context,
      job,
      signal,
      {
        onLook: (count) => {
          looked = count;
          if (shown !== undefined && !isReading) return;
          end();
          isReading = false;
          shown = progress.begin("looking for changes", undefined, "tasks", () => looked);
        },
        onWaiting: (count) => {
          waiting = count;
          if (!isReading && count === 0) return;
          if (!isReading) {
            end();
            isReading = true;
            most = count;
            shown = progress.begin("reading", most, "tasks", () => most - waiting);
          }
          if (count > most) {
            most = count;
            shown?.expect(most);
          }
        },
      },
      isFull,
    );
  } finally {
    end();
  }
}

export function backFillInWords({ tally, bells, unread, problemCode, hasTimeTracking }: BackFilled): string {
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
    ...(bells.parked === 0 ? [] : [`${counted(bells.parked, "bell")} parked; see why with: stageledger inbox list`]),
    ...(isIncomplete ? ["What to do: stageledger doctor. Go on with: stageledger connections sync"] : []),
  ];
  return `${lines.flatMap((line) => wrap(line, WIDTH, "")).join("\n")}\n`;
}
