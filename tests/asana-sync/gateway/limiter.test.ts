import { describe, expect, it } from "vitest";
import type { CallKind, Limiter, LimiterDials } from "../../../apps/asana-sync/src/asana/limiter.ts";
import { ProcessLimiter, processLimiters } from "../../../apps/asana-sync/src/asana/process-limiter.ts";
import { type Timeline, timeline } from "./timeline.ts";

const never = new AbortController().signal;
const DIALS: LimiterDials = { requestsAMinute: 100, slowRequestsAMinute: 10, readsInFlight: 5, writesInFlight: 2 };

interface Run {
  readonly begunAt: number[];
  readonly begunAs: number[];
  readonly most: Record<CallKind, number>;
}

/** Calls that all ask at once; each takes so many milliseconds of simulated time. */
function calls(limiter: Limiter, pacing: Timeline, kinds: readonly CallKind[], takesMilliseconds: number): Run {
  const run: Run = { begunAt: [], begunAs: [], most: { read: 0, write: 0 } };
  const inFlight = { read: 0, write: 0 };
  for (const [number, kind] of kinds.entries()) {
    void limiter.turn(kind, never).then(async (release) => {
      inFlight[kind] += 1;
      run.most[kind] = Math.max(run.most[kind], inFlight[kind]);
      run.begunAt.push(pacing.now());
      run.begunAs.push(number);
      await pacing.sleep(takesMilliseconds, never);
      inFlight[kind] -= 1;
      release();
    });
  }
  return run;
}

const reads = (count: number): CallKind[] => Array.from({ length: count }, () => "read");

