import { describe, expect, test } from "vitest";
import type { AnsweredFailure, CallFailure } from "../../../apps/ledger/src/jira/site/call-failure.ts";
import { retryDecision } from "../../../apps/ledger/src/jira/site/retry-decision.ts";

const NOW = Date.parse("2026-11-02T09:00:00Z");

function answered(status: number, headers: Partial<AnsweredFailure> = {}): AnsweredFailure {
  return {
    kind: "answered",
    status,
    body: "",
    retryAfter: null,
    rateLimitReason: null,
    rateLimitReset: null,
    loginRefused: false,
    location: null,
    ...headers,
  };
}

const unanswered: CallFailure = { kind: "unanswered", timedOut: false, cause: undefined };
const burst = { rateLimitReason: "jira-burst-based" };
const quota = { rateLimitReason: "jira-quota-tenant-based" };

describe("retryDecision: waits", () => {
  test.each<[string, CallFailure, number, number, number]>([
    ["1 s after the first failure", answered(503), 1, 0, 1_000],
    ["2 s after the second", answered(503), 2, 0, 2_000],
    ["4 s after the third", answered(503), 3, 0, 4_000],
    ["up to 30 % more by chance: half of it", answered(503), 2, 0.5, 2_300],
    ["Retry-After in seconds, when that is longer", answered(429, { retryAfter: "7", ...burst }), 1, 0, 7_000],
    ["never less than Retry-After", answered(429, { retryAfter: "7" }), 2, 0.999_999, 9_100],
    ["the doubled wait, when Retry-After is shorter", answered(429, { retryAfter: "1" }), 3, 0, 4_000],
    ["Retry-After as a date", answered(429, { retryAfter: "Mon, 02 Nov 2026 09:00:20 GMT" }), 1, 0, 20_000],
    ["as usual when the date has passed", answered(429, { retryAfter: "Mon, 02 Nov 2026 08:59:00 GMT" }), 1, 0, 1_000],
    ["as usual when Retry-After is unreadable", answered(429, { retryAfter: "soon" }), 1, 0, 1_000],
    ["Retry-After of a 503", answered(503, { retryAfter: "30" }), 1, 0, 30_000],
    ["after a network error", unanswered, 1, 0, 1_000],
    ["exactly ten minutes", answered(429, { retryAfter: "600" }), 1, 0, 600_000],
  ])("%s", (_name, failure, attempt, random, waitMilliseconds) => {
    expect(retryDecision(failure, attempt, () => random, NOW)).toEqual({ action: "retry", waitMilliseconds });
  });
});

describe("retryDecision: a used-up quota pauses all calls", () => {
  test.each<[string, Partial<AnsweredFailure>, string]>([
    ["until the reset", { rateLimitReset: "2026-11-02T09:05:00Z" }, "2026-11-02T09:05:00Z"],
    ["until a reset without seconds", { rateLimitReset: "2026-11-02T09:05Z" }, "2026-11-02T09:05:00Z"],
    ["until a reset in epoch seconds", { rateLimitReset: "1793610060" }, "2026-11-02T09:01:00Z"],
    ["until a reset in epoch milliseconds", { rateLimitReset: "1793610060500" }, "2026-11-02T09:01:00.500Z"],
    ["until a reset in seconds from now", { rateLimitReset: "90" }, "2026-11-02T09:01:30Z"],
    ["for Retry-After when no reset is named", { retryAfter: "45" }, "2026-11-02T09:00:45Z"],
    ["for the later of both", { rateLimitReset: "30", retryAfter: "45" }, "2026-11-02T09:00:45Z"],
    ["for a second when neither is named", {}, "2026-11-02T09:00:01Z"],
  ])("%s", (_name, headers, until) => {
    const decision = retryDecision(answered(429, { ...quota, ...headers }), 1, () => 0.5, NOW);
    expect(decision).toEqual({ action: "pause-all", until: Date.parse(until) });
  });
});

describe("retryDecision: gives up", () => {
  test.each<[string, CallFailure, number, string | undefined]>([
    ["on 400", answered(400), 1, undefined],
    ["on 401", answered(401), 1, undefined],
    ["on 403", answered(403), 1, undefined],
    ["on 404", answered(404), 1, undefined],
    ["on a 200 of somebody not signed in", answered(200, { loginRefused: true }), 1, undefined],
    ["after four tries", answered(503), 4, undefined],
    [
      "after four tries, with a date that has passed: now",
      answered(429, { retryAfter: "Mon, 02 Nov 2026 08:59:00 GMT" }),
      4,
      "2026-11-02T09:00:00Z",
    ],
    ["after four tries without an answer", unanswered, 4, undefined],
    [
      "after four tries of a quota, saying when",
      answered(429, { ...quota, retryAfter: "60" }),
      4,
      "2026-11-02T09:01:00Z",
    ],
    [
      "on a reset above ten minutes",
      answered(429, { ...quota, rateLimitReset: "2026-11-02T09:10:01Z" }),
      1,
      "2026-11-02T09:10:01Z",
    ],
    ["on a Retry-After above ten minutes", answered(429, { retryAfter: "601" }), 1, "2026-11-02T09:10:01Z"],
  ])("%s", (_name, failure, attempt, at) => {
    const tryAgainAt = at === undefined ? undefined : Date.parse(at);
    expect(retryDecision(failure, attempt, () => 0.5, NOW)).toEqual({ action: "give-up", tryAgainAt });
  });
});
