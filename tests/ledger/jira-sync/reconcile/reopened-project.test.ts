import { expect, test } from "vitest";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

/** The project is closed to the app when the next call to a path that ends so has been let in. */
function closeAt(one: JiraSync, pathEnd: string): void {
  one.jira.dials.beforeAnswer = async ({ path }) => {
    if (!path.endsWith(pathEnd)) return;
    one.jira.rights.closeToApp(one.project);
    one.jira.dials.beforeAnswer = undefined;
  };
}

onBothEngines((engine) => {
  /** It is hour 2, and the issue was moved an hour ago. */
  async function aMovedIssue(one: JiraSync): Promise<string> {
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.toDo });
    one.clock.advance(HOUR);
    one.world.moveStatus(issue, one.statuses.build);
    one.clock.advance(HOUR);
    return issue;
  }

  test.each([
    ["listed for the first time", "sweep"],
    ["looked at", "look"],
  ])("an issue whose project is closed while it is %s has no history less once it is open", async (_name, kind) => {
    const one = await aJiraSync(engine().database);
    if (kind === "look") await one.compare();
    const issue = await aMovedIssue(one);
    closeAt(one, "changelog/bulkfetch");
    if (kind === "look") await one.look(issue);
    else await one.compare();
    expect(await one.stays(issue)).toBe("");
    one.jira.rights.openToApp(one.project);
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.stays(issue)).toBe("To Do,In Progress");
  });

  test("worklogs from before come once a project is open that was closed before they were listed", async () => {
    const one = await aJiraSync(engine().database, { takesWorklogs: true });
    const ops = one.world.createProject("OPS");
    await one.choose(ops, "Operations");
    const open = one.world.createIssue({ project: ops, status: one.statuses.build });
    one.world.addWorklog({ issue: await aMovedIssue(one), seconds: 7200 });
    one.clock.advance(HOUR);
    one.world.addWorklog({ issue: open, seconds: 900 });
    one.clock.advance(HOUR);
    closeAt(one, "worklog/updated");
    await one.compare();
    expect(await one.problem()).toBe("JIRA_FORBIDDEN");
    expect(await one.cells()).toEqual([expect.stringMatching(/^Operations .* 15$/u)]);
    one.jira.rights.openToApp(one.project);
    one.clock.advance(HOUR);
    await one.compare(false);
    expect(await one.problem()).toBeNull();
    expect(await one.cells()).toEqual([
      expect.stringMatching(/^Operations .* 15$/u),
      expect.stringMatching(/^Payments .* 120$/u),
    ]);
  });

  test("hours of before a move stay where they were, though the project is closed while its moves are asked for (E14)", async () => {
    const one = await aJiraSync(engine().database, { takesWorklogs: true });
    const ops = one.world.createProject("OPS");
    await one.choose(ops, "Operations");
    const issue = one.world.createIssue({ project: ops, status: one.statuses.build });
    const startedAt = one.clock.now();
    one.clock.advance(HOUR);
    one.world.moveToProject(issue, one.project);
    one.clock.advance(HOUR);
    await one.compare();
    const gid = one.world.addWorklog({ issue, seconds: 900, startedAt });
    await one.ring({ what: "worklog", gid, action: "created", issue });
    closeAt(one, "changelog/bulkfetch");
    await one.answer();
    expect(await one.cells()).toEqual([]);
    one.jira.rights.openToApp(one.project);
    one.clock.advance(HOUR);
    await one.answer();
    expect(await one.cells()).toEqual([expect.stringMatching(/^Operations .* 15$/u)]);
  });

  test.each([
    ["the hourly look", false],
    ["a sweep", true],
  ])(
    "what was logged and taken back in a project while it was closed to the app is found by %s once it is open",
    async (_name, isFull) => {
      const one = await aJiraSync(engine().database, { takesWorklogs: true });
      const ops = one.world.createProject("OPS");
      await one.choose(ops, "Operations");
      const [closed, open] = [one.project, ops].map((project) =>
        one.world.createIssue({ project, status: one.statuses.build }),
      );
      const taken = one.world.addWorklog({ issue: closed ?? "", seconds: 60 });
      one.clock.advance(HOUR);
      await one.compare(false);
      one.jira.rights.closeToApp(one.project);
      one.world.addWorklog({ issue: closed ?? "", seconds: 7200 });
      one.world.deleteWorklog(taken);
      one.clock.advance(HOUR);
      // Its lists go on without the closed project's, and past them.
      const gone = one.world.addWorklog({ issue: open ?? "", seconds: 300 });
      one.world.addWorklog({ issue: open ?? "", seconds: 900 });
      one.clock.advance(HOUR);
      await one.compare(false);
      one.world.deleteWorklog(gone);
      one.clock.advance(2 * HOUR);
      await one.compare(false);
      expect(await one.cells()).toEqual([
        expect.stringMatching(/^Operations .* 15$/u),
        expect.stringMatching(/^Payments .* 1$/u),
      ]);
      one.jira.rights.openToApp(one.project);
      one.clock.advance(HOUR);
      await one.compare(isFull);
      expect(await one.cells()).toEqual([
        expect.stringMatching(/^Operations .* 15$/u),
        expect.stringMatching(/^Payments .* 120$/u),
      ]);
    },
  );
});