describe("the limiter of a process", () => {
  it("never has more reads and writes in flight than Asana takes, and uses what it may", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing);
    const kinds = Array.from({ length: 300 }, (_, place): CallKind => (place % 3 === 0 ? "write" : "read"));
    const run = calls(limiter, pacing, kinds, 200);
    await pacing.run();
    expect(run.begunAt).toHaveLength(300);
    expect(run.most).toEqual({ read: 50, write: 15 });
  });

  it("begins no more calls in any 60 seconds than the rate", async () => {
    const pacing = timeline();
    const run = calls(new ProcessLimiter(pacing, DIALS), pacing, reads(350), 100);
    await pacing.run();
    expect(run.begunAt).toHaveLength(350);
    for (const from of run.begunAt) {
      expect(run.begunAt.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(100);
    }
    // Five at a time, 100 ms each: the first hundred are through after 2 s, and the 101st waits for the minute to end.
    expect(run.begunAt[99]).toBe(1900);
    expect(run.begunAt[100]).toBe(60_000);
    // The last fifty come in the fourth minute.
    expect(run.begunAt[349]).toBe(180_000 + 900);
  });

  it("frees the room of a call a minute after that call began, and not before", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, { ...DIALS, readsInFlight: 1000 });
    calls(limiter, pacing, reads(99), 0);
    await pacing.runUntil(500);
    calls(limiter, pacing, reads(1), 0);
    await pacing.runUntil(1000);
    const run = calls(limiter, pacing, reads(100), 0);
    await pacing.run();
    expect(run.begunAt.filter((at) => at === 60_000)).toHaveLength(99);
    expect(run.begunAt[99]).toBe(60_500);
  });

  it("keeps no alarm when nobody waits any more: it would keep the process from ending", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, DIALS);
    await limiter.pauseUntil(600_000);
    const stopping = new AbortController();
    const stopped = limiter.turn("read", stopping.signal);
    stopping.abort(new Error("enough"));
    await expect(stopped).rejects.toThrow("enough");
    await pacing.run();
    expect(pacing.now()).toBe(0);
  });

  it("gives turns in the order of asking, and lets reads pass a write that has to wait", async () => {
    const pacing = timeline();
    const run = calls(
      new ProcessLimiter(pacing, DIALS),
      pacing,
      ["write", "write", "write", "read", "write", "read"],
      10,
    );
    await pacing.run();
    expect(run.begunAs).toEqual([0, 1, 3, 5, 2, 4]);
  });

  it("makes everybody wait until a pause is over, also who asks only then", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, DIALS);
    await limiter.pauseUntil(30_000);
    const early = calls(limiter, pacing, reads(2), 10);
    await pacing.runUntil(20_000);
    const late = calls(limiter, pacing, ["write"], 10);
    await pacing.runUntil(29_999);
    expect([...early.begunAt, ...late.begunAt]).toEqual([]);
    await pacing.run();
    expect([...early.begunAt, ...late.begunAt]).toEqual([30_000, 30_000, 30_000]);
  });

  it("lets a later pause lengthen an earlier one, and an earlier one not shorten it", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, DIALS);
    await limiter.pauseUntil(10_000);
    const run = calls(limiter, pacing, reads(1), 10);
    await pacing.runUntil(5000);
    await limiter.pauseUntil(20_000);
    await limiter.pauseUntil(15_000);
    await pacing.run();
    expect(run.begunAt).toEqual([20_000]);
  });

  it("pauses a quarter of an hour at most", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, DIALS);
    await limiter.pauseUntil(10 ** 12);
    const run = calls(limiter, pacing, reads(1), 10);
    await pacing.run();
    expect(run.begunAt).toEqual([900_000]);
  });

  it("slows down at the second refusal within ten minutes, and takes refusals of one burst for one", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, DIALS);
    await limiter.pauseUntil(1000);
    await limiter.pauseUntil(1000);
    await limiter.pauseUntil(1000);
    await pacing.runUntil(2000);
    const first = calls(limiter, pacing, reads(20), 1);
    await pacing.runUntil(3000);
    expect(first.begunAt, "one refusal leaves the rate").toHaveLength(20);
    await pacing.runUntil(120_000);
    await limiter.pauseUntil(121_000);
    const second = calls(limiter, pacing, reads(25), 1);
    await pacing.runUntil(125_000);
    expect(second.begunAt, "ten a minute after two").toHaveLength(10);
    await pacing.run();
    // Ten in the minute from 121 s, ten in that from 181 s, and the last five from 241 s.
    expect(second.begunAt[24]).toBe(241_000);
  });

  it("tries the full rate again after an hour without a refusal", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, DIALS);
    await limiter.pauseUntil(1000);
    await pacing.runUntil(5000);
    await limiter.pauseUntil(6000);
    await pacing.runUntil(3_604_999);
    const slow = calls(limiter, pacing, reads(11), 0);
    await pacing.runUntil(3_604_999);
    expect(slow.begunAt).toHaveLength(10);
    await pacing.runUntil(3_605_000);
    const full = calls(limiter, pacing, reads(80), 0);
    await pacing.runUntil(3_605_000);
    expect(full.begunAt).toHaveLength(80);
  });

  it("takes refusals that lie eleven minutes apart for no slow plan", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, DIALS);
    await limiter.pauseUntil(1000);
    await pacing.runUntil(660_000);
    await limiter.pauseUntil(661_000);
    await pacing.runUntil(662_000);
    const run = calls(limiter, pacing, reads(50), 0);
    await pacing.runUntil(662_000);
    expect(run.begunAt).toHaveLength(50);
  });

  it("forgets who stopped waiting, and gives their turn to the next", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, { ...DIALS, readsInFlight: 1 });
    const release = await limiter.turn("read", never);
    const stopping = new AbortController();
    const stopped = limiter.turn("read", stopping.signal);
    const next = limiter.turn("read", never);
    stopping.abort(new Error("enough"));
    await expect(stopped).rejects.toThrow("enough");
    release();
    (await next)();
    await expect(limiter.turn("read", AbortSignal.abort(new Error("at once")))).rejects.toThrow("at once");
  });

  it("counts a place as given back once only", async () => {
    const pacing = timeline();
    const limiter = new ProcessLimiter(pacing, { ...DIALS, readsInFlight: 1 });
    const release = await limiter.turn("read", never);
    release();
    release();
    const run = calls(limiter, pacing, reads(3), 10);
    await pacing.run();
    expect(run.most.read).toBe(1);
  });

  it("is one for all who name the same token, and another for another token", () => {
    const limiters = processLimiters(timeline());
    expect(limiters.of("one")).toBe(limiters.of("one"));
    expect(limiters.of("one")).not.toBe(limiters.of("other"));
  });
});
