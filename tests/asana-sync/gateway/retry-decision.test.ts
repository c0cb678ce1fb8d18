import { describe, expect, it } from "vitest";
import type { CallFailure } from "../../../apps/asana-sync/src/asana/call-failure.ts";
import { retryDecision } from "../../../apps/asana-sync/src/asana/retry-decision.ts";

/** 2026-09-07T10:00:00Z */
const NOW = Date.UTC(2026, 8, 7, 10);
const READ = { isRepeatable: true };
const answered = (status: number, retryAfter?: string): CallFailure => ({ kind: "answered", status, retryAfter });
const cut: CallFailure = { kind: "unanswered", timedOut: false, reason: "ECONNRESET" };
const late: CallFailure = { kind: "unanswered", timedOut: true, reason: undefined };

describe("what happens after a failed call", () => {
  it("pauses everybody until Retry-After is over when Asana limits the token", () => {
    expect(retryDecision(answered(429, "30"), READ, 1, 0.9, NOW)).toEqual({ action: "pause-all", until: NOW + 30_000 });
    const date = "Mon, 07 Sep 2026 10:01:05 GMT";
    expect(retryDecision(answered(429, date), READ, 1, 0, NOW)).toEqual({ action: "pause-all", until: NOW + 65_000 });
    expect(retryDecision(answered(429, "0"), READ, 1, 0, NOW)).toEqual({ action: "pause-all", until: NOW });
  });

  it("pauses for 1, 2, 4, 8 s where Retry-After is missing or unreadable", () => {
    const waits = [1, 2, 3, 4].map((attempt) => retryDecision(answered(429, "soon"), READ, attempt, 0.5, NOW));
    expect(waits).toEqual([1000, 2000, 4000, 8000].map((wait) => ({ action: "pause-all", until: NOW + wait })));
  });

  it("also pauses for a write: a call that was refused was not carried out", () => {
    const decision = retryDecision(answered(429, "3"), { isRepeatable: false }, 1, 0, NOW);
    expect(decision).toEqual({ action: "pause-all", until: NOW + 3000 });
  });

  it("gives up at the fifth refusal and above five minutes, and says until when nobody should ask", () => {
    expect(retryDecision(answered(429, "30"), READ, 4, 0, NOW).action).toBe("pause-all");
    const fifth = { action: "give-up", pauseUntil: NOW + 30_000 };
    expect(retryDecision(answered(429, "30"), READ, 5, 0, NOW)).toEqual(fifth);
    expect(retryDecision(answered(429, "300"), READ, 1, 0, NOW).action).toBe("pause-all");
    const long = { action: "give-up", pauseUntil: NOW + 301_000 };
    expect(retryDecision(answered(429, "301"), READ, 1, 0, NOW)).toEqual(long);
  });

  it.each([
    ["500", answered(500)],
    ["503", answered(503)],
    ["a cut connection", cut],
    ["an answer that came too late", late],
  ])("waits 1, 2, 4, 8 s after %s, up to 30 %% more by chance, and gives up at the fifth", (_, failure) => {
    const waits = [1, 2, 3, 4].map((attempt) => retryDecision(failure, READ, attempt, 0, NOW));
    expect(waits).toEqual([1000, 2000, 4000, 8000].map((wait) => ({ action: "retry", waitMilliseconds: wait })));
    // 4 s and half of 30 % of it.
    expect(retryDecision(failure, READ, 3, 0.5, NOW)).toEqual({ action: "retry", waitMilliseconds: 4600 });
    expect(retryDecision(failure, READ, 5, 0, NOW)).toEqual({ action: "give-up", pauseUntil: undefined });
  });

  it("waits at least as long as a 503 asks, and gives up where that is above five minutes", () => {
    expect(retryDecision(answered(503, "20"), READ, 1, 0, NOW)).toEqual({ action: "retry", waitMilliseconds: 20_000 });
    expect(retryDecision(answered(503, "400"), READ, 1, 0, NOW).action).toBe("give-up");
  });

  it("does not do twice what must be done once: without an answer it may have been done", () => {
    for (const failure of [answered(502), cut, late]) {
      expect(retryDecision(failure, { isRepeatable: false }, 1, 0, NOW).action).toBe("give-up");
    }
  });

  it.each([400, 401, 402, 403, 404, 410, 412, 451])("gives up at once at %i", (status) => {
    expect(retryDecision(answered(status, "5"), READ, 1, 0, NOW)).toEqual({
      action: "give-up",
      pauseUntil: undefined,
    });
  });
});
