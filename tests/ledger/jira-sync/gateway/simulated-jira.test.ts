/** The gateway against a simulated Jira, which counts points by the hour and refuses whoever spends more. */
import { describe, expect, it } from "vitest";
import { jiraCredentialsJson, parseJiraCredentials } from "../../../../apps/ledger/src/jira-sync/jira/credentials.ts";
import type { JiraGateway } from "../../../../apps/ledger/src/jira-sync/jira/gateway.ts";
import { gatewayOpener } from "../../../../apps/ledger/src/jira-sync/jira/gateway-opener.ts";
import type { CallPurpose, LimiterDials } from "../../../../apps/ledger/src/jira-sync/jira/limiter.ts";
import { processLimiters } from "../../../../apps/ledger/src/jira-sync/jira/process-limiter.ts";
import { FLAG_FIELD } from "../../../simulators/jira/world-issues.ts";
import { aFakeJiraSite, type JiraInTest } from "../../../support/jira/a-fake-jira-site.ts";
import { codedRejection } from "../../../support/rejection.ts";

const HOUR = 3_600_000;
const PLENTY: LimiterDials = { pointsAnHour: { bell: 60_000, sweep: 60_000 }, callsASecond: 1000 };

interface Connected extends JiraInTest {
  open(connectionId: string, purpose?: CallPurpose): JiraGateway;
  /** Milliseconds of each wait of the gateways and their limiter. */
  readonly waits: readonly number[];
}

async function connected(dials = PLENTY, options: Parameters<typeof aFakeJiraSite>[0] = {}): Promise<Connected> {
  const site = await aFakeJiraSite(options);
  const { clock, jira } = site;
  const waits: number[] = [];
  const pacing = {
    now: clock.now,
    random: () => 0,
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
      clock.advance(milliseconds);
    },
  };
  const limiters = processLimiters(pacing, dials);
  const open = gatewayOpener({ limiters, pacing, signal: new AbortController().signal });
  const { apiBaseUrl, tokens } = jira;
  const credentials = async () =>
    parseJiraCredentials(
      jiraCredentialsJson({ apiBaseUrl, token: tokens.giveSystemToken(), expiresAt: clock.now() + 55 * 60_000 }),
    );
  return { ...site, waits, open: (id, purpose = "sweep") => open(id, purpose, credentials) };
}

