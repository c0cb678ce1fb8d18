import type { ErrorCode } from "@stageledger/core";
import { describe, expect, it } from "vitest";
import { jiraCredentialsJson, parseJiraCredentials } from "../../../../apps/ledger/src/jira-sync/jira/credentials.ts";
import { tokenSource } from "../../../../apps/ledger/src/jira-sync/jira/token-source.ts";
import { Canaries } from "../../../support/canaries.ts";
import { codedRejection, everythingIn } from "../../../support/rejection.ts";
import type { Script } from "../../../support/scripted-server.ts";
import { aGateway, credentials, NOW } from "./a-gateway.ts";

const canaries = new Canaries();
const TOKEN = canaries.plant("the token");
const SAID = canaries.plant("a word of Jira's");

const refused = (status: number, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers,
  body: { errorMessages: [SAID], errors: { field: SAID } },
});
const fine = { body: [] };
const tooMany = (headers: Readonly<Record<string, string>> = {}) => refused(429, headers);
/** Refuses the first calls so, and answers the others. */
const first =
  (count: number, answer: ReturnType<typeof refused>): Script =>
  (_, number) =>
    number <= count ? answer : fine;

describe("a call that fails", () => {
  it.each<[string, Script, number[]]>([
    ["503", first(2, refused(503)), [1000, 2000]],
    ["503 with Retry-After", first(1, refused(503, { "retry-after": "7" })), [7000]],
    ["a burst", first(1, tooMany({ "ratelimit-reason": "jira-burst-based", "retry-after": "3" })), [3000]],
    ["a connection that breaks off", (_, number) => (number === 1 ? "cut" : fine), [1000]],
    ["an answer that breaks off", (_, number) => (number === 1 ? "torn" : fine), [1000]],
    ["no answer in time", (_, number) => (number === 1 ? "silence" : fine), [1000]],
  ])("is made again after %s, in its turn, and pauses no other", async (_case, script, waits) => {
    const { gateway, pacing, limiter, heard } = await aGateway(script, { timeoutMilliseconds: 200 });
    expect(await gateway.listStatuses()).toEqual([]);
    expect(pacing.waits).toEqual(waits);
    expect(heard).toHaveLength(waits.length + 1);
    expect(limiter).toMatchObject({ turns: waits.length + 1, charges: [0], pauses: [] });
  });

  it("waits up to 30 % longer by chance, so that calls that failed together do not come back together", async () => {
    const { gateway, pacing } = await aGateway(first(3, tooMany({ "retry-after": "2" })), { random: 0.5 });
    await gateway.listStatuses();
    // At least 2 s each; the third time 4 s; 15 % on top.
    expect(pacing.waits).toEqual([2300, 2300, 4600]);
  });

  it("is given up after four tries, and says when Jira may be asked again", async () => {
    const { gateway, pacing, heard } = await aGateway(() => tooMany({ "retry-after": "90" }));
    const error = await codedRejection(gateway.listStatuses());
    expect(error.code).toBe("JIRA_RATE_LIMITED");
    // Three waits of 90 s, and another: 10:06.
    expect(error.next).toContain("after 2026-09-07 10:06 UTC");
    expect(pacing.waits).toEqual([90_000, 90_000, 90_000]);
    expect(heard).toHaveLength(4);
  });

  it("is given up at once where Jira asks for more than five minutes", async () => {
    const { gateway, heard } = await aGateway(() => refused(503, { "retry-after": "301" }));
    expect((await codedRejection(gateway.listStatuses())).code).toBe("JIRA_UNREACHABLE");
    expect(heard).toHaveLength(1);
  });
});

