import { findWantedProjects, inTransaction, setWantedProjects } from "@stageledger/db";
import { expect, test } from "vitest";
import { wrongShape } from "../../../../apps/ledger/src/jira-sync/jira/jira-error.ts";
import { jiraJobs } from "../../../../apps/ledger/src/jira-sync/work/do-job.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, gatewayLike, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { DAY, HOUR, MINUTE } from "../../../support/moments.ts";

onBothEngines((engine) => {
  const sync = (options?: Parameters<typeof aJiraSync>[1]) => aJiraSync(engine().database, options);

  /** Issues in To do that nobody read yet; it is hour 1. */
  async function issues(one: JiraSync, count: number, project = one.project): Promise<readonly string[]> {
    const made = Array.from({ length: count }, () => one.world.createIssue({ project, status: one.statuses.toDo }));
    one.clock.advance(HOUR);
    return made;
  }
  const staysOf = async (one: JiraSync, all: readonly string[]): Promise<readonly string[]> =>
    Promise.all(all.map((issue) => one.stays(issue)));
  const wanted = (one: JiraSync, takesAll: boolean, nameByKey: Readonly<Record<string, string | null>>) =>
    inTransaction(engine().database, { role: "recorder", tenantId: one.job.tenantId }, (trx) =>
      setWantedProjects(trx, one.job.tenantId, one.job.connectionId, { takesAll, nameByKey }),
    );

  test("a first run finds every issue, 100 in two calls; a second finds nothing to do", async () => {
    const one = await sync();
    const all = await issues(one, 250);
    expect((await one.compare(false))?.rung).toBe(0);
    expect(one.calls("search/jql")).toBe(3);
    expect(one.calls("changelog/bulkfetch")).toBe(3);
    expect(one.calls("/issue/")).toBe(0);
    expect(new Set(await staysOf(one, all))).toEqual(new Set(["To Do"]));
    const before = await one.rows();
    expect((await one.compare(true))?.rung).toBe(0);
    expect(one.calls("/issue/")).toBe(0);
    expect(await one.rows()).toEqual(before);
  });

  test("without any event: what changed is found within the hour by the search, and asked for in minutes back", async () => {
    const one = await sync();
    const [moved = "", still = ""] = await issues(one, 2);
    await one.compare();
    one.clock.advance(30 * MINUTE);
    one.world.moveStatus(moved, one.statuses.build);
    const made = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.clock.advance(30 * MINUTE);
    expect((await one.compare(false))?.rung).toBe(2);
    expect(await staysOf(one, [moved, still, made])).toEqual(["To Do,In Progress", "To Do", "In Progress"]);
    const searches = one.jira.requests.filter(({ path }) => path.endsWith("search/jql"));
    expect(searches.at(-1)?.body).toMatchObject({
      jql: `project = ${one.project} AND updated >= "-70m" ORDER BY updated ASC`,
    });
    // They are still within the overlap ten minutes later, and nothing is rung again.
    one.clock.advance(10 * MINUTE);
    expect((await one.compare(false))?.rung).toBe(0);
  });

  test("what moves no `updated` is found by the sweep a day later", async () => {
    const one = await sync();
    const [issue = ""] = await issues(one, 1);
    await one.compare();
    one.world.migrateWorkflow(one.project, new Map([[one.statuses.toDo, one.statuses.build]]));
    one.clock.advance(HOUR);
    expect((await one.compare(false))?.rung).toBe(0);
    one.clock.advance(DAY);
    expect((await one.compare(false))?.rung).toBe(1);
    expect(await one.stays(issue)).toBe("To Do,In Progress");
  });

  test("a search that lags: stale pages never cover what a look saw, and what they hid is found later", async () => {
    const one = await sync();
    const [moved = ""] = await issues(one, 1);
    await one.compare();
    one.clock.advance(HOUR);
    one.jira.dials.searchLagMilliseconds = 20 * MINUTE;
    one.world.moveStatus(moved, one.statuses.build);
    await one.look(moved);
    const made = one.world.createIssue({ project: one.project, status: one.statuses.toDo });
    one.clock.advance(5 * MINUTE);
    await one.compare(false);
    await one.compare(true);
    expect(await one.stays(moved)).toBe("To Do,In Progress");
    expect(await one.hours(moved)).toEqual([0, 2]);
    expect(await one.stays(made)).toBe("");
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.stays(moved)).toBe("To Do,In Progress");
    expect(await one.stays(made)).toBe("To Do");
  });

  test("a first reading by a search that lags ends with what is true", async () => {
    const one = await sync();
    const [moved = "", gone = "", away = ""] = await issues(one, 3);
    const hr = one.world.createProject("HR");
    one.jira.dials.searchLagMilliseconds = 30 * MINUTE;
    one.world.moveStatus(moved, one.statuses.build);
    one.world.deleteIssue(gone);
    one.world.moveToProject(away, hr);
    one.clock.advance(MINUTE);
    await one.compare();
    expect(await one.stays(moved)).toBe("To Do,In Progress");
    one.clock.advance(DAY);
    await one.compare();
    // What went to another project before anything was read never was the ledger's.
    expect(await staysOf(one, [moved, gone, away])).toEqual(["To Do,In Progress", "To Do,gone", ""]);
  });

  test("pages that shift while issues change hide none: the sweep goes by ids", async () => {
    const one = await sync({ dials: { searchPageSize: 10, searchPagesShift: true } });
    const all = await issues(one, 40);
    let pages = 0;
    one.jira.dials.beforeAnswer = async ({ path }) => {
      if (!path.endsWith("search/jql")) return;
      pages += 1;
      const issue = all[pages * 3];
      if (issue !== undefined) one.world.moveStatus(issue, one.statuses.build);
    };
    await one.compare();
    one.jira.dials.beforeAnswer = undefined;
    one.clock.advance(HOUR);
    await one.compare(false);
    for (const issue of all) {
      const isMoved = one.world.issues.get(issue)?.state.status === one.statuses.build;
      expect(await one.stays(issue)).toBe(isMoved ? "To Do,In Progress" : "To Do");
    }
  });

  test.each([1, 2, 3])("killed after page %s: the next run goes on, and nothing is doubled", async (page) => {
    const one = await sync({ dials: { searchPageSize: 10 }, takesWorklogs: true });
    const all = await issues(one, 35);
    for (const issue of all) one.world.addWorklog({ issue, seconds: 60 });
    one.clock.advance(HOUR);
    const killer = new AbortController();
    let pages = 0;
    one.jira.dials.beforeAnswer = async ({ path }) => {
      if (!path.endsWith("search/jql")) return;
      pages += 1;
      if (pages === page + 1) killer.abort(new Error("killed"));
    };
    await expect(one.reconcile({ isFull: false, signal: killer.signal })).rejects.toThrow("killed");
    one.jira.dials.beforeAnswer = undefined;
    // The abort is noticed after the step that was under way.
    expect(await one.problem()).toBeNull();
    await one.compare(false);
    expect(new Set(await staysOf(one, all))).toEqual(new Set(["To Do"]));
    expect(await one.cells()).toEqual(["Payments To do other 2026-09-07 known in-time 35"]);
    const rows = await one.rows();
    expect([rows["flow.item"], rows["control.seen_item"], rows["ledger.entry"]]).toEqual([35, 35, 35]);
  });

  test("one project that is closed keeps no other from being compared", async () => {
    const one = await sync();
    const ops = one.world.createProject("OPS");
    const zed = one.world.createProject("ZED");
    await one.choose(ops, "Operations");
    await one.choose(zed, "Zed");
    const closed = await issues(one, 1, ops);
    const [first = ""] = await issues(one, 1);
    const [last = ""] = await issues(one, 1, zed);
    one.jira.rights.closeToApp(ops);
    expect((await one.compare())?.problemCode).toBe("JIRA_FORBIDDEN");
    expect(await staysOf(one, [first, last])).toEqual(["To Do", "To Do"]);
    expect(await one.stays(closed[0] ?? "")).toBe("");
  });

  test.each([
    [{ kind: "answer", status: 503 }, "JIRA_UNREACHABLE"],
    [{ kind: "answer", status: 403 }, "JIRA_FORBIDDEN"],
    [{ kind: "answer", status: 401 }, "JIRA_UNAUTHORISED"],
    [{ kind: "drop" }, "JIRA_UNREACHABLE"],
  ] as const)(
    "a site that answers every call with %j: bells wait, it is said, and it goes on afterwards",
    async (fault, code) => {
      const one = await sync();
      const [issue = ""] = await issues(one, 1);
      await one.compare();
      one.world.moveStatus(issue, one.statuses.build);
      one.clock.advance(HOUR);
      one.jira.disturb("", fault, 1000);
      for (let times = 0; times < 8; times += 1) {
        if (times === 0) await one.ring({ what: "issue", gid: issue, action: "updated" });
        await one.answer();
        one.clock.advance(2 * HOUR);
      }
      expect(await one.parked()).toEqual([]);
      expect((await one.bells()).map(({ error_code }) => error_code)).toEqual([code]);
      expect((await one.reconcile())?.problemCode).toBe(code);
      expect(await one.problem()).toBe(code);
      expect(await one.stays(issue)).toBe("To Do");
      // The site is well again.
      one.jira.disturb("never", fault, 0);
      await healed(one);
      await one.compare();
      expect(await one.stays(issue)).toBe("To Do,In Progress");
      expect(await one.bells()).toEqual([]);
      expect(await one.problem()).toBeNull();
    },
  );

  /** Uses up what is left of the disturbance. */
  async function healed(one: JiraSync): Promise<void> {
    for (let status = 0; status !== 200; ) {
      try {
        status = (await one.ask("status")).status;
      } catch {
        status = 0;
      }
    }
  }

  test("a token that lapsed: bells wait, the connection says so, and the next token brings them on", async () => {
    const one = await sync();
    const [issue = ""] = await issues(one, 1);
    await one.compare();
    one.world.moveStatus(issue, one.statuses.build);
    one.jira.tokens.revokeAll();
    await one.look(issue);
    expect((await one.bells()).map(({ state, error_code }) => `${state} ${error_code}`)).toEqual([
      "new JIRA_UNAUTHORISED",
    ]);
    expect(await one.problem()).toBe("JIRA_UNAUTHORISED");
    await one.bringToken();
    one.clock.advance(HOUR);
    await one.answer();
    expect(await one.stays(issue)).toBe("To Do,In Progress");
    one.jira.tokens.revokeAll();
    await one.bringToken({ expiresAt: one.clock.now() - 1 });
    one.world.moveStatus(issue, one.statuses.done);
    await one.look(issue);
    expect((await one.bells()).map(({ error_code }) => error_code)).toEqual(["JIRA_TOKEN_MISSING"]);
    expect(await one.problem()).toBe("JIRA_TOKEN_MISSING");
    await one.bringToken();
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.stays(issue)).toBe("To Do,In Progress,Done");
    expect(await one.bells()).toEqual([]);
    expect(await one.problem()).toBeNull();
  });

  test("an issue in an unknown shape parks alone: all others are read, by sweep and by bell", async () => {
    const poison: { issue: string } = { issue: "" };
    const spoil = <T extends { readonly id: string }>(issue: T): T =>
      issue.id === poison.issue ? { ...issue, fields: { status: "strange" } } : issue;
    const one = await sync({
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          searchIssues: async (...asked) => {
            const page = await gateway.searchIssues(...asked);
            return { ...page, issues: page.issues.map(spoil) };
          },
          findIssue: async (...asked) => {
            const issue = await gateway.findIssue(...asked);
            return issue === undefined ? undefined : spoil(issue);
          },
        })),
    });
    const [odd = "", ...others] = await issues(one, 4);
    poison.issue = odd;
    for (let times = 0; times < 6; times += 1) {
      if (times === 0) await one.reconcile();
      await one.answer();
      one.clock.advance(HOUR);
    }
    expect(await staysOf(one, others)).toEqual(["To Do", "To Do", "To Do"]);
    expect(await one.parked()).toEqual([`${odd} JIRA_WRONG_SHAPE`]);
    expect(await one.problem()).toBeNull();
    for (const issue of others) one.world.moveStatus(issue, one.statuses.build);
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await staysOf(one, others)).toEqual(others.map(() => "To Do,In Progress"));
  });

  test("histories in an unknown shape park their issue alone, and its worklogs are taken where it is", async () => {
    const poison: { issue: string } = { issue: "" };
    const spoil = (histories: ReadonlyMap<string, readonly object[]>) =>
      new Map(
        [...histories].map(([issue, all]) => [
          issue,
          issue === poison.issue ? [{ items: "none" }] : all.map((one) => ({ ...one })),
        ]),
      );
    const one = await sync({
      takesWorklogs: true,
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          readHistories: async (...asked) => spoil(await gateway.readHistories(...asked)),
          readProjectMoves: async (...asked) => spoil(await gateway.readProjectMoves(...asked)),
        })),
    });
    const [odd = "", good = ""] = await issues(one, 2);
    await one.compare();
    poison.issue = odd;
    for (const issue of [odd, good]) {
      one.world.moveStatus(issue, one.statuses.build);
      one.world.addWorklog({ issue, seconds: 1800 });
    }
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await staysOf(one, [odd, good])).toEqual(["To Do", "To Do,In Progress"]);
    expect((await one.cells()).reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0)).toBe(60);
  });

  test("a worklog in an unknown shape keeps no other from being read, and is said once", async () => {
    const poison: { worklog: string } = { worklog: "" };
    const one = await sync({
      takesWorklogs: true,
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          readWorklogs: async (ids) => {
            if (ids.includes(poison.worklog)) throw wrongShape("answered a worklog in an unknown shape");
            return gateway.readWorklogs(ids);
          },
        })),
    });
    const [issue = ""] = await issues(one, 1);
    const worklogs = Array.from({ length: 20 }, () => one.world.addWorklog({ issue, seconds: 60 }));
    poison.worklog = worklogs[7] ?? "";
    one.clock.advance(HOUR);
    expect((await one.compare())?.problemCode).toBe("JIRA_WRONG_SHAPE");
    expect(await one.cells()).toEqual(["Payments To do other 2026-09-07 known in-time 19"]);
    one.world.addWorklog({ issue, seconds: 60 });
    one.clock.advance(HOUR);
    expect((await one.compare(false))?.problemCode).toBe("JIRA_WRONG_SHAPE");
    one.world.addWorklog({ issue, seconds: 60 });
    one.clock.advance(HOUR);
    expect((await one.compare(false))?.problemCode).toBeUndefined();
    expect(await one.cells()).toEqual(["Payments To do other 2026-09-07 known in-time 21"]);
  });

  test("all projects: one that is new is taken in by its key, with its issues and worklogs of before", async () => {
    const one = await sync({ takesAll: true, takesWorklogs: true });
    const [first = ""] = await issues(one, 1);
    await one.compare(false);
    const ops = one.world.createProject("OPS");
    const [second = ""] = await issues(one, 1, ops);
    one.world.addWorklog({ issue: second, seconds: 600 });
    one.clock.advance(HOUR);
    await one.compare(false);
    expect([await one.projectOf(first), await one.projectOf(second)]).toEqual(["PAY", "OPS"]);
    expect(await one.cells()).toEqual(["OPS To do other 2026-09-07 known in-time 10"]);
  });

  test("projects that were wanted by their keys are found once they are there, with the names they were given", async () => {
    const one = await sync();
    await wanted(one, false, { OPS: "Operations", HR: null, ZZZ: "Later" });
    const ops = one.world.createProject("OPS");
    const hr = one.world.createProject("HR");
    const [first = ""] = await issues(one, 1, ops);
    const [second = ""] = await issues(one, 1, hr);
    await one.compare(false);
    expect([await one.projectOf(first), await one.projectOf(second)]).toEqual(["Operations", "HR"]);
    const left = () =>
      inTransaction(engine().database, { role: "recorder", tenantId: one.job.tenantId }, (trx) =>
        findWantedProjects(trx, one.job.tenantId, one.job.connectionId),
      );
    expect(await left()).toEqual({ takesAll: false, nameByKey: { ZZZ: "Later" } });
    const zzz = one.world.createProject("ZZZ");
    const [third = ""] = await issues(one, 1, zzz);
    await one.compare(false);
    expect(await one.projectOf(third)).toBe("Later");
    expect((await left()).nameByKey).toEqual({});
  });

  test("a project that is wanted by another name is called so, with the issues that it has; without a name it stays", async () => {
    const one = await sync();
    const [issue = ""] = await issues(one, 1);
    await one.compare(false);
    await wanted(one, false, { PAY: null });
    one.clock.advance(HOUR);
    expect((await one.compare(false))?.rung).toBe(0);
    expect(await one.projectOf(issue)).toBe("Payments");
    await wanted(one, false, { PAY: "Money" });
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.projectOf(issue)).toBe("Money");
    one.clock.advance(HOUR);
    expect((await one.compare(false))?.rung).toBe(0);
  });

  test("a project whose key changes is the same", async () => {
    const one = await sync({ takesAll: true });
    const [issue = ""] = await issues(one, 1);
    await one.compare(false);
    const project = one.world.projects.get(one.project);
    if (project !== undefined) one.world.projects.set(one.project, { ...project, key: "PAID" });
    one.clock.advance(HOUR);
    await one.compare(true);
    expect(await one.projectOf(issue)).toBe("PAY");
  });

  test("a reconcile that rings asks for the answer", async () => {
    const one = await sync();
    const [issue = ""] = await issues(one, 1);
    await one.compare();
    one.world.moveStatus(issue, one.statuses.build);
    one.clock.advance(HOUR);
    const asked: unknown[] = [];
    const work = jiraJobs(one.context, (job) => asked.push(job));
    await work({ ...one.job, kind: "reconcile" }, new AbortController().signal);
    expect(asked).toEqual([{ ...one.job, kind: "answer" }]);
    await work({ ...one.job, kind: "answer" }, new AbortController().signal);
    expect(await one.stays(issue)).toBe("To Do,In Progress");
  });
});
