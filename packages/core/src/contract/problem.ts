/** What a refused request is told (RFC 9457). Never a word of the request. */
import { z } from "zod";
import { timer } from "./timer.ts";

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** Stable: docs/errors.md explains each. */
  code: z.string(),
  detail: z.string(),
  /** What to do next. */
  next: z.string().optional(),
  /** Where in the request the first fault lies, such as `body.minutes`. */
  at: z.string().optional(),
  /** Names the request in the server's log. */
  requestId: z.string(),
  /** With TIMER_RUNNING: the one that runs. */
  timer: timer.optional(),
});

export type Problem = z.input<typeof problem>;