describe("a quota that is used up", () => {
  it.each([
    ["jira-quota-global-based", "app"],
    ["jira-quota-tenant-based", "site"],
    ["jira-quota-of-another-kind", "site"],
  ])("(%s) pauses the calls of the %s until it is back, and this one goes on in its turn", async (reason, quota) => {
    const { gateway, limiter, pacing } = await aGateway(
      first(
        1,
        tooMany({ "ratelimit-reason": reason, "x-ratelimit-reset": "2026-09-07T10:04:00Z", "retry-after": "5" }),
      ),
    );
    expect(await gateway.listStatuses()).toEqual([]);
    expect(limiter.pauses).toEqual([[quota, NOW + 240_000]]);
    expect(limiter.turns).toBe(2);
    expect(pacing.waits, "the limiter makes it wait").toEqual([]);
  });

  it("pauses them for Retry-After when no reset is named", async () => {
    const { gateway, limiter } = await aGateway(
      first(1, tooMany({ "ratelimit-reason": "jira-quota-tenant-based", "retry-after": "45" })),
    );
    await gateway.listStatuses();
    expect(limiter.pauses).toEqual([["site", NOW + 45_000]]);
  });

  it("pauses them also where this call does not wait so long", async () => {
    const { gateway, limiter, heard } = await aGateway(() =>
      tooMany({ "ratelimit-reason": "jira-quota-global-based", "x-ratelimit-reset": "2026-09-07T10:47:10Z" }),
    );
    const error = await codedRejection(gateway.listStatuses());
    expect(error).toMatchObject({ code: "JIRA_RATE_LIMITED", next: expect.stringContaining("10:48 UTC") });
    expect(limiter.pauses).toEqual([["app", Date.UTC(2026, 8, 7, 10, 47, 10)]]);
    expect(heard).toHaveLength(1);
  });
});

describe("the app's token", () => {
  const broughtBy = (...tokens: readonly (readonly [string, number])[]) => {
    let reads = 0;
    return (root: URL) =>
      tokenSource(
        async () => {
          const [token, expiresAt] = tokens[Math.min(reads, tokens.length - 1)] ?? ["", 0];
          reads += 1;
          return credentials(root, token, expiresAt);
        },
        () => NOW,
      );
  };
  const HOUR = 3_600_000;

  it.each([
    [
      "was never brought",
      () =>
        tokenSource(
          async () => undefined,
          () => NOW,
        ),
    ],
    ["has lapsed", broughtBy([TOKEN, NOW])],
  ])("that %s is asked for nothing", async (_case, token) => {
    const { gateway, heard, limiter } = await aGateway(() => fine, { token });
    expect((await codedRejection(gateway.listStatuses())).code).toBe("JIRA_TOKEN_MISSING");
    expect(heard).toEqual([]);
    expect(limiter.turns).toBe(0);
  });

  it("is used until a millisecond before it lapses, and looked for anew in its last five minutes", async () => {
    const { gateway, heard } = await aGateway(() => fine, { token: broughtBy(["old", NOW + 1], ["new", NOW + HOUR]) });
    await gateway.listStatuses();
    await gateway.listStatuses();
    await gateway.listStatuses();
    expect(heard.map(({ authorization }) => authorization)).toEqual(["Bearer old", "Bearer new", "Bearer new"]);
  });

  it("that Jira refuses is looked for anew, and the call made once more", async () => {
    const { gateway, heard } = await aGateway(
      ({ authorization }) => (authorization === "Bearer new" ? fine : refused(401)),
      { token: broughtBy(["old", NOW + HOUR], ["new", NOW + HOUR]) },
    );
    expect(await gateway.listStatuses()).toEqual([]);
    expect(heard.map(({ authorization }) => authorization)).toEqual(["Bearer old", "Bearer new"]);
  });

  it("that Jira refuses, and that is still the last one, is not tried again", async () => {
    const { gateway, heard } = await aGateway(() => refused(401), { token: broughtBy(["old", NOW + HOUR]) });
    expect((await codedRejection(gateway.listStatuses())).code).toBe("JIRA_UNAUTHORISED");
    expect(heard).toHaveLength(1);
  });

  it("is renewed once for a call, and no more", async () => {
    const { gateway, heard } = await aGateway(() => refused(401), {
      token: broughtBy(["one", NOW + HOUR], ["two", NOW + HOUR], ["three", NOW + HOUR]),
    });
    expect((await codedRejection(gateway.listStatuses())).code).toBe("JIRA_UNAUTHORISED");
    expect(heard).toHaveLength(2);
  });

  it("goes to no other place that an answer points to", async () => {
    const other = await aGateway(() => fine);
    const { gateway } = await aGateway(() => refused(302, { location: `${other.baseUrl}/rest/api/3/status` }));
    expect((await codedRejection(gateway.listStatuses())).code).toBe("JIRA_REFUSED");
    expect(other.heard).toEqual([]);
  });

  it("that Jira silently passes over brings nobody's empty lists", async () => {
    const { gateway } = await aGateway(() => ({
      ...fine,
      headers: { "x-seraph-loginreason": "AUTHENTICATED_FAILED" },
    }));
    expect((await codedRejection(gateway.listStatuses())).code).toBe("JIRA_UNAUTHORISED");
  });
});

