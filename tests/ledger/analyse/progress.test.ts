import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { progressOn } from "../../../apps/ledger/src/analyse/progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream that remembers what it was sent, and progress on it by the test's clock. */
function aProgress(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY });
  const sent = (): string => String(stream.read() ?? "");
  return { progress: progressOn(stream, () => Date.now()), sent };
}

describe("off a terminal progress is a plain line every five seconds", () => {
  test("with how much of how much, and the rate", () => {
    const { progress, sent } = aProgress(false);
    let bytes = 0;
    const work = progress.begin("reading in.jsonl", 300_000_000, "bytes", () => bytes);
    vi.advanceTimersByTime(4_900);
    expect(sent()).toBe("");
    bytes = 150_000_000;
    vi.advanceTimersByTime(100);
    expect(sent()).toBe("reading in.jsonl: 150.0 MB of 300.0 MB (50 %), 30.0 MB/s\n");
    bytes = 225_000_000;
    vi.advanceTimersByTime(5_000);
    expect(sent()).toBe("reading in.jsonl: 225.0 MB of 300.0 MB (75 %), 22.5 MB/s\n");
    work.end();
    vi.advanceTimersByTime(20_000);
    expect(sent()).toBe("");
  });

  test("and for issues of a site as many as are expected by then", () => {
    const { progress, sent } = aProgress(false);
    let issues = 0;
    const work = progress.begin("reading your-site.atlassian.net", undefined, "issues", () => issues);
    issues = 500;
    vi.advanceTimersByTime(5_000);
    work.expect(2_000);
    vi.advanceTimersByTime(5_000);
    work.end();
    expect(sent()).toBe(
      "reading your-site.atlassian.net: 500 issues, 100 issues/s\n" +
        "reading your-site.atlassian.net: 500 issues of 2,000 issues (25 %), 50 issues/s\n",
    );
  });

  test("a note is a line of its own", () => {
    const { progress, sent } = aProgress(false);
    progress.note("the site asks to wait 3 s");
    expect(sent()).toBe("the site asks to wait 3 s\n");
  });
});

describe("on a terminal it is a bar", () => {
  test("with the share, the time left, the amount and the rate", () => {
    const { progress, sent } = aProgress(true);
    let bytes = 0;
    const work = progress.begin("reading in.jsonl", 200_000_000, "bytes", () => bytes);
    for (let second = 1; second <= 5; second += 1) {
      bytes = second * 20_000_000;
      vi.advanceTimersByTime(1_000);
    }
    const shown = sent();
    expect(shown).toMatch(/50 % · \d+s left · reading in\.jsonl 100\.0 MB, 20\.0 MB\/s/);
    work.end();
  });

  test("without a share where nobody knows the whole, as with a pipe", () => {
    const { progress, sent } = aProgress(true);
    const work = progress.begin("reading standard input", undefined, "bytes", () => 30_000_000);
    vi.advanceTimersByTime(2_000);
    work.end();
    const shown = sent();
    expect(shown).toContain("reading standard input 30.0 MB, 15.0 MB/s");
    expect(shown).not.toContain("%");
  });
});
