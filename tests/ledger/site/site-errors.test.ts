import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../simulators/jira/fault.ts";
import { aJiraSite, issuesThatMoved } from "../../support/jira-site-builder.ts";
import { codedRejection, everythingIn } from "../../support/rejection.ts";
import { aSiteReading, EMAIL, TOKEN } from "../../support/site-reading.ts";

describe("an error that a reader can act on", () => {
  test("401 names the variables and where to make a token", async () => {
    const reading = await aSiteReading(aJiraSite());
    const error = await codedRejection(reading.read({ credentials: { email: EMAIL, token: "wrong" } }));
    expect(error.code).toBe("SITE_UNAUTHORISED");
    expect(error.next).toContain("JIRA_EMAIL");
    expect(error.next).toContain("JIRA_API_TOKEN");
    expect(error.next).toContain("https://id.atlassian.com/manage-profile/security/api-tokens");
    expect(reading.pacing.waits).toEqual([]);
  });

  test("an expired token is found on a public site too, which answers 200 with empty lists", async () => {
    const reading = await aSiteReading(aJiraSite(), { isPublic: true });
    const error = await codedRejection(reading.read({ credentials: { email: EMAIL, token: "expired" } }));
    expect(error.code).toBe("SITE_UNAUTHORISED");
    expect(reading.sink.calls).toEqual([]);
  });

  test("a refused JQL shows what Jira says about it", async () => {
    const reading = await aSiteReading(aJiraSite());
    const error = await codedRejection(reading.read({ jql: "project = NOPE" }));
    expect(error.code).toBe("SITE_BAD_JQL");
    expect(error.message).toContain("The value 'NOPE' does not exist for the field 'project'.");
  });

  test("an unbounded JQL is refused with the hint to restrict it", async () => {
    const reading = await aSiteReading(aJiraSite());
    const error = await codedRejection(reading.read({ jql: "order by created" }));
    expect(error).toMatchObject({ code: "SITE_BAD_JQL", message: expect.stringContaining("Unbounded JQL") });
  });

  test("Jira's messages come as one short line without control characters", async () => {
    const reading = await aSiteReading(aJiraSite());
    const message = `\u001b[31mred\u0007\r\n${"x".repeat(600)}`;
    const body = { errorMessages: [message], errors: { jql: "never shown" } };
    reading.jira.disturb("search/jql", { kind: "answer", status: 400, body });
    const error = await codedRejection(reading.read());
    // 500 characters of "[31mred xxx…", after the escape and the bell are gone.
    expect(error.message).toBe(`Jira refuses the JQL. Jira says: [31mred ${"x".repeat(492)}…`);
  });

  test("a port where nobody listens", async () => {
    const reading = await aSiteReading(aJiraSite());
    await reading.jira.close();
    const error = await codedRejection(reading.read());
    expect(error.code).toBe("SITE_UNREACHABLE");
    expect(error.message).toContain("in 4 tries: ECONNREFUSED");
    // Status and field are asked side by side, so both wait; the one that ends first ends the reading.
    expect(reading.pacing.waits.filter((milliseconds) => milliseconds === 4_000).length).toBeGreaterThanOrEqual(1);
  });

  test("a site that never answers in time", async () => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb("status", { kind: "slow", milliseconds: 1_000 }, 4);
    const error = await codedRejection(reading.read({ timeoutMilliseconds: 80 }));
    expect(error).toMatchObject({
      code: "SITE_UNREACHABLE",
      message: expect.stringContaining("did not answer in time"),
    });
  });

  test.each<[string, string, Fault, string, string]>([
    ["403", "bulkfetch", { kind: "answer", status: 403 }, "SITE_FORBIDDEN", "Browse projects"],
    ["404", "status", { kind: "answer", status: 404, body: "<html>" }, "SITE_NOT_FOUND", "site's root"],
    ["503 for ever", "status", { kind: "answer", status: 503 }, "SITE_UNREACHABLE", "later"],
    [
      "a 503 that asks for an hour",
      "status",
      { kind: "answer", status: 503, headers: { "retry-after": "3600" } },
      "SITE_UNREACHABLE",
      "after 2026-11-02 10:00 UTC",
    ],
    [
      "another site's page",
      "status",
      { kind: "answer", status: 200, body: "<html>Welcome</html>" },
      "SITE_WRONG_SHAPE",
      "site's root",
    ],
    [
      "a redirect elsewhere",
      "status",
      { kind: "answer", status: 302, headers: { location: "https://new.example.com/rest" } },
      "SITE_BAD_URL",
      "--site https://new.example.com",
    ],
    [
      "a redirect to itself",
      "status",
      { kind: "answer", status: 302, headers: { location: "/login" } },
      "SITE_BAD_URL",
      "site's root",
    ],
    ["another status", "bulkfetch", { kind: "answer", status: 415 }, "SITE_WRONG_SHAPE", "report this"],
    [
      "a 400 that is not the JQL's fault",
      "bulkfetch",
      { kind: "answer", status: 400 },
      "SITE_WRONG_SHAPE",
      "report this",
    ],
  ])("%s", async (_case, pathEnd, fault, code, next) => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb(pathEnd, fault, 100);
    const error = await codedRejection(reading.read());
    expect(error.code).toBe(code);
    expect(error.next).toContain(next);
  });

  test.each<[string, string, unknown, string]>([
    ["issues that are no list", "search/jql", { issues: {} }, "at issues:"],
    ["an issue without id", "search/jql", { issues: [{ id: "1", fields: {} }, { fields: {} }] }, "at issues.1.id:"],
    [
      "a history without items",
      "bulkfetch",
      { issueChangeLogs: [{ issueId: "10001", changeHistories: [{ id: "1" }] }] },
      "at issueChangeLogs.0.changeHistories.0.items:",
    ],
    ["statuses in an envelope", "status", { values: [] }, "at the answer:"],
    [
      "a changelog that nobody asked for",
      "bulkfetch",
      { issueChangeLogs: [{ issueId: "7", changeHistories: [] }] },
      'not asked for ("7")',
    ],
    ["more pages without a token", "search/jql", { issues: [], isLast: false }, "no page token"],
    ["the same page token again", "search/jql", { issues: [], nextPageToken: "again" }, "same page token twice"],
    [
      "the same changelog token again",
      "bulkfetch",
      { issueChangeLogs: [], nextPageToken: "again" },
      "same page token twice",
    ],
  ])("%s: a wrong shape, with its place", async (_case, pathEnd, body, place) => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb(pathEnd, { kind: "answer", status: 200, body }, 100);
    const error = await codedRejection(reading.read());
    expect(error.code).toBe("SITE_WRONG_SHAPE");
    expect(error.message).toContain(place);
  });

  test("one failed call ends the other one, which was waiting to be tried again", async () => {
    const reading = await aSiteReading(aJiraSite({ issues: issuesThatMoved(4, 1) }), { searchPageSize: 1 });
    reading.jira.disturb("search/jql", { kind: "slow", milliseconds: 0 });
    reading.jira.disturb("search/jql", { kind: "answer", status: 503 });
    const pacing = { ...reading.pacing, sleep: (_: number, signal: AbortSignal) => delay(150, undefined, { signal }) };
    reading.jira.disturb("bulkfetch", { kind: "answer", status: 403, afterMilliseconds: 60 });
    await codedRejection(reading.read({ pacing }));
    const asked = reading.jira.requests.length;
    await delay(300);
    expect(reading.jira.requests).toHaveLength(asked);
  });
});

