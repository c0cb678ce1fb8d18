import { expect, test } from "vitest";
import { onBothEngines } from "../../../support/database/engines.ts";
import { aJiraSync } from "../../../support/jira/a-jira-sync.ts";
import { HOUR } from "../../../support/moments.ts";

onBothEngines((engine) => {
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
