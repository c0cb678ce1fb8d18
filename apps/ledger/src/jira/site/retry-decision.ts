import type { AnsweredFailure, CallFailure } from "./call-failure.ts";
import { resetInstant, retryAfterMilliseconds } from "./rate-limit-instants.ts";

export type RetryDecision =
  | { readonly action: "retry"; readonly waitMilliseconds: number }
  /** A quota is used up: no call at all before the instant (epoch milliseconds), then this one again. */
  | { readonly action: "pause-all"; readonly until: number }
  /** `tryAgainAt` is the instant that the site named, when it named one. */
  | { readonly action: "give-up"; readonly tryAgainAt: number | undefined };

/** Tries of one call, the first included. */
const TRIES = 4;

/** Longest wait that a person before a terminal is asked to sit through; an hourly quota can ask for more. */
const LONGEST_WAIT_MILLISECONDS = 10 * 60_000;

const FIRST_WAIT_MILLISECONDS = 1000;
const JITTER_SHARE = 0.3;

/**
 * What to do after a failed attempt.
 *
 * - 429 that names a quota: pause all calls until the reset (or Retry-After, whichever is later).
 * - Other 429, 5xx and no answer: wait 1, 2, 4 s, at least Retry-After, and up to 30 % more by chance, so that callers
 *   that failed together do not come back together.
 * - Everything else, the fourth failure, and any wait above the longest: give up.
 *
 * @param attempt tries made so far, from 1
 * @param random gives a number from 0 up to 1
 * @param now epoch milliseconds
 * @param longestWaitMilliseconds ten minutes unless said
 */
export function retryDecision(
  failure: CallFailure,
  attempt: number,
  random: () => number,
  now: number,
  longestWaitMilliseconds: number = LONGEST_WAIT_MILLISECONDS,
): RetryDecision {
  const doubled = FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1);
  if (failure.kind === "unanswered") {
    return attempt < TRIES ? retryAfter(doubled, random) : { action: "give-up", tryAgainAt: undefined };
  }
  const asked = retryAfterMilliseconds(failure.retryAfter, now);
  const reset = quotaOf(failure) !== undefined ? resetInstant(failure.rateLimitReset, now) : undefined;
  const tryAgainAt = latest(reset, asked === undefined ? undefined : now + asked);
  const isTooLong = tryAgainAt !== undefined && tryAgainAt - now > longestWaitMilliseconds;
  if (!mayPass(failure) || attempt >= TRIES || isTooLong) return { action: "give-up", tryAgainAt };
  if (quotaOf(failure) !== undefined) return { action: "pause-all", until: Math.max(tryAgainAt ?? 0, now + doubled) };
  return retryAfter(Math.max(asked ?? 0, doubled), random);
}

function retryAfter(minimumMilliseconds: number, random: () => number): RetryDecision {
  return { action: "retry", waitMilliseconds: Math.round(minimumMilliseconds * (1 + JITTER_SHARE * random())) };
}

function mayPass(failure: AnsweredFailure): boolean {
  return failure.status === 429 || failure.status >= 500;
}

/** Whose quota is used up: the app's over all sites (jira-quota-global-based) or the site's (jira-quota-tenant-based). */
export function quotaOf(failure: AnsweredFailure): "app" | "site" | undefined {
  const reason = failure.rateLimitReason ?? "";
  if (failure.status !== 429 || !/quota/i.test(reason)) return undefined;
  // Of another name each site finds out for itself.
  return /global/i.test(reason) ? "app" : "site";
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}