describe("the gateway on a simulated Jira", () => {
  it("reads all that a site has, as Jira's own document has it, and nothing that leads to a person", async () => {
    const { open, world, clock, project, statuses, jira } = await connected(PLENTY, {
      dials: { worklogPageSize: 1, changelogPageSize: 2 },
    });
    const account = world.createPerson();
    const issue = world.createIssue({ project, status: statuses.toDo, summary: "Geheim onderwerp" });
    const blocker = world.createIssue({ project, status: statuses.toDo });
    clock.advance(HOUR);
    world.assign(issue, account, account);
    world.moveStatus(issue, statuses.build, account);
    world.flag(issue);
    world.linkBlockedBy(issue, blocker);
    const worked = world.addWorklog({ issue, seconds: 5400, by: account });
    const properties = new Map([["stageledger.entry", "5f1d"]]);
    const mirrored = world.addWorklog({ issue, seconds: 600, by: account, properties });
    const removed = world.addWorklog({ issue, seconds: 60, by: account });
    world.deleteWorklog(removed);
    clock.advance(2 * 60_000);

    const gateway = open("one");
    const flagFields = await gateway.listFlagFields();
    expect(flagFields).toEqual([FLAG_FIELD]);
    expect(await gateway.listProjects()).toEqual([{ id: project, key: "PAY", name: "Payments" }]);
    expect(await gateway.findProject(project)).toEqual({ id: project, key: "PAY", name: "Payments" });
    expect(await gateway.findProject("999999")).toBeUndefined();
    expect((await gateway.listStatuses()).find(({ id }) => id === statuses.build)).toEqual({
      id: statuses.build,
      name: "In Progress",
      category: "indeterminate",
    });
    const page = await gateway.searchIssues(`project = ${project} ORDER BY id`, flagFields);
    expect(page.issues.map(({ id }) => id)).toEqual([issue, blocker]);
    const found = await gateway.findIssue(issue, flagFields);
    expect(found).toEqual(page.issues[0]);
    expect(await gateway.findIssue("999999", flagFields)).toBeUndefined();
    const histories = await gateway.readHistories([issue, blocker], flagFields);
    const items = (histories.get(issue) ?? []).flatMap((history) => history.items);
    expect(JSON.stringify(items)).toContain(`"to":"${statuses.build}"`);
    // A move, a flag and a link: who it was given to is no change that counts.
    expect(histories.get(issue)).toHaveLength(3);
    expect((await gateway.listUpdatedWorklogs(0)).worklogIds).toEqual([worked, mirrored]);
    expect((await gateway.listDeletedWorklogs(0)).worklogIds).toEqual([removed]);
    const worklogs = await gateway.readWorklogs([worked, mirrored, removed]);
    expect(worklogs).toMatchObject([
      { id: worked, issueId: issue, account, seconds: 5400, isMirror: false },
      { id: mirrored, issueId: issue, account, seconds: 600, isMirror: true },
    ]);
    expect(await gateway.listWorklogsOf(issue)).toEqual(worklogs);
    expect(await gateway.listWorklogsOf("999999")).toBeUndefined();

    const seen = JSON.stringify([page, found, [...histories], worklogs.map(({ account: _, ...others }) => others)]);
    expect(world.personalTexts().filter((text) => seen.includes(text))).toEqual([]);
    expect(jira.faults.table).toEqual({});
  });

  it("never spends more than its share of an hour, and leaves bells room beside a sweep", async () => {
    const dials: LimiterDials = { pointsAnHour: { bell: 100, sweep: 80 }, callsASecond: 1000 };
    const { open, world, project, statuses, jira, clock } = await connected(dials);
    for (let made = 0; made < 30; made += 1) world.createIssue({ project, status: statuses.toDo });
    const sweep = open("one", "sweep");
    const search = () => sweep.searchIssues(`project = ${project} ORDER BY id`, []);
    // 31 points each: 31, 62 and 93, which is beyond 80.
    await search();
    await search();
    await search();
    expect(jira.limits.points).toBe(93);
    expect((await codedRejection(search())).code).toBe("JIRA_RATE_LIMITED");
    const [first] = world.issues.keys();
    // Two points each: 99 at the third, and a fourth may still begin.
    for (let look = 0; look < 4; look += 1) await open("two", "bell").findIssue(first ?? "", []);
    expect(jira.limits.points).toBe(101);
    expect((await codedRejection(open("two", "bell").findIssue(first ?? "", []))).code).toBe("JIRA_RATE_LIMITED");
    // All of it was spent in the minute from 08:00, which is an hour old at 09:01.
    clock.advance(HOUR + 60_000 - 1);
    await search();
    expect(clock.now()).toBe(Date.UTC(2026, 8, 7, 9, 1));
    expect(jira.faults.of("call rate limited")).toBe(0);
  });

  it("sits out a used-up quota of the app with all sites, and goes on by itself", async () => {
    const { open, jira, waits } = await connected();
    jira.limits.storm(1, 60, "jira-quota-global-based");
    expect(await open("one").listProjects()).toHaveLength(1);
    await open("two").listStatuses();
    expect(waits).toEqual([60_000]);
    expect(jira.requests).toHaveLength(3);
  });

  it("gets through a storm of refusals", async () => {
    const { open, jira, waits } = await connected();
    jira.limits.storm(3, 2);
    expect(await open("one").listProjects()).toHaveLength(1);
    expect(waits).toEqual([2000, 2000, 4000]);
  });

  it("takes an issue of a closed project for gone, and can tell that the project is closed", async () => {
    const { open, world, project, statuses, jira } = await connected();
    const issue = world.createIssue({ project, status: statuses.toDo });
    jira.rights.closeToApp(project);
    expect(await open("one").findIssue(issue, [])).toBeUndefined();
    expect(await open("one").findProject(project)).toBeUndefined();
    expect(await open("one").listProjects()).toEqual([]);
  });

  it("does not take the site for empty while it is away", async () => {
    const { open, jira, world, project, statuses } = await connected();
    const issue = world.createIssue({ project, status: statuses.toDo });
    jira.dials.outageStatus = 404;
    expect((await codedRejection(open("one").findIssue(issue, []))).code).toBe("JIRA_REFUSED");
    jira.dials.outageStatus = 503;
    expect((await codedRejection(open("one").findIssue(issue, []))).code).toBe("JIRA_UNREACHABLE");
  });
});
