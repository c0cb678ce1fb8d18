import { erasePerson, verify } from "@stageledger/db";
import { expect, test } from "vitest";
import type { JiraWorklog } from "../../../../apps/ledger/src/jira-sync/jira/gateway.ts";
import { answerJiraBells } from "../../../../apps/ledger/src/jira-sync/work/answer-bells.ts";
import { JiraDesks } from "../../../../apps/ledger/src/jira-sync/work/connection-desk.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, gatewayLike, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { DAY, HOUR, MINUTE, utc } from "../../../support/moments.ts";

onBothEngines((engine) => {
  /** An issue in Build that was read, with worklogs on unless said. It is hour 1. */
  async function anIssue(options: Parameters<typeof aJiraSync>[1] = {}) {
    const one = await aJiraSync(engine().database, { takesWorklogs: true, ...options });
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.clock.advance(HOUR);
    await one.compare();
    return { one, issue };
  }

  const ring = async (one: JiraSync, issue: string, worklog: string, action: string, isIssueTold = true) => {
    await one.ring({ what: "worklog", gid: worklog, action, ...(isIssueTold ? { issue } : {}) });
    await one.answer();
  };
  const build = (minutes: number, week = "2026-09-07") => [`Payments Build other ${week} known in-time ${minutes}`];

  test("off, which it is unless said: none is read, and none is kept", async () => {
    const { one, issue } = await anIssue({ takesWorklogs: false });
    const worklog = one.world.addWorklog({ issue, seconds: 3600 });
    await ring(one, issue, worklog, "created");
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.cells()).toEqual([]);
    expect(one.calls("worklog")).toBe(0);
    expect((await one.rows())["ledger.contributor"]).toBe(0);
    expect(await one.bells()).toEqual([]);
  });

  test("on: all from before come, and of two people one contributor each", async () => {
    const { one, issue } = await anIssue({ takesWorklogs: false });
    const ada = one.world.createPerson();
    const bob = one.world.createPerson();
    for (const by of [ada, bob, ada]) one.world.addWorklog({ issue, seconds: 1800, by });
    one.clock.advance(HOUR);
    await one.takeWorklogs(true);
    await one.compare(false);
    expect(await one.cells()).toHaveLength(2);
    expect((await one.cells()).map((line) => line.split(" ").at(-1)).sort()).toEqual(["30", "60"]);
    expect((await one.rows())["ledger.contributor"]).toBe(2);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("on, off, on again: what happened meanwhile is read, nothing is lost or doubled", async () => {
    const { one, issue } = await anIssue();
    const hr = one.world.createProject("HR");
    const stranger = one.world.createIssue({ project: hr, status: one.statuses.build });
    one.world.addWorklog({ issue: stranger, seconds: 600, startedAt: one.clock.now() + 3 * HOUR });
    const kept = one.world.addWorklog({ issue, seconds: 3600 });
    const lost = one.world.addWorklog({ issue, seconds: 1200 });
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.cells()).toEqual(build(80));
    await one.takeWorklogs(false);
    one.world.editWorklog(kept, { seconds: 5400 });
    await ring(one, issue, kept, "updated");
    one.world.deleteWorklog(lost);
    await ring(one, issue, lost, "deleted");
    const made = one.world.addWorklog({ issue, seconds: 60 });
    await ring(one, issue, made, "created");
    // Comes in with a worklog that is older than the list was read.
    one.world.moveToProject(stranger, one.project);
    await one.look(stranger);
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.cells()).toEqual(build(80));
    await one.takeWorklogs(true);
    await one.compare(false);
    expect(await one.cells()).toEqual(build(90 + 1 + 10));
    await one.takeWorklogs(false);
    await one.takeWorklogs(true);
    await one.compare(true);
    expect(await one.cells()).toEqual(build(101));
    expect((await one.rows())["ledger.entry"]).toBe(4);
  });

  test("an event: edited, taken to another day, deleted; the issue need not be told", async () => {
    const { one, issue } = await anIssue();
    const worklog = one.world.addWorklog({ issue, seconds: 3600 });
    await ring(one, issue, worklog, "created", false);
    expect(await one.cells()).toEqual(build(60));
    one.clock.advance(MINUTE);
    one.world.editWorklog(worklog, { seconds: 900, startedAt: one.clock.now() - 7 * DAY });
    await ring(one, issue, worklog, "updated");
    expect(await one.cells()).toEqual(build(15, "2026-08-31"));
    one.world.deleteWorklog(worklog);
    await ring(one, issue, worklog, "deleted", false);
    expect(await one.cells()).toEqual([]);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("without any event the lists of what was changed and deleted tell all of it", async () => {
    const { one, issue } = await anIssue();
    const edited = one.world.addWorklog({ issue, seconds: 3600 });
    const deleted = one.world.addWorklog({ issue, seconds: 1800 });
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.cells()).toEqual(build(90));
    one.world.editWorklog(edited, { seconds: 7200 });
    one.world.deleteWorklog(deleted);
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.cells()).toEqual(build(120));
  });

  test("that a deleted worklog is shown late, from before, does not bring it back", async () => {
    const stale: { answer: (() => Promise<void>) | undefined } = { answer: undefined };
    const { one, issue } = await anIssue({
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          readWorklogs: async (ids) => {
            const answer = await gateway.readWorklogs(ids);
            const meanwhile = stale.answer;
            stale.answer = undefined;
            await meanwhile?.();
            return answer;
          },
        })),
    });
    const known = one.world.addWorklog({ issue, seconds: 3600 });
    await ring(one, issue, known, "created");
    stale.answer = async () => {
      one.world.deleteWorklog(known);
      await ring(one, issue, known, "deleted");
    };
    one.world.editWorklog(known, { seconds: 7200 });
    await ring(one, issue, known, "updated");
    expect(await one.cells()).toEqual([]);
    // One that the ledger did not have yet: the list of deleted ones is read over what is under way.
    const fresh = one.world.addWorklog({ issue, seconds: 3600 });
    stale.answer = async () => {
      one.clock.advance(2 * MINUTE);
      one.world.deleteWorklog(fresh);
      await ring(one, issue, fresh, "deleted");
      one.clock.advance(2 * MINUTE);
      await one.reconcile({ isFull: false });
    };
    await ring(one, issue, fresh, "created");
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.cells()).toEqual([]);
  });

  test("edits that are read in the wrong order: the newest holds", async () => {
    const { one, issue } = await anIssue();
    const worklog = one.world.addWorklog({ issue, seconds: 3600 });
    const [older] = await one.context
      .openGateway("by-hand", "bell", async () => ({
        root: new URL(`${one.jira.apiBaseUrl}/`),
        token: one.jira.tokens.giveSystemToken(),
        expiresAt: one.clock.now() + DAY,
      }))
      .readWorklogs([worklog]);
    one.clock.advance(MINUTE);
    one.world.editWorklog(worklog, { seconds: 7200 });
    await ring(one, issue, worklog, "updated");
    expect(older?.seconds).toBe(3600);
    // The same worklog as it was, brought by the list of its issue.
    const stale = aStaleReader(one, older === undefined ? [] : [older]);
    await stale.ring({ what: "worklog", gid: worklog, action: "updated", issue });
    await stale.answer();
    expect(await one.cells()).toEqual(build(120));
    expect(await one.bells()).toEqual([]);
  });

  test.each([
    ["no minutes", 0, []],
    ["29 seconds", 29, []],
    ["30 seconds", 30, build(1)],
    ["24 hours", 24 * 3600, build(1440)],
  ])("%s", async (_what, seconds, cells) => {
    const { one, issue } = await anIssue();
    const worklog = one.world.addWorklog({ issue, seconds });
    await ring(one, issue, worklog, "created");
    expect(await one.cells()).toEqual(cells);
    // Edited to something and back, it follows.
    one.clock.advance(MINUTE);
    one.world.editWorklog(worklog, { seconds: 600 });
    await ring(one, issue, worklog, "updated");
    expect(await one.cells()).toEqual(build(10));
    one.clock.advance(MINUTE);
    one.world.editWorklog(worklog, { seconds });
    await ring(one, issue, worklog, "updated");
    expect(await one.cells()).toEqual(cells);
    expect(await one.parked()).toEqual([]);
  });

  test("the copy of an entry of our panel is no entry, however it is read, and one that is marked later is taken out", async () => {
    const properties = new Map([["stageledger.entry", { id: "e1" }]]);
    const { one, issue } = await anIssue();
    const copy = one.world.addWorklog({ issue, seconds: 3600, properties });
    await ring(one, issue, copy, "created");
    const later = one.world.addWorklog({ issue, seconds: 1800 });
    await ring(one, issue, later, "created");
    expect(await one.cells()).toEqual(build(30));
    one.world.editWorklog(later, { properties });
    await ring(one, issue, later, "updated");
    // By the list of an issue that is new, and by the list of changes.
    const fresh = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.world.addWorklog({ issue: fresh, seconds: 3600, properties });
    await one.look(fresh);
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.cells()).toEqual([]);
    expect((await one.rows())["ledger.contributor"]).toBe(1);
  });

  test("more worklogs on an issue than Jira puts into it", async () => {
    const { one } = await anIssue({ dials: { worklogPageSize: 7 } });
    const fresh = one.world.createIssue({ project: one.project, status: one.statuses.build });
    for (let number = 0; number < 45; number += 1) one.world.addWorklog({ issue: fresh, seconds: 60 });
    await one.look(fresh);
    expect(await one.cells()).toEqual(build(45));
  });

  test("the tenant's zone gives the date: near midnight, and when the clocks change (E17)", async () => {
    const { one, issue } = await anIssue({ startsAt: "2026-10-20T08:00:00Z" });
    const minutesByWeek = async () => (await one.cells()).map((line) => line.split(" ").slice(3).join(" "));
    // Berlin is at +2 until Sunday 2026-10-25 03:00, then at +1: Sunday ends at 23:00 UTC.
    for (const [at, seconds] of [
      ["2026-10-18T21:59", 60],
      ["2026-10-18T22:00", 120],
      ["2026-10-25T22:59", 180],
      ["2026-10-25T23:00", 240],
    ] as const)
      await ring(one, issue, one.world.addWorklog({ issue, seconds, startedAt: utc(at) }), "created");
    expect(await minutesByWeek()).toEqual([
      "2026-10-12 known in-time 1",
      "2026-10-19 known in-time 5",
      "2026-10-26 known in-time 4",
    ]);
    const west = await anIssue({ startsAt: "2026-10-20T08:00:00Z", tenant: { zone: "America/New_York" } });
    const late = west.one.world.addWorklog({ issue: west.issue, seconds: 60, startedAt: utc("2026-10-26T03:59") });
    await ring(west.one, west.issue, late, "created");
    expect(await west.one.cells()).toEqual(build(1, "2026-10-19"));
  });

  test("a project that is chosen later brings its old worklogs", async () => {
    const { one, issue } = await anIssue();
    one.world.addWorklog({ issue, seconds: 600 });
    const ops = one.world.createProject("OPS");
    const old = one.world.createIssue({ project: ops, status: one.statuses.build });
    one.world.addWorklog({ issue: old, seconds: 3600 });
    // The list was read far beyond it.
    one.clock.advance(3 * HOUR);
    one.world.addWorklog({ issue, seconds: 60 });
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.cells()).toEqual(build(11));
    await one.choose(ops, "Operations");
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.cells()).toEqual(["Operations Build other 2026-09-07 known in-time 60", ...build(11)]);
  });

  test("an issue that was hidden from us, and taken for deleted, brings what was logged on it meanwhile", async () => {
    const hidden: { issue: string | undefined } = { issue: undefined };
    const { one, issue } = await anIssue({
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          searchIssues: async (...asked) => {
            const page = await gateway.searchIssues(...asked);
            return { ...page, issues: page.issues.filter(({ id }) => id !== hidden.issue) };
          },
          findIssue: async (asked, fields) => (asked === hidden.issue ? undefined : gateway.findIssue(asked, fields)),
          readWorklogs: async (ids) =>
            (await gateway.readWorklogs(ids)).filter(({ issueId }) => issueId !== hidden.issue),
        })),
    });
    one.world.addWorklog({ issue, seconds: 600 });
    one.clock.advance(HOUR);
    await one.compare();
    hidden.issue = issue;
    one.clock.advance(2 * HOUR);
    one.world.addWorklog({ issue, seconds: 1200 });
    one.clock.advance(2 * HOUR);
    await one.compare();
    expect(await one.stays(issue)).toBe("In Progress,gone");
    const other = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.world.addWorklog({ issue: other, seconds: 60 });
    one.clock.advance(2 * HOUR);
    await one.compare();
    expect(await one.cells()).toEqual(build(11));
    hidden.issue = undefined;
    one.clock.advance(2 * HOUR);
    await one.compare();
    expect(await one.stays(issue)).toBe("In Progress,gone,In Progress");
    expect(await one.cells()).toEqual(build(31));
  });

  test("the worklogs of projects that are not chosen ring no bells and cost no look at their issues", async () => {
    const { one } = await anIssue();
    const hr = one.world.createProject("HR");
    for (let number = 0; number < 5; number += 1) {
      const issue = one.world.createIssue({ project: hr, status: one.statuses.build });
      one.world.addWorklog({ issue, seconds: 600 });
    }
    one.clock.advance(HOUR);
    const before = one.jira.requests.length;
    expect((await one.compare(false))?.rung).toBe(0);
    expect(one.jira.requests.slice(before).filter(({ path }) => path.includes("/issue/"))).toEqual([]);
    expect(await one.cells()).toEqual([]);
  });

  test("a worklog that is made while its new issue is looked at is not missed", async () => {
    const race: { run: (() => Promise<void>) | undefined } = { run: undefined };
    const { one } = await anIssue({
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          listWorklogsOf: async (asked) => {
            const answer = await gateway.listWorklogsOf(asked);
            const run = race.run;
            race.run = undefined;
            await run?.();
            return answer;
          },
        })),
    });
    const told = one.world.createIssue({ project: one.project, status: one.statuses.build });
    race.run = async () => {
      const worklog = one.world.addWorklog({ issue: told, seconds: 3600 });
      await ring(one, told, worklog, "created");
    };
    await one.look(told);
    expect(await one.cells()).toEqual(build(60));
    // No event tells of it, and the list of changes is read while the issue is not known yet.
    const untold = one.world.createIssue({ project: one.project, status: one.statuses.build });
    race.run = async () => {
      one.world.addWorklog({ issue: untold, seconds: 1800 });
      one.clock.advance(2 * MINUTE);
      await one.reconcile({ isFull: false });
    };
    await one.look(untold);
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.cells()).toEqual(build(90));
  });

  test("an author who was erased stays out, also with worklogs that are edited and made later", async () => {
    const { one, issue } = await anIssue();
    const zoe = one.world.createPerson();
    const worklog = one.world.addWorklog({ issue, seconds: 3600, by: zoe });
    await ring(one, issue, worklog, "created");
    expect(await one.cells()).toEqual(build(60));
    await erasePerson(engine().database, one.tenant.tenantId, one.tenant.masterKey, { source: "jira", account: zoe });
    one.clock.advance(HOUR);
    one.world.editWorklog(worklog, { seconds: 7200 });
    one.world.addWorklog({ issue, seconds: 1800, by: zoe });
    await ring(one, issue, worklog, "updated");
    one.clock.advance(HOUR);
    await one.takeWorklogs(true);
    await one.compare();
    expect((await one.rows())["ledger.entry"]).toBe(0);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("an author whom Jira names no more, or names otherwise: what is known is kept up, by whom it was", async () => {
    const named: { account: string | undefined } = { account: "first" };
    const { one, issue } = await anIssue({
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          readWorklogs: async (ids) =>
            (await gateway.readWorklogs(ids)).map((worklog) => ({ ...worklog, account: named.account })),
        })),
    });
    const worklog = one.world.addWorklog({ issue, seconds: 3600 });
    await ring(one, issue, worklog, "created");
    for (const [account, minutes] of [
      [undefined, 30],
      ["former-user", 45],
    ] as const) {
      named.account = account;
      one.clock.advance(MINUTE);
      one.world.editWorklog(worklog, { seconds: minutes * 60 });
      await ring(one, issue, worklog, "updated");
      expect(await one.cells()).toEqual(build(minutes));
    }
    named.account = undefined;
    await ring(one, issue, one.world.addWorklog({ issue, seconds: 600 }), "created");
    expect(await one.cells()).toEqual(build(45));
    expect((await one.rows())["ledger.contributor"]).toBe(1);
    expect(await one.parked()).toEqual([]);
  });
});

/** Another worker of the same connection, to whom Jira shows these worklogs. */
function aStaleReader(one: JiraSync, worklogs: readonly JiraWorklog[]) {
  const context = {
    ...one.context,
    openGateway: gatewayLike(one.context.openGateway, () => ({ readWorklogs: async () => worklogs })),
  };
  const desks = new JiraDesks(context);
  return { ring: one.ring, answer: () => answerJiraBells(context, desks, one.job, new AbortController().signal) };
}
