/** What a timer says at an instant: how long, and what it would log. Pure. */
import { dayText, type ReportZone } from "@stageledger/core";
import type { TimerAnswer } from "@stageledger/core/contract/timer";
import type { findTimer, Timer } from "@stageledger/db";

export type FoundTimer = NonNullable<Awaited<ReturnType<typeof findTimer>>>;

/** A timer that has run for so long was forgotten: over night, or over lunch of a long day. */
const CAP_MILLISECONDS = 10 * 3_600_000;
const MINUTE_MILLISECONDS = 60_000;
const SECOND_MILLISECONDS = 1000;

/** Milliseconds of all its runs, at most the cap. */
function elapsedBy(now: number, { runningSince, elapsedBefore }: Timer): number {
  const running = runningSince === undefined ? 0 : Math.max(0, now - runningSince);
  return Math.min(CAP_MILLISECONDS, elapsedBefore + running);
}

export function timerAnswer(found: FoundTimer, zone: ReportZone, now: number): TimerAnswer {
  const elapsed = elapsedBy(now, found);
  return {
    itemId: found.itemId,
    itemKey: found.itemKey,
    startedAt: found.startedAt,
    isRunning: found.runningSince !== undefined,
    elapsedSeconds: Math.floor(elapsed / SECOND_MILLISECONDS),
    proposedMinutes: Math.max(1, Math.round(elapsed / MINUTE_MILLISECONDS)),
    proposedDate: dayText(zone.dayOf(found.startedAt)),
    isCapped: elapsed >= CAP_MILLISECONDS,
  };
}

export function paused(timer: Timer, now: number): Timer {
  return { ...timer, runningSince: undefined, elapsedBefore: elapsedBy(now, timer) };
}

/** A timer that runs already goes on as it does. */
export function resumed(timer: Timer, now: number): Timer {
  return { ...timer, runningSince: timer.runningSince ?? now };
}

export function started(itemId: string, now: number): Timer {
  return { itemId, startedAt: now, runningSince: now, elapsedBefore: 0 };
}
