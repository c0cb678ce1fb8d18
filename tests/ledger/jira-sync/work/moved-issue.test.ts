import { verify } from "@stageledger/db";
import { expect, test } from "vitest";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync, type JiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

onBothEngines((engine) => {
  /** PAY is Payments, OPS is Operations and chosen, HR is in none. An issue of PAY, in Build since hour 1; it is hour 2. */
  async function aHouse() {
    const one = await aJiraSync(engine().database, { takesWorklogs: true });
    const ops = one.world.createProject("OPS");
    const hr = one.world.createProject("HR");
    await one.choose(ops, "Operations");
    const issue = one.world.createIssue({ project: one.project, status: one.statuses.toDo });
    one.clock.advance(HOUR);
    one.world.moveStatus(issue, one.statuses.build);
    one.clock.advance(HOUR);
    return { one, ops, hr, issue };
  }

  /** Lets an hour pass after each deed, and looks if wanted. */
  async function live(one: JiraSync, issue: string, isLooked: boolean, deeds: readonly (() => void)[]): Promise<void> {
    for (const deed of deeds) {
      deed();
      one.clock.advance(HOUR);
      if (isLooked) await one.look(issue);
    }
    if (!isLooked) await one.look(issue);
  }

  test("to another chosen project: the project is the new one, hours of before stay with the old one (E14)", async () => {
    const { one, ops, issue } = await aHouse();
    one.world.addWorklog({ issue, seconds: 3600, startedAt: one.clock.now() - HOUR });
    await one.look(issue);
    one.world.moveToProject(issue, ops);
    one.clock.advance(HOUR);
    one.world.addWorklog({ issue, seconds: 1800 });
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.projectOf(issue)).toBe("Operations");
    expect(await one.cells()).toEqual([
      "Operations Build other 2026-09-07 known in-time 30",
      "Payments Build other 2026-09-07 known in-time 60",
    ]);
    expect(await one.stays(issue)).toBe("To Do,In Progress");
    expect(await verify(engine().database, one.tenant.tenantId)).toEqual([]);
  });

  test("hours that are read before the move was looked at, of after it, are the new project's", async () => {
    const { one, ops, issue } = await aHouse();
    await one.look(issue);
    one.world.moveToProject(issue, ops);
    one.clock.advance(HOUR);
    const worklog = one.world.addWorklog({ issue, seconds: 1800 });
    await one.ring({ what: "worklog", gid: worklog, action: "created", issue });
    await one.answer();
    expect(await one.cells()).toEqual(["Operations Build other 2026-09-07 known in-time 30"]);
  });

  test.each([true, false])(
    "to a project that is not chosen: gone since the move, and what happens there is none of ours (looked at each time: %s)",
    async (isLooked) => {
      const { one, hr, issue } = await aHouse();
      one.world.addWorklog({ issue, seconds: 3600, startedAt: one.clock.now() - HOUR });
      await one.look(issue);
      await live(one, issue, isLooked, [
        () => one.world.moveToProject(issue, hr, one.statuses.toDo),
        () => one.world.moveStatus(issue, one.statuses.done),
        () => one.world.addWorklog({ issue, seconds: 60 * 60 * 3 }),
      ]);
      await one.compare();
      expect(await one.stays(issue)).toBe("To Do,In Progress,gone");
      expect(await one.hours(issue)).toEqual([0, 1, 2]);
      expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 60"]);
      expect(await one.bells()).toEqual([]);
    },
  );

  test.each([true, false])("and back again: gone meanwhile (looked at each time: %s)", async (isLooked) => {
    const { one, hr, issue } = await aHouse();
    await one.look(issue);
    await live(one, issue, isLooked, [
      () => one.world.moveToProject(issue, hr),
      () => one.world.moveStatus(issue, one.statuses.done),
      () => one.world.moveToProject(issue, one.project),
      () => one.world.moveStatus(issue, one.statuses.toDo),
    ]);
    expect(await one.stays(issue)).toBe("To Do,In Progress,gone,Done,To Do");
    expect(await one.hours(issue)).toEqual([0, 1, 2, 4, 5]);
    const before = await one.rows();
    await one.compare();
    expect(await one.rows()).toEqual(before);
    expect(await one.projectOf(issue)).toBe("Payments");
  });

  test("back with another status in the same history: in that one from then on", async () => {
    const { one, hr, issue } = await aHouse();
    await one.look(issue);
    await live(one, issue, true, [
      () => one.world.moveToProject(issue, hr),
      () => one.world.moveToProject(issue, one.project, one.statuses.toDo),
    ]);
    expect(await one.stays(issue)).toBe("To Do,In Progress,gone,In Progress,To Do");
    expect(await one.hours(issue)).toEqual([0, 1, 2, 3, 3]);
  });

  test("an issue that was away and back before it was first read tells the same, by a sweep as by a look", async () => {
    for (const read of ["sweep", "look"]) {
      const { one, hr, issue } = await aHouse();
      one.world.moveToProject(issue, hr);
      one.clock.advance(HOUR);
      one.world.moveToProject(issue, one.project);
      one.clock.advance(HOUR);
      if (read === "sweep") await one.compare();
      else await one.look(issue);
      expect(await one.stays(issue)).toBe("To Do,In Progress,gone,In Progress");
      expect(await one.hours(issue)).toEqual([0, 1, 2, 3]);
      const before = await one.rows();
      await one.look(issue);
      expect(await one.rows()).toEqual(before);
    }
  });

  test("one that comes from a project that is not chosen brings its whole life, and of its hours those that are ours", async () => {
    const { one, hr } = await aHouse();
    const stranger = one.world.createIssue({ project: hr, status: one.statuses.toDo });
    one.clock.advance(HOUR);
    one.world.moveStatus(stranger, one.statuses.build);
    one.world.addWorklog({ issue: stranger, seconds: 7200 });
    await one.compare();
    one.clock.advance(HOUR);
    one.world.moveToProject(stranger, one.project);
    one.world.addWorklog({ issue: stranger, seconds: 900 });
    one.clock.advance(HOUR);
    await one.compare();
    expect(await one.stays(stranger)).toBe("To Do,In Progress");
    expect(await one.hours(stranger)).toEqual([2, 3]);
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 15"]);
  });

  test("the project that it went to is chosen later: it is there without a hole, in two stays", async () => {
    const { one, hr, issue } = await aHouse();
    await one.look(issue);
    await live(one, issue, true, [
      () => one.world.moveToProject(issue, hr),
      () => one.world.moveStatus(issue, one.statuses.done),
    ]);
    expect(await one.stays(issue)).toBe("To Do,In Progress,gone");
    await one.choose(hr, "People");
    await one.compare();
    expect(await one.projectOf(issue)).toBe("People");
    expect(await one.stays(issue)).toBe("To Do,In Progress,In Progress,Done");
    expect(await one.hours(issue)).toEqual([0, 1, 2, 3]);
    const before = await one.rows();
    one.clock.advance(HOUR);
    await one.look(issue);
    expect(await one.rows()).toEqual(before);
  });

  test("hours of before that are edited after it went to a project that is not chosen are edited in ours", async () => {
    const { one, hr, issue } = await aHouse();
    const worklog = one.world.addWorklog({ issue, seconds: 3600 });
    await one.look(issue);
    one.clock.advance(HOUR);
    one.world.moveToProject(issue, hr);
    await one.look(issue);
    one.clock.advance(HOUR);
    one.world.editWorklog(worklog, { seconds: 5400 });
    await one.ring({ what: "worklog", gid: worklog, action: "updated", issue });
    await one.answer();
    expect(await one.cells()).toEqual(["Payments Build other 2026-09-07 known in-time 90"]);
  });
});
