/** How a function asks Forge to call it again with the same event. Forge does so four times; the hourly comparison does the rest. */
import { InvocationError, InvocationErrorCode } from "@forge/events";
import { z } from "zod";

const WAITS_SECONDS = [60, 180, 600] as const;
/** Forge waits no longer. */
const LONGEST_WAIT_SECONDS = 900;

const retried = z.object({ retryContext: z.object({ retryCount: z.int().min(0) }) });

/**
 * To be returned, not thrown: only then does Forge call again.
 *
 * @param event that the function was called with: it says how often it was tried
 * @param atLeastSeconds that the ledger asked for
 */
export function tryAgain(event: unknown, atLeastSeconds = 0): InvocationError {
  const tries = retried.safeParse(event).data?.retryContext.retryCount ?? 0;
  const wait = WAITS_SECONDS[tries] ?? LONGEST_WAIT_SECONDS;
  return new InvocationError({
    retryAfter: Math.min(Math.max(wait, atLeastSeconds), LONGEST_WAIT_SECONDS),
    retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
  });
}