describe("what the app brings as its token", () => {
  const brought = { apiBaseUrl: "https://api.atlassian.com/ex/jira/1f2e", token: TOKEN, expiresAt: NOW };

  it("is kept with where Jira is and when it lapses", () => {
    const read = parseJiraCredentials(jiraCredentialsJson(brought));
    expect({ ...read, root: read.root.href }).toEqual({
      root: "https://api.atlassian.com/ex/jira/1f2e/",
      token: TOKEN,
      expiresAt: NOW,
    });
  });

  it("may be for this machine", () => {
    const json = jiraCredentialsJson({ ...brought, apiBaseUrl: "http://127.0.0.1:8080" });
    expect(parseJiraCredentials(json).root.href).toBe("http://127.0.0.1:8080/");
  });

  it.each([
    ["is no JSON", TOKEN],
    ["is empty", ""],
    ["names an address in clear text", JSON.stringify({ ...brought, apiBaseUrl: "http://api.atlassian.com/ex" })],
    [
      "names an address that looks like this machine",
      JSON.stringify({ ...brought, apiBaseUrl: "http://127.0.0.1.example" }),
    ],
    ["names no address", JSON.stringify({ ...brought, apiBaseUrl: "" })],
    ["names a user in the address", JSON.stringify({ ...brought, apiBaseUrl: "https://me:pw@api.atlassian.com" })],
    ["is a token that no header can hold", JSON.stringify({ ...brought, token: `${TOKEN}\nx` })],
    ["has no token", JSON.stringify({ ...brought, token: "" })],
    ["never lapses", JSON.stringify({ ...brought, expiresAt: undefined })],
  ])("cannot be used where it %s, and is not quoted", async (_case, json) => {
    const error = await codedRejection((async () => parseJiraCredentials(json))());
    expect(error.code).toBe("JIRA_TOKEN_MISSING");
    expect(canaries.foundIn(everythingIn(error))).toEqual([]);
  });
});

describe("an error", () => {
  it.each<[string, Script, ErrorCode]>([
    ["400", () => refused(400), "JIRA_REFUSED"],
    ["401", () => refused(401), "JIRA_UNAUTHORISED"],
    ["403", () => refused(403), "JIRA_FORBIDDEN"],
    ["404 where there must be something", () => refused(404), "JIRA_REFUSED"],
    ["410", () => refused(410), "JIRA_REFUSED"],
    ["429", () => tooMany(), "JIRA_RATE_LIMITED"],
    ["500", () => refused(500), "JIRA_UNREACHABLE"],
    ["502 with a proxy's page", () => ({ status: 502, body: `<html>${SAID}` }), "JIRA_UNREACHABLE"],
    ["a connection that breaks off", () => "cut", "JIRA_UNREACHABLE"],
    ["what is no JSON", () => ({ body: `<html>${SAID}` }), "JIRA_WRONG_SHAPE"],
    ["another shape", () => ({ body: [{ id: "1", name: { [SAID]: SAID } }] }), "JIRA_WRONG_SHAPE"],
  ])("after %s has its code, what to do next, and no word of token or answer", async (_case, script, code) => {
    const { gateway } = await aGateway(script, {
      token: (root) =>
        tokenSource(
          async () => credentials(root, TOKEN),
          () => NOW,
        ),
    });
    const error = await codedRejection(gateway.listStatuses());
    expect(error.code).toBe(code);
    expect(error.next).toMatch(/[.?]$/);
    expect(`${error.message} ${error.next}`).not.toMatch(/e-mail|JIRA_/);
    expect(canaries.foundIn(everythingIn(error))).toEqual([]);
  });

  it("names the call without any id", async () => {
    const { gateway } = await aGateway(() => refused(400));
    for (const call of [
      gateway.findIssue("90210", []),
      gateway.findProject("90210"),
      gateway.listWorklogsOf("90210"),
      gateway.listUpdatedWorklogs(90_210),
    ]) {
      const { message } = await codedRejection(call);
      expect(message).toContain("GET rest/api/3/");
      expect(message).not.toContain("90210");
    }
  });

  it("that breaks into a wait or a call is the reason for stopping", async () => {
    const stopping = new AbortController();
    const { gateway } = await aGateway(
      () => {
        stopping.abort(new Error("enough"));
        return "silence";
      },
      { signal: stopping.signal },
    );
    await expect(gateway.listStatuses()).rejects.toThrow("enough");
    await expect(gateway.listStatuses()).rejects.toThrow("enough");
  });
});
