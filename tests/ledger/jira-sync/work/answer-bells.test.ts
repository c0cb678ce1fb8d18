import { verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, gatewayLike, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

onBothEngines((engine) => {
  const sync = (options?: Parameters<typeof aJiraSync>[1]) => aJiraSync(engine().database, options);

  /** Made in To Do at hour 0, in Build since hour 1; it is hour 2. */
  async function inBuild(options?: Parameters<typeof aJiraSync>[1]): Promise<{ one: JiraSync; issue: string }> {
    const one = await sync(options);
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.toDo });
    one.clock.advance(HOUR);
    one.world.moveStatus(issue, one.statuses.build);
    one.clock.advance(HOUR);
    return { one, issue };
  }

  test("a bell: the issue is read in two calls, and its stays are in the ledger", async () => {
    const { one, issue } = await inBuild();
    await one.look(issue);
    expect(await one.stays(issue)).toBe("To Do,In Progress");
    expect(await one.hours(issue)).toEqual([0, 1]);
    expect(await one.projectOf(issue)).toBe("Payments");
    expect(await one.bells()).toEqual([]);
    expect(one.calls(`issue/${issue}`)).toBe(1);
    expect(one.calls("changelog/bulkfetch")).toBe(1);
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("a bell of a body that nobody could read asks Jira for nothing when it rings again, and is settled", async () => {
    const { one, issue } = await inBuild();
    await one.look(issue);
    await one.ring({ what: "unreadable", sha256: "00ff", bytes: 4, path: "body" });
    const before = one.calls("issue/");
    await one.answer();
    expect(await one.bells()).toEqual([]);
    expect(one.calls("issue/")).toBe(before);
    expect(await one.hours(issue)).toEqual([0, 1]);
  });

  test("many bells of one issue are answered by one look, and a second answer changes nothing", async () => {
    const { one, issue } = await inBuild();
    await one.ring(
      { what: "issue", gid: issue, action: "created" },
      { what: "issue", gid: issue, action: "updated", at: one.clock.now() },
      { what: "issue", gid: issue, action: "updated" },
    );
    await one.answer();
    expect(one.calls(`issue/${issue}`)).toBe(1);
    const before = await one.rows();
    await one.look(issue);
    expect(await one.rows()).toEqual(before);
    expect(await one.stays(issue)).toBe("To Do,In Progress");
  });

  test("two looks at once: the older answer that is recorded last is dropped", async () => {
    let inBetween: (() => Promise<void>) | undefined;
    const { one, issue } = await inBuild({
      openGateway: (open) =>
        gatewayLike(open, (gateway) => ({
          readHistories: async (...asked) => {
            const answer = await gateway.readHistories(...asked);
            const between = inBetween;
            inBetween = undefined;
            await between?.();
            return answer;
          },
        })),
    });
    await one.look(issue);
    // The first look has its answers already; before it records them, the issue moves on and another worker reads it.
    inBetween = async () => {
      one.clock.advance(HOUR);
      one.world.moveStatus(issue, one.statuses.done);
      await one.look(issue);
    };
    await one.look(issue);
    expect(inBetween).toBeUndefined();
    expect(await one.stays(issue)).toBe("To Do,In Progress,Done");
    expect(await one.hours(issue)).toEqual([0, 1, 3]);
    expect(await one.bells()).toEqual([]);
  });

  test("an out-of-date look is dropped when the issue was deleted meanwhile, though it was never seen before", async () => {
    const { one, issue } = await inBuild();
    let isFirst = true;
    one.jira.dials.beforeAnswer = async ({ path }) => {
      if (!isFirst || !path.endsWith("changelog/bulkfetch")) return;
      isFirst = false;
      one.world.deleteIssue(issue);
      await one.ring({ what: "issue", gid: issue, action: "deleted", at: one.clock.now() });
      await one.answer();
    };
    await one.look(issue);
    expect(await one.stays(issue)).toBe("");
    expect(await one.bells()).toEqual([]);
  });

  test("two machines whose clocks disagree: the look that began later is believed", async () => {
    const { one, issue } = await inBuild();
    one.skew.milliseconds = 10 * HOUR;
    await one.look(issue);
    one.world.moveStatus(issue, one.statuses.done);
    one.skew.milliseconds = 0;
    await one.look(issue);
    expect(await one.stays(issue)).toBe("To Do,In Progress,Done");
  });

  test("created in the middle of the workflow: in that status since it was made (E15)", async () => {
    const one = await sync();
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.build });
    one.clock.advance(HOUR);
    await one.look(issue);
    expect(await one.stays(issue)).toBe("In Progress");
    expect(await one.hours(issue)).toEqual([0]);
  });

  test("several changes at one instant are in the order of their histories, whatever order they are told in", async () => {
    const { one, issue } = await inBuild();
    one.world.moveStatus(issue, one.statuses.done);
    one.world.moveStatus(issue, one.statuses.build);
    one.world.moveStatus(issue, one.statuses.toDo);
    await one.look(issue);
    expect(await one.stays(issue)).toBe("To Do,In Progress,Done,In Progress,To Do");
    expect(await one.hours(issue)).toEqual([0, 1, 2, 2, 2]);
  });

  test("an issue of no chosen project leaves nothing in the database, whatever rings", async () => {
    const one = await sync({ takesWorklogs: true });
    const other = one.world.createProject("OPS");
    const issue = one.world.createIssue({ project: other, status: one.statuses.toDo });
    const worklog = one.world.addWorklog({ issue, seconds: 3600 });
    const before = await one.rows();
    await one.ring(
      { what: "issue", gid: issue, action: "created" },
      { what: "worklog", gid: worklog, action: "created", issue },
    );
    await one.answer();
    expect(await one.rows()).toEqual(before);
    one.world.deleteIssue(issue);
    await one.ring({ what: "issue", gid: issue, action: "deleted" });
    await one.answer();
    expect((await one.rows())["flow.item"]).toBe(0);
  });

  test("a sub-task books its hours with its parent's stages", async () => {
    const one = await sync({ takesWorklogs: true });
    const parent = one.world.createIssue({ project: one.project, status: one.statuses.build });
    const subtask = one.world.createIssue({ project: one.project, status: one.statuses.toDo, parent });
    one.world.addWorklog({ issue: subtask, seconds: 5400 });
    one.clock.advance(HOUR);
    await one.look(parent, subtask);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
  });
});
