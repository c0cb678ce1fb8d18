import { mySettings } from "@stageledger/core/contract/my-data";
import { test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson } from "../support/forge/a-forge-door.ts";
import { jiraOfIssues, logFor } from "../support/jira-forge/a-my-time-page.ts";
import { aSiteWithPanels } from "../support/jira-forge/a-site-with-panels.ts";
import { closeWeek } from "../support/jira-forge/close-week.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { lookAtPages } from "../support/jira-forge/look-at-pages.ts";
import { openPage } from "../support/jira-forge/open-page.ts";

const SMALL_PIXELS = 320;
const DIALOG_PIXELS = 400;
const PAGE_PIXELS = 1000;
const DATA_TAB = 3;

describeWithApp("copies in Jira and the command, as pictures", () => {
  onPostgres((engine) => {
    const look = lookAtPages("mirror", SMALL_PIXELS);

    test("fit beside an issue: the setting, what Jira did not take, and what is left there", async ({ skip }) => {
      const site = await aSiteWithPanels(engine().database);
      const { sync, door, ada, issue } = site;
      const before = await site.open();
      await before.type("time", "20m");
      await before.enter("time");
      await before.click("mirror-link");
      await look(before, "off", skip);
      await before.toggle("mirror-toggle");
      await look(before, "on", skip);
      await before.click("mirror-link");
      await before.type("time", "1h");
      await look(before, "typed", skip);
      await before.enter("time");
      const gone = { entry: "00000000-0000-4000-8000-000000000000", minutes: 30, date: "2026-09-04" };
      const properties = new Map([["stageledger.entry", gone]]);
      sync.world.addWorklog({ issue, seconds: 1800, by: ada, properties });
      const panel = await site.open();
      sync.jira.rights.letLogWork(ada, sync.project, false);
      await panel.type("time", "1h30m");
      await panel.enter("time");
      await panel.click("change-*");
      await look(panel, "failed", skip);
      await aPerson(door, ada).told(mySettings, "/forge/v1/my/settings");
      const myTime = await site.openMyTime();
      await myTime.openTab("sections", DATA_TAB);
      await look(myTime, "my-time", skip, [PAGE_PIXELS]);
      await closeWeek(door, engine().database, "2026-09-07");
      const closed = await site.open();
      const private20 = closed.findAll("change-*").find((row) => closed.text(row).startsWith("20 min"));
      await closed.click(String(private20?.props.testId));
      await look(closed, "too-late", skip);
      const untold = await site.open({
        way: (send) => async (call) =>
          call.path.endsWith("/my/settings") ? new Response("{}", { status: 503 }) : send(call),
      });
      await look(untold, "link-not-known", skip);
      await untold.click("mirror-link");
      await look(untold, "not-known", skip);
    });

    test("fits a dialog: the command, which asks on which issue, and then logs there", async ({ skip }) => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 30, "jira:10089"], [8, 30]);
      const extension = { type: "jira:command" };
      const page = await openPage(door, { file: "panel.tsx", extension }, { jira: jiraOfIssues });
      await page.settle();
      await look(page, "command", skip, [DIALOG_PIXELS]);
      await page.type("find", "unicorn");
      await page.enter("find");
      await look(page, "command-nothing", skip, [DIALOG_PIXELS]);
      await page.click("choose-PAY-88");
      await look(page, "command-chosen", skip, [DIALOG_PIXELS]);
    });
  });
});
