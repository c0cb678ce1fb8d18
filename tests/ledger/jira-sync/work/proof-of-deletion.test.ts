import { verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { describeSites } from "../../../../apps/ledger/src/jira-sync/connect/describe-sites.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

const HOURS = ["Payments Build other 2026-09-07 known in-time 90"];

onBothEngines((engine) => {
  /** One issue in Build with 90 minutes, and others in To do; all were read. It is hour 1. */
  async function aProjectOf(others: number, options: Parameters<typeof aJiraSync>[1] = {}) {
    const one = await aJiraSync(engine().database, { takesWorklogs: true, ...options });
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.world.addWorklog({ issue, seconds: 5400 });
    const rest = Array.from({ length: others }, () =>
      one.world.createIssue({ project: one.project, status: one.statuses.toDo }),
    );
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.cells()).toEqual(HOURS);
    return { one, issue, rest };
  }

  async function goneOf(one: JiraSync, issues: readonly string[]): Promise<readonly string[]> {
    const gone: string[] = [];
    for (const issue of issues) if ((await one.stays(issue)).endsWith("gone")) gone.push(issue);
    return gone;
  }

  test.each([false, true])(
    "404 and an event that says deleted: gone since then, its hours stay (E13; its worklogs are told as deleted: %s)",
    async (issueDeletionListsWorklogs) => {
      const { one, issue } = await aProjectOf(0, { worldDials: { issueDeletionListsWorklogs } });
      const [worklog = ""] = one.world.worklogsOf(issue).map(({ id }) => id);
      one.world.deleteIssue(issue);
      await one.ring(
        { what: "issue", gid: issue, action: "deleted", at: one.clock.now() },
        ...(issueDeletionListsWorklogs ? [{ what: "worklog", gid: worklog, action: "deleted", issue }] : []),
      );
      one.clock.advance(HOUR);
      await one.answer();
      await one.compare();
      expect(await one.stays(issue)).toBe("In Progress,gone");
      expect(await one.hours(issue)).toEqual([0, 1]);
      expect(await one.cells()).toEqual(HOURS);
      expect(await one.bells()).toEqual([]);
      expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
    },
  );

  test("an event that says it went later than the event came: it went when that came", async () => {
    const { one, issue } = await aProjectOf(0);
    one.world.deleteIssue(issue);
    await one.ring({ what: "issue", gid: issue, action: "deleted", at: one.clock.now() + 10_000 * HOUR });
    one.clock.advance(HOUR);
    await one.answer();
    expect(await one.hours(issue)).toEqual([0, 1]);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("404 without such an event proves nothing by itself", async () => {
    const { one, issue } = await aProjectOf(0);
    one.world.deleteIssue(issue);
    await one.look(issue);
    expect(await one.stays(issue)).toBe("In Progress");
    expect(await one.bells()).toEqual([]);
  });

  test("an event that says deleted proves nothing while the issue answers", async () => {
    const { one, issue } = await aProjectOf(0);
    await one.ring({ what: "issue", gid: issue, action: "deleted", at: one.clock.now() });
    await one.answer();
    expect(await one.stays(issue)).toBe("In Progress");
  });

  test("that a worklog was deleted is no deletion of the issue", async () => {
    const { one, issue } = await aProjectOf(0);
    const [worklog = ""] = one.world.worklogsOf(issue).map(({ id }) => id);
    one.world.deleteIssue(issue);
    await one.ring({ what: "worklog", gid: worklog, action: "deleted", issue });
    await one.answer();
    expect(await one.stays(issue)).toBe("In Progress");
  });

  test("a sweep that misses an issue which answers 404, in a project that can be read: gone since the sweep", async () => {
    const { one, issue } = await aProjectOf(3);
    one.world.deleteIssue(issue);
    one.clock.advance(HOUR);
    expect((await one.compare())?.problemCode).toBeUndefined();
    expect(await one.stays(issue)).toBe("In Progress,gone");
    expect(await one.hours(issue)).toEqual([0, 2]);
    expect(await one.cells()).toEqual(HOURS);
    // Told once more, it is gone once.
    const before = await one.rows();
    await one.ring({ what: "issue", gid: issue, action: "deleted", at: one.clock.now() });
    await one.answer();
    expect(await one.rows()).toEqual(before);
  });

  test("a search that does not know an issue yet, or any more, proves nothing", async () => {
    const { one, issue, rest } = await aProjectOf(3);
    one.jira.dials.searchLagMilliseconds = 100 * HOUR;
    one.clock.advance(HOUR);
    expect((await one.compare())?.problemCode).toBeUndefined();
    expect(await goneOf(one, [issue, ...rest])).toEqual([]);
  });

  test("two of few may be gone at once; three look like a lost permission: nothing is changed, and it is said", async () => {
    const two = await aProjectOf(3);
    for (const issue of two.rest.slice(0, 2)) two.one.world.deleteIssue(issue);
    expect((await two.one.compare())?.problemCode).toBeUndefined();
    expect(await goneOf(two.one, two.rest)).toEqual(two.rest.slice(0, 2));

    const { one, rest } = await aProjectOf(19);
    for (const issue of rest.slice(0, 3)) one.world.deleteIssue(issue);
    for (let times = 0; times < 2; times += 1) {
      expect((await one.compare())?.problemCode).toBe("JIRA_FORBIDDEN");
      expect(await one.problem()).toBe("JIRA_FORBIDDEN");
      expect(await goneOf(one, rest)).toEqual([]);
    }
    // An event that tells is still believed.
    await one.ring({ what: "issue", gid: rest[0] ?? "", action: "deleted", at: one.clock.now() });
    await one.answer();
    expect(await goneOf(one, rest)).toEqual(rest.slice(0, 1));
    // Then two are left, and those may be gone.
    expect((await one.compare())?.problemCode).toBeUndefined();
    expect(await goneOf(one, rest)).toEqual(rest.slice(0, 3));
    expect(await one.problem()).toBeNull();
  });

  test("the doubt stays told until another look at everything, and ends when somebody says that they were deleted", async () => {
    const { one, rest } = await aProjectOf(19);
    for (const issue of rest.slice(0, 5)) one.world.deleteIssue(issue);
    const doubts = async (): Promise<number> => {
      const [site] = await describeSites(engine().database, one.tenant.tenantId);
      return site?.itemsInDoubt ?? -1;
    };
    expect(await one.compare()).toMatchObject({ problemCode: "JIRA_FORBIDDEN", doubtful: 5 });
    one.clock.advance(HOUR);
    expect(await one.compare(false)).toMatchObject({ problemCode: "JIRA_FORBIDDEN", doubtful: 5 });
    expect(await doubts()).toBe(5);
    // What is closed to us was deleted by nobody, whatever somebody says.
    one.jira.rights.closeToApp(one.project);
    one.clock.advance(HOUR);
    expect((await one.reconcile({ acceptsDeleted: true }))?.problemCode).toBe("JIRA_FORBIDDEN");
    await one.answer();
    expect(await goneOf(one, rest)).toEqual([]);
    one.jira.rights.openToApp(one.project);
    one.clock.advance(HOUR);
    expect(await one.reconcile({ acceptsDeleted: true })).toEqual({ rung: 5, doubtful: 0, problemCode: undefined });
    await one.answer();
    expect(await goneOf(one, rest)).toEqual(rest.slice(0, 5));
    expect(await doubts()).toBe(0);
    expect(await one.problem()).toBeNull();
    expect(await one.cells()).toEqual(HOURS);
  });

  test("two in a hundred may be gone at once", async () => {
    const { one, rest } = await aProjectOf(149);
    for (const issue of rest.slice(0, 3)) one.world.deleteIssue(issue);
    expect((await one.compare())?.problemCode).toBeUndefined();
    expect(await goneOf(one, rest.slice(0, 10))).toEqual(rest.slice(0, 3));
  });

  test.each([404, 403] as const)(
    "a project that was closed to us (%s) proves nothing, and costs no call for each issue",
    async (closedStatus) => {
      const { one, issue, rest } = await aProjectOf(2);
      one.jira.rights.closedStatus = closedStatus;
      one.jira.rights.closeToApp(one.project);
      const before = one.jira.requests.length;
      expect((await one.compare())?.problemCode).toBe("JIRA_FORBIDDEN");
      expect(one.jira.requests.slice(before).filter(({ path }) => path.includes("/issue/"))).toEqual([]);
      expect(await goneOf(one, [issue, ...rest])).toEqual([]);
      one.jira.rights.openToApp(one.project);
      expect((await one.compare())?.problemCode).toBeUndefined();
      expect(await one.problem()).toBeNull();
      expect(await one.cells()).toEqual(HOURS);
    },
  );

  test("a project that is closed while its missing issues are asked for proves nothing", async () => {
    const { one, issue, rest } = await aProjectOf(2);
    one.world.deleteIssue(issue);
    one.jira.dials.beforeAnswer = async ({ path }) => {
      if (path.endsWith(`/issue/${issue}`)) one.jira.rights.closeToApp(one.project);
    };
    expect((await one.compare())?.problemCode).toBe("JIRA_FORBIDDEN");
    expect(await goneOf(one, [issue, ...rest])).toEqual([]);
  });

  test("an issue that is shown again is there again, since then", async () => {
    const { one, issue } = await aProjectOf(3);
    const state = one.world.issues.get(issue)?.state;
    one.world.deleteIssue(issue);
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.stays(issue)).toBe("In Progress,gone");
    one.clock.advance(HOUR);
    const found = one.world.issues.get(issue);
    if (found === undefined || state === undefined) throw new Error("The issue was there.");
    found.state = { ...state, updatedAt: one.clock.now() };
    found.states.push({ at: one.clock.now(), state: found.state });
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.stays(issue)).toBe("In Progress,gone,In Progress");
    expect(await one.hours(issue)).toEqual([0, 2, 4]);
  });
});
