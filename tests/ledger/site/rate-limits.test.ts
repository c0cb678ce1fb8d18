import { describe, expect, test, vi } from "vitest";
import type { Pacing } from "../../../apps/ledger/src/jira/site/pacing.ts";
import type { Fault } from "../../simulators/jira/fault.ts";
import { aJiraSite, issuesThatMoved } from "../../support/jira-site-builder.ts";
import { codedRejection } from "../../support/rejection.ts";
import { aSiteReading } from "../../support/site-reading.ts";

// The virtual clock starts at 09:00:00 UTC on 2 November 2026, and its chance is 0.5 here: 15 % are added to each wait.
const HALF = { random: 0.5 };

function tooMany(headers: Record<string, string>): Fault {
  return { kind: "answer", status: 429, headers };
}

describe("a site that limits its callers", () => {
  test("is asked again after Retry-After, doubling, and then read as if nothing had been", async () => {
    const reading = await aSiteReading(aJiraSite(), HALF);
    reading.jira.disturb("bulkfetch", tooMany({ "retry-after": "2", "ratelimit-reason": "jira-burst-based" }), 3);

    const summary = await reading.read();

    // 2 s × 1.15; 2 s × 1.15; 4 s × 1.15.
    expect(reading.pacing.waits).toEqual([2_300, 2_300, 4_600]);
    expect(reading.sink.of("waiting")).toEqual([[2_300], [2_300], [4_600]]);
    expect(summary.issueCount).toBe(1);
  });

  test("is given up after four tries, saying when to try again", async () => {
    const reading = await aSiteReading(aJiraSite(), HALF);
    reading.jira.disturb("search/jql", tooMany({ "retry-after": "20" }), 100);

    const error = await codedRejection(reading.read());

    expect(error.code).toBe("SITE_RATE_LIMITED");
    // Three waits of 23 s: it is 09:01:09, and 20 s later is 09:01:29.
    expect(reading.pacing.waits).toEqual([23_000, 23_000, 23_000]);
    expect(error.next).toContain("after 2026-11-02 09:02 UTC");
    expect(reading.jira.requests.filter(({ path }) => path.endsWith("search/jql"))).toHaveLength(4);
  });

  test("whose quota is used up is left alone until the reset", async () => {
    const reading = await aSiteReading(aJiraSite(), HALF);
    reading.jira.disturb(
      "search/jql",
      tooMany({
        "ratelimit-reason": "jira-quota-global-based",
        "x-ratelimit-reset": "2026-11-02T09:04:30Z",
        "retry-after": "5",
      }),
    );
    const summary = await reading.read();
    expect(reading.pacing.waits).toEqual([270_000]);
    expect(summary.issueCount).toBe(1);
  });

  test("whose quota is used up gets no other call meanwhile", async () => {
    const issues = issuesThatMoved(2, 4);
    const reading = await aSiteReading(aJiraSite({ issues }), { searchPageSize: 1, changelogPageSize: 2 });
    // The second search is refused while the first changelog page is on its way.
    reading.jira.disturb("bulkfetch", { kind: "slow", milliseconds: 60 });
    reading.jira.disturb("search/jql", { kind: "slow", milliseconds: 0 });
    reading.jira.disturb(
      "search/jql",
      tooMany({ "ratelimit-reason": "jira-quota-tenant-based", "ratelimit-reset": "120" }),
    );
    let now = Date.parse("2026-11-02T09:00:00Z");
    const asleep: { milliseconds: number; wake: () => void }[] = [];
    const pacing: Pacing = {
      now: () => now,
      random: () => 0,
      sleep: (milliseconds) => new Promise((wake) => asleep.push({ milliseconds, wake })),
    };

    const summary = reading.read({ pacing });
    await vi.waitFor(() => expect(asleep).toHaveLength(2));
    const asked = reading.jira.requests.map(({ path }) => path);
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(asleep.map(({ milliseconds }) => milliseconds)).toEqual([120_000, 120_000]);
    expect(asked.filter((path) => path.endsWith("bulkfetch"))).toHaveLength(1);
    expect(reading.jira.requests).toHaveLength(asked.length);

    now += 120_000;
    for (const { wake } of asleep) wake();
    expect((await summary).historyCount).toBe(8);
  });

  test("whose quota comes back too late is not waited for", async () => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb(
      "search/jql",
      tooMany({ "ratelimit-reason": "jira-quota-global-based", "x-ratelimit-reset": "2026-11-02T09:47:10Z" }),
    );
    const error = await codedRejection(reading.read());
    expect(error.code).toBe("SITE_RATE_LIMITED");
    expect(error.next).toContain("after 2026-11-02 09:48 UTC");
    expect(reading.pacing.waits).toEqual([]);
  });

  test("is not asked for pages when it limits even the count", async () => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb("approximate-count", tooMany({ "retry-after": "3600" }));
    expect(await codedRejection(reading.read())).toMatchObject({ code: "SITE_RATE_LIMITED" });
  });
});

describe("a site in trouble", () => {
  test.each<[string, Fault, number[]]>([
    ["503", { kind: "answer", status: 503 }, [1_000]],
    ["503 with Retry-After", { kind: "answer", status: 503, headers: { "retry-after": "12" } }, [12_000]],
    ["a proxy's 502 page", { kind: "answer", status: 502, body: "<h1>Bad Gateway</h1>" }, [1_000]],
    ["a page cut off in its middle", { kind: "cut" }, [1_000]],
    ["a dropped connection", { kind: "drop" }, [1_000]],
  ])("is asked again after %s", async (_case, fault, waits) => {
    const reading = await aSiteReading(aJiraSite({ issues: issuesThatMoved(3, 2) }));
    reading.jira.disturb("bulkfetch", fault);
    const summary = await reading.read();
    expect(reading.pacing.waits).toEqual(waits);
    expect(summary).toMatchObject({ issueCount: 3, historyCount: 6 });
  });

  test("is asked again after an answer that takes too long", async () => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb("bulkfetch", { kind: "slow", milliseconds: 2_000 });
    const summary = await reading.read({ timeoutMilliseconds: 300 });
    expect(reading.pacing.waits).toEqual([1_000]);
    expect(summary.issueCount).toBe(1);
  });
});
