import { describe, expect, onTestFinished, test } from "vitest";
import { type FakeJira, type FakeJiraOptions, startFakeJira } from "../../simulators/jira/fake-jira.ts";
import type { Fault } from "../../simulators/jira/fault.ts";
import type { SiteData } from "../../simulators/jira/site-data.ts";
import { quarterOfThreeTeams } from "../../simulators/jira-log/quarter-of-three-teams.ts";
import { jsonLines } from "../../support/an-exported-issue.ts";
import { aJiraSite } from "../../support/jira-site-builder.ts";
import { expectRefusal } from "../../support/refusal.ts";
import { EMAIL, TOKEN } from "../../support/site-reading.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

const SIGNED_IN = { JIRA_EMAIL: EMAIL, JIRA_API_TOKEN: TOKEN };

async function aSite(data: SiteData, options: Partial<FakeJiraOptions> = {}): Promise<FakeJira> {
  const jira = await startFakeJira(data, { email: EMAIL, token: TOKEN, ...options });
  onTestFinished(() => jira.close());
  return jira;
}

test("a site gives the same report as an export of the same issues, byte for byte", async () => {
  const world = quarterOfThreeTeams({ seed: 5 });
  const jira = await aSite(
    { ...aJiraSite({ issues: world.issues }), statuses: world.statuses },
    { changelogPageSize: 700 },
  );
  const folder = aFolder({ "in.jsonl": jsonLines(world.issues), "statuses.json": JSON.stringify(world.statuses) });
  const options = ["--as-of", "2026-10-25", "--zone", "Europe/Berlin", "--format", "json"];
  const [fromSite, fromFile] = await Promise.all([
    stageledger(["analyse", "jira", "--site", jira.url, "--jql", "project in (PAY, SHOP, OPS)", ...options], {
      folder,
      variables: SIGNED_IN,
    }),
    stageledger(["analyse", "jira", "in.jsonl", "--statuses", "statuses.json", ...options], { folder }),
  ]);
  expect(fromSite).toEqual({ exitCode: 0, stdout: fromFile.stdout, stderr: "" });
  expect(JSON.parse(fromSite.stdout)).toMatchObject({ asOf: "2026-10-25T22:59:59.999Z" });
});

test("a site is looked at as of now, unless another instant is named", async () => {
  const jira = await aSite(aJiraSite());
  const before = Date.now();
  const words = ["analyse", "jira", "--site", jira.url, "--jql", "project = PAY", "--format", "json"];
  const { exitCode, stdout } = await stageledger(words, { variables: SIGNED_IN });
  expect(exitCode).toBe(0);
  const { asOf } = JSON.parse(stdout);
  expect(Date.parse(asOf)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(asOf)).toBeLessThanOrEqual(Date.now());
});

describe("a site that cannot be read, in two lines and with exit code 4:", () => {
  test.each<[string, string, Fault, string, string, string]>([
    [
      "401",
      "status",
      { kind: "answer", status: 401 },
      "SITE_UNAUTHORISED",
      "does not accept these credentials",
      "JIRA_API_TOKEN",
    ],
    [
      "429 with a long wait",
      "search/jql",
      { kind: "answer", status: 429, headers: { "retry-after": "3600" } },
      "SITE_RATE_LIMITED",
      "the limit is reached",
      "Try again after",
    ],
    ["403", "bulkfetch", { kind: "answer", status: 403 }, "SITE_FORBIDDEN", "forbids this account", "Browse projects"],
    [
      "404",
      "status",
      { kind: "answer", status: 404, body: "<html>" },
      "SITE_NOT_FOUND",
      "There is no Jira Cloud",
      "site's root",
    ],
    [
      "503 for an hour",
      "status",
      { kind: "answer", status: 503, headers: { "retry-after": "3600" } },
      "SITE_UNREACHABLE",
      "answered 503",
      "Try again after",
    ],
    [
      "a page of HTML",
      "status",
      { kind: "answer", status: 200, body: "<html>Log in</html>" },
      "SITE_WRONG_SHAPE",
      "not JSON",
      "site's root",
    ],
  ])("%s", async (_case, pathEnd, fault, code, says, next) => {
    const jira = await aSite(aJiraSite());
    jira.disturb(pathEnd, fault, 100);
    const words = ["analyse", "jira", "--site", jira.url, "--jql", "project = PAY"];
    await expectRefusal({ words, variables: SIGNED_IN }, { code, says, next, exitCode: 4 });
  });

  test("a wrong token", async () => {
    const jira = await aSite(aJiraSite());
    const words = ["analyse", "jira", "--site", jira.url, "--jql", "project = PAY"];
    const stderr = await expectRefusal(
      { words, variables: { ...SIGNED_IN, JIRA_API_TOKEN: "ATATT-expired" } },
      { code: "SITE_UNAUTHORISED", says: "127.0.0.1", next: "api-tokens", exitCode: 4 },
    );
    expect(stderr).not.toContain("ATATT");
  });

  test("a project that the site does not have", async () => {
    const jira = await aSite(aJiraSite());
    await expectRefusal(
      { words: ["analyse", "jira", "--site", jira.url, "--jql", "project = NOPE"], variables: SIGNED_IN },
      { code: "SITE_BAD_JQL", says: "The value 'NOPE' does not exist", next: "issue search", exitCode: 4 },
    );
  });

  test("no token at all: the site is not asked", async () => {
    const jira = await aSite(aJiraSite());
    const words = ["analyse", "jira", "--site", jira.url, "--jql", "project = PAY"];
    for (const variables of [{}, { JIRA_EMAIL: EMAIL, JIRA_API_TOKEN: "  " }]) {
      await expectRefusal(
        { words, variables },
        {
          code: "SITE_NO_CREDENTIALS",
          says: "JIRA_API_TOKEN is not set",
          next: "JIRA_EMAIL and JIRA_API_TOKEN",
          exitCode: 4,
        },
      );
    }
    expect(jira.requests).toEqual([]);
  });

  test.each([
    ["without https://", "acme.atlassian.net"],
    ["that would send the token in clear text", "http://acme.atlassian.net"],
    ["that is no address", "my site"],
  ])("an address %s", async (_case, site) => {
    const words = ["analyse", "jira", "--site", site];
    await expectRefusal(
      { words, variables: SIGNED_IN },
      {
        code: "SITE_BAD_URL",
        says: /is not an https address|in clear text/,
        next: "--site https://your-site.atlassian.net",
        exitCode: 4,
      },
    );
  });
});

describe("what a site cannot use is refused before it is asked:", () => {
  test.each([
    ["--csv", "item=a,status=b,at=c"],
    ["--statuses", "statuses.json"],
  ])("%s", async (option, value) => {
    const jira = await aSite(aJiraSite());
    await expectRefusal(
      { words: ["analyse", "jira", "--site", jira.url, option, value], variables: SIGNED_IN },
      { code: "SETTING_INVALID", says: `${option} is for files`, next: `Leave ${option} out` },
    );
    expect(jira.requests).toEqual([]);
  });
});

test("a search that finds nothing", async () => {
  const jira = await aSite({ ...aJiraSite(), issues: [] });
  jira.disturb("search/jql", { kind: "answer", status: 200, body: { issues: [], isLast: true } });
  await expectRefusal(
    { words: ["analyse", "jira", "--site", jira.url, "--jql", "project = PAY"], variables: SIGNED_IN },
    { code: "INPUT_EMPTY", says: "finds no issues that this account may see", next: "--jql" },
  );
});