describe("the site's address", () => {
  test.each([
    ["no address", "my site"],
    ["no scheme", "acme.atlassian.net"],
    ["another scheme", "ftp://acme.atlassian.net"],
    ["http to another machine", "http://acme.atlassian.net"],
    ["http to a name that looks like this machine", "http://127.0.0.1.example.com"],
    ["http to a name under localhost", "http://localhost.example.com"],
    ["a password in it", "https://reader:hunter2@acme.atlassian.net"],
  ])("is refused with %s, and never asked", async (_case, site) => {
    const reading = await aSiteReading(aJiraSite());
    const error = await codedRejection(
      reading.read({ site, fetch: () => Promise.reject(new RangeError("nobody expected this call")) }),
    );
    expect(error.code).toBe("SITE_BAD_URL");
    expect(error.next).toContain("--site https://your-site.atlassian.net");
    expect(everythingIn(error)).not.toContain("hunter2");
  });

  test.each([
    "http://localhost:8080",
    "http://127.0.0.1",
    "http://[::1]:8080/jira/",
    "https://acme.atlassian.net/browse?x=1#y",
  ])("%s may be asked", async (site) => {
    const asked: string[] = [];
    const reading = await aSiteReading(aJiraSite());
    const fetch: typeof globalThis.fetch = async (input) => {
      asked.push(String(input));
      return new Response("", { status: 404 });
    };
    await codedRejection(reading.read({ site, fetch }));
    const root =
      site === "https://acme.atlassian.net/browse?x=1#y"
        ? "https://acme.atlassian.net/browse"
        : site.replace(/\/$/, "");
    expect(asked).toContain(`${root}/rest/api/3/status`);
  });
});

