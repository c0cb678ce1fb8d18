/** A person's timer. It runs on the server, so that no closed window loses it, and it books nothing by itself. */
import { z } from "zod";
import { isMirrored } from "./entries.ts";
import { activity, date, instant, itemId, minutes, name } from "./values.ts";

export const startTimerRequest = z.strictObject({
  /** Lets go of a timer that runs on another item; without it a second start is refused, and says which one runs. */
  replace: z.boolean().default(false),
});

export const timer = z.strictObject({
  itemId: z.string(),
  itemKey: z.string(),
  startedAt: instant,
  isRunning: z.boolean(),
  elapsedSeconds: z.int().min(0),
  /** What stopping it would log. */
  proposedMinutes: minutes,
  /** The local date, in the tenant's zone, on which it was started. */
  proposedDate: date,
  /** It ran for so long that it was probably forgotten: it counts no further, and says its minutes only when told them. */
  isCapped: z.boolean(),
});

export type TimerAnswer = z.input<typeof timer>;

/** `now` is the server's clock, for a display that goes on counting. */
export const timerState = z.strictObject({ now: instant, timer: timer.nullable() });
/** `replaced` is what was let go, so that it can still be logged by hand. */
export const startedTimer = z.strictObject({ now: instant, timer, replaced: timer.nullable() });

export const logTimerRequest = z.strictObject({
  /** Which one its person saw: another one that runs meanwhile is not logged. Left out = whichever there is. */
  of: z.strictObject({ itemId, startedAt: instant }).optional(),
  /** Left out = the proposed ones; a capped timer has to be told. */
  minutes: minutes.optional(),
  date: date.optional(),
  activity: activity.default("other"),
  stage: name.optional(),
  isMirrored: isMirrored.optional(),
});
