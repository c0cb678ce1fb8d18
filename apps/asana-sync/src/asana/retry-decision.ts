/** From a failed call to what happens next. Pure. */
import type { CallFailure } from "./call-failure.ts";

export type RetryDecision =
  | { readonly action: "retry"; readonly waitMilliseconds: number }
  /** Asana limits the token: no call at all before the instant (epoch milliseconds), then this one again. */
  | { readonly action: "pause-all"; readonly until: number }
  /** `pauseUntil` is when Asana may be asked again, where it said so. */
  | { readonly action: "give-up"; readonly pauseUntil: number | undefined };

/** Tries of one call, the first included. */
const TRIES = 5;
/** Longest wait inside one call. What takes longer is given up, and asked for again by whoever called. */
const LONGEST_WAIT_MILLISECONDS = 5 * 60_000;
const FIRST_WAIT_MILLISECONDS = 1000;
const JITTER_SHARE = 0.3;

/**
 * - 429: a pause for every call of the token until Retry-After is over; without that header 1, 2, 4, 8 s.
 * - 5xx and no answer: again after 1, 2, 4, 8 s, at least Retry-After, and up to 30 % more by chance, so that calls that failed
 *   together do not come back together. Not so where a second try could do the thing twice.
 * - All else, the fifth failure, and a wait above 5 minutes: give up.
 *
 * @param call isRepeatable: false where an attempt without an answer may have been carried out
 * @param attempt tries made so far, from 1
 * @param random a number from 0 up to 1
 * @param now epoch milliseconds
 */
export function retryDecision(
  failure: CallFailure,
  { isRepeatable }: { readonly isRepeatable: boolean },
  attempt: number,
  random: number,
  now: number,
): RetryDecision {
  const doubled = FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1);
  const asked = failure.kind === "answered" ? retryAfterMilliseconds(failure.retryAfter, now) : undefined;
  const minimum = Math.max(doubled, asked ?? 0);
  const isLast = attempt >= TRIES || minimum > LONGEST_WAIT_MILLISECONDS;
  if (failure.kind === "answered" && failure.status === 429) {
    const until = now + (asked ?? doubled);
    return isLast ? { action: "give-up", pauseUntil: until } : { action: "pause-all", until };
  }
  const mayPass = failure.kind === "unanswered" || failure.status >= 500;
  if (!mayPass || !isRepeatable || isLast) return { action: "give-up", pauseUntil: undefined };
  return { action: "retry", waitMilliseconds: Math.round(minimum * (1 + JITTER_SHARE * random)) };
}

/** Whole seconds or an HTTP date (RFC 9110); undefined when there is none or it cannot be read. */
function retryAfterMilliseconds(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - now);
}