describe("the token", () => {
  const encoded = Buffer.from(`${EMAIL}:${TOKEN}`).toString("base64");
  const faults: [string, Fault][] = [
    ["401", { kind: "answer", status: 401 }],
    ["400", { kind: "answer", status: 400 }],
    ["403", { kind: "answer", status: 403 }],
    ["404", { kind: "answer", status: 404 }],
    ["429", { kind: "answer", status: 429 }],
    ["500", { kind: "answer", status: 500 }],
    ["302", { kind: "answer", status: 302, headers: { location: "https://elsewhere.example.com" } }],
    ["not JSON", { kind: "answer", status: 200, body: "<html>" }],
    ["a wrong shape", { kind: "answer", status: 200, body: { issues: 1 } }],
    ["a broken connection", { kind: "drop" }],
    ["a cut page", { kind: "cut" }],
    ["a late answer", { kind: "slow", milliseconds: 500 }],
  ];

  test.each(faults)("is in no error: %s", async (_case, fault) => {
    const reading = await aSiteReading(aJiraSite());
    reading.jira.disturb("search/jql", fault, 100);
    const error = await codedRejection(reading.read({ timeoutMilliseconds: 100 }));
    expect(everythingIn(error)).not.toContain(TOKEN);
    expect(everythingIn(error)).not.toContain(encoded);
    expect(everythingIn(error)).not.toContain(EMAIL);
  });

  test.each([
    ["nothing", { email: EMAIL, token: " " }],
    ["a line break inside", { token: `${TOKEN}\nsecond-line` }],
    ["a letter outside ASCII", { token: `${TOKEN}ü` }],
    ["an e-mail with a colon", { email: "a:b@example.com", token: TOKEN }],
  ])("is refused before any call when it holds %s", async (_case, credentials) => {
    const reading = await aSiteReading(aJiraSite());
    const error = await codedRejection(reading.read({ credentials }));
    expect(error.code).toBe("SITE_NO_CREDENTIALS");
    expect(everythingIn(error)).not.toContain(TOKEN);
    expect(reading.jira.requests).toEqual([]);
  });

  test("may end in a line break, as files do", async () => {
    const reading = await aSiteReading(aJiraSite());
    const summary = await reading.read({ credentials: { email: EMAIL, token: `${TOKEN}\n` } });
    expect(summary.issueCount).toBe(1);
  });

  test("is not sent after a redirect", async () => {
    const elsewhere = await aSiteReading(aJiraSite());
    const reading = await aSiteReading(aJiraSite());
    const headers = { location: `${elsewhere.jira.url}/rest/api/3/status` };
    reading.jira.disturb("status", { kind: "answer", status: 302, headers });
    expect(await codedRejection(reading.read())).toMatchObject({ code: "SITE_BAD_URL" });
    expect(elsewhere.jira.requests).toEqual([]);
  });
});
