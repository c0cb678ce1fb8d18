import { verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { backFillJira } from "../../../../apps/ledger/src/jira-sync/connect/back-fill.ts";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

onBothEngines((engine) => {
  /** 30 issues on three pages, one minute on each; the statuses of ten are elsewhere than their histories end. */
  async function aSite() {
    const one = await aJiraSync(engine().database, { takesWorklogs: true, dials: { searchPageSize: 10 } });
    const { world, project, statuses, clock } = one;
    const old = world.createStatus("Oud", "new");
    const issues = Array.from({ length: 30 }, (_, number) => {
      const issue = world.createIssue({ project, status: statuses.toDo });
      if (number % 3 === 0) world.moveStatus(issue, old);
      world.addWorklog({ issue, seconds: 60 });
      return issue;
    });
    clock.advance(HOUR);
    world.migrateWorkflow(project, new Map([[old, statuses.build]]));
    clock.advance(HOUR);
    return { one, issues };
  }

  const fill = ({ context, job }: JiraSync, signal = new AbortController().signal, looked: number[] = []) =>
    backFillJira(context, job, signal, { onLook: (count) => void looked.push(count), onWaiting: () => {} });

  test("a whole site, page by page, and what has to be looked at by itself", async () => {
    const { one, issues } = await aSite();
    const looked: number[] = [];
    const { bells, problemCode } = await fill(one, undefined, looked);
    expect(problemCode).toBeUndefined();
    expect(bells).toMatchObject({ waiting: 0, parked: 0 });
    expect(looked).toEqual([10, 20, 30]);
    expect(await one.stays(issues[0] ?? "")).toBe("To Do,Oud,In Progress");
    expect(await one.stays(issues[1] ?? "")).toBe("To Do");
    expect((await one.cells()).reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0)).toBe(30);
  });

  test.each([
    ["the second page of the search", "search/jql", 2],
    ["the third page of the search", "search/jql", 3],
    ["the histories of the second page", "changelog/bulkfetch", 2],
    ["the list of worklogs", "worklog/updated", 1],
    ["the worklogs", "worklog/list", 1],
    ["the fourth issue by itself", "/issue/", 4],
  ])(
    "stopped at %s, again and again: whoever goes on ends with the same, and nothing is doubled",
    async (_what, path, call) => {
      const { one, issues } = await aSite();
      let calls = 0;
      const stop = { controller: new AbortController() };
      one.jira.dials.beforeAnswer = async (request) => {
        if (!request.path.includes(path)) return;
        calls += 1;
        if (calls === call || calls === call + 3) stop.controller.abort(new Error("stopped"));
      };
      let stops = 0;
      for (let tries = 0; tries < 4; tries += 1) {
        stop.controller = new AbortController();
        try {
          await fill(one, stop.controller.signal);
          break;
        } catch (error) {
          expect(String(error)).toContain("stopped");
          stops += 1;
        }
      }
      expect(stops).toBeGreaterThan(0);
      one.jira.dials.beforeAnswer = undefined;
      const { bells } = await fill(one);
      expect(bells).toMatchObject({ waiting: 0, parked: 0 });
      const stays = await Promise.all(issues.map((issue) => one.stays(issue)));
      expect(stays).toEqual(issues.map((_, number) => (number % 3 === 0 ? "To Do,Oud,In Progress" : "To Do")));
      expect((await one.cells()).reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0)).toBe(30);
      expect((await one.rows())["ledger.entry"]).toBe(30);
      expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
    },
  );
});
