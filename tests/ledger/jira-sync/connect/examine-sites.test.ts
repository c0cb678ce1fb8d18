import { expect, test } from "vitest";
import type { DescribedSite } from "../../../../apps/ledger/src/jira-sync/connect/describe-sites.ts";
import { examineSites } from "../../../../apps/ledger/src/jira-sync/connect/examine-sites.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 8, 7, 10);

const aSite = (about: Partial<DescribedSite> = {}): DescribedSite => ({
  connectionId: "00000000-0000-4000-8000-000000000001",
  installationId: "installation-1",
  state: "works",
  problemCode: undefined,
  takesAllProjects: true,
  takesWorklogs: true,
  projects: [
    { project: "PAY", sourceProject: "10001" },
    { project: "SHOP", sourceProject: "10002" },
  ],
  wantedKeys: [],
  comparedAt: NOW - 5 * MINUTE,
  dueAt: NOW + 55 * MINUTE,
  bellsWaiting: 0,
  bellsParked: 0,
  impossibleWorklogs: 0,
  itemsInDoubt: 0,
  ...about,
});
const found = (...sites: DescribedSite[]) =>
  examineSites(sites, NOW, (instant) => (instant === undefined ? "never" : `${(NOW - instant) / MINUTE} min ago`));
const told = (about: Partial<DescribedSite>) => found(aSite(about)).map(({ state, finding }) => `${state}: ${finding}`);

test("a site that goes well is one line", () => {
  expect(found(aSite())).toEqual([
    { what: "jira", state: "ok", finding: "2 projects, last compared 5 min ago.", code: undefined, next: undefined },
  ]);
});

test("of several sites each is named", () => {
  expect(found(aSite(), aSite({ installationId: "installation-2" })).map(({ what }) => what)).toEqual([
    "jira installation-1",
    "jira installation-2",
  ]);
});

test("what the last run ran into is told with its code and what to do", () => {
  const [finding] = found(aSite({ problemCode: "JIRA_FORBIDDEN" }));
  expect(finding).toMatchObject({ state: "look", code: "JIRA_FORBIDDEN", next: expect.stringContaining("browse") });
  expect(told({ problemCode: "UNEXPECTED" })).toEqual(["look: The last run ended with UNEXPECTED."]);
});

test("what nobody looked at when it was due is told after half an hour, and not before", () => {
  expect(told({ dueAt: NOW - 30 * MINUTE })).toEqual(["ok: 2 projects, last compared 5 min ago."]);
  expect(told({ dueAt: NOW - 31 * MINUTE })).toEqual([
    "look: Nothing has compared it with Jira when it was due, 31 min ago.",
  ]);
});

test("a site that was never read, bells that are parked and keys that Jira does not show are told", () => {
  expect(told({ comparedAt: undefined, wantedKeys: ["ABC"] })).toEqual(["look: It was not read yet."]);
  expect(told({ bellsParked: 2, wantedKeys: ["ABC", "XYZ"] })).toEqual([
    "look: 2 parked: what they rang for could not be read.",
    "look: Jira shows no project of these keys: ABC, XYZ.",
  ]);
});

test("worklogs that no entry can be like are told apart from what could not be read", () => {
  expect(told({ bellsParked: 3, impossibleWorklogs: 3 })).toEqual([
    "look: 3 worklogs of over 24 hours, which no time entry can be: not counted.",
  ]);
  expect(told({ bellsParked: 3, impossibleWorklogs: 1 })).toEqual([
    "look: 2 parked: what they rang for could not be read.",
    "look: 1 worklog of over 24 hours, which no time entry can be: not counted.",
  ]);
});

test("issues that may have been deleted are counted, with the command that says so", () => {
  const findings = found(aSite({ problemCode: "JIRA_FORBIDDEN", itemsInDoubt: 14 }));
  expect(findings).toEqual([
    {
      what: "jira",
      state: "look",
      code: "JIRA_FORBIDDEN",
      finding: "14 issues cannot be read any more, and nothing tells that they were deleted. They stay as they were.",
      next: expect.stringContaining("stageledger connections sync --accept-deleted"),
      nextInJira: expect.stringContaining("whoever runs the ledger says so"),
    },
  ]);
});

test("who administers the site in Jira is told of a command only with who can give it", () => {
  const problems = ["UNEXPECTED", "JIRA_TOKEN_MISSING", "JIRA_UNAUTHORISED", "JIRA_FORBIDDEN", "CONNECTION_OTHER_SITE"];
  const sites = [...problems, "JIRA_UNREACHABLE", "JIRA_RATE_LIMITED"].map((problemCode) => aSite({ problemCode }));
  const all = { itemsInDoubt: 1, bellsParked: 3, impossibleWorklogs: 1, dueAt: 0, wantedKeys: ["ABC"] };
  const findings = found(aSite(all), aSite({ comparedAt: undefined }), ...sites);
  expect(findings).toHaveLength(13);
  const toCommand = /stageledger |npm |`forge /u;
  for (const { nextInJira } of findings.filter((one) => toCommand.test(one.nextInJira ?? "")))
    expect(nextInJira).toMatch(/whoever (runs the ledger|deployed the app)/iu);
  expect(findings.every(({ nextInJira }) => nextInJira !== undefined)).toBe(true);
});
