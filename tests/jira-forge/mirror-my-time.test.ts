import { entry as entryAnswer, myWeek } from "@stageledger/core/contract/entries";
import { mySettings } from "@stageledger/core/contract/my-data";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aPerson } from "../support/forge/a-forge-door.ts";
import { aSiteWithPanels, type SiteWithPanels } from "../support/jira-forge/a-site-with-panels.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

const DATA_TAB = 3;
const SETTINGS = "/forge/v1/my/settings";

/** My time, with a row for the issue: an hour on Monday, logged before anything was copied. */
async function myTimeOf(site: SiteWithPanels): Promise<ForgeHost> {
  const panel = await site.open();
  await panel.type("time", "1h");
  await panel.enter("time");
  return site.openMyTime();
}

const cell = (page: ForgeHost, day: number): string => {
  const ending = `-2026-09-${String(day).padStart(2, "0")}`;
  const found = page.findAll("cell-*").find(({ props }) => String(props.testId).endsWith(ending));
  return String(found?.props.testId);
};

async function fill(page: ForgeHost, day: number, text: string): Promise<void> {
  const testId = cell(page, day);
  await page.type(testId, text);
  await page.enter(testId);
}

const worklogs = ({ sync: { world }, issue }: SiteWithPanels): readonly string[] =>
  world
    .worklogsOf(issue)
    .map(({ seconds, startedAt }) => `${new Date(startedAt).toISOString().slice(0, 10)} ${seconds / 60}`)
    .sort();

const ofWorklogs = ({ asked }: SiteWithPanels) => asked.filter((call) => call.includes("/worklog"));

describeWithApp("copying what My time logs", () => {
  onPostgres((engine) => {
    test("is off: a week is filled, changed and undone, and Jira is asked of no worklog", async () => {
      const site = await aSiteWithPanels(engine().database);
      const page = await myTimeOf(site);
      await fill(page, 8, "1h30");
      await fill(page, 7, "2h");
      await page.click("undo");
      expect(ofWorklogs(site)).toEqual([]);
    });

    test("is turned on below what it shows; then what is logged is copied, changed and deleted with its entry", async () => {
      const site = await aSiteWithPanels(engine().database);
      const page = await myTimeOf(site);
      await page.openTab("sections", DATA_TAB);
      expect(page.text("mirror-section")).toContain(
        "can then read there your name, the minutes, the day, and when it was written",
      );
      await page.toggle("mirror-toggle");
      expect(page.text("mirror-state")).toBe("It is on. What you log from now on is copied.");
      await page.openTab("sections", 0);
      await page.type(cell(page, 8), "1h30");
      await page.type(cell(page, 9), "45m");
      await page.enter(cell(page, 9));
      expect(worklogs(site)).toEqual(["2026-09-08 90", "2026-09-09 45"]);
      await fill(page, 8, "2h");
      expect(worklogs(site)).toEqual(["2026-09-08 120", "2026-09-09 45"]);
      await fill(page, 7, "3h");
      await page.type(cell(page, 9), " ");
      await page.enter(cell(page, 9));
      expect(worklogs(site)).toEqual(["2026-09-08 120"]);
      await page.click("undo");
      expect(worklogs(site)).toEqual(["2026-09-08 120", "2026-09-09 45"]);
      expect(page.find("copy-notices")).toBeUndefined();
      // The hour of Monday that was logged before is nowhere in Jira, though it was changed.
      expect([...(await site.sync.cells())].sort()).toEqual([
        "Payments Build other 2026-09-07 known in-time 165",
        "Payments Build other 2026-09-07 private in-time 180",
      ]);
    });

    test("what was logged without a copy gets none by being deleted and that undone", async () => {
      const site = await aSiteWithPanels(engine().database);
      const page = await myTimeOf(site);
      await page.openTab("sections", DATA_TAB);
      await page.toggle("mirror-toggle");
      await page.openTab("sections", 0);
      await page.type(cell(page, 7), " ");
      await page.enter(cell(page, 7));
      await page.click("undo");
      expect(ofWorklogs(site)).toEqual([]);
      expect(await site.sync.cells()).toEqual(["Payments Build other 2026-09-07 private in-time 60"]);
    });

    test("says that it is not known whether it is on, and asks again by a press", async () => {
      const site = await aSiteWithPanels(engine().database);
      await aPerson(site.door, site.ada).told(mySettings, SETTINGS, { method: "PUT", body: { mirrorsToJira: true } });
      let isDown = true;
      const page = await site.openMyTime({
        way: (send) => async (call) =>
          isDown && call.path === SETTINGS ? new Response("{}", { status: 503 }) : send(call),
      });
      await page.openTab("sections", DATA_TAB);
      expect(page.text("mirror-state")).toContain("The ledger did not say whether it is on.");
      isDown = false;
      await page.click("ask-mirror");
      expect(page.text("mirror-state")).toBe("It is on. What you log from now on is copied.");
      expect(page.get("mirror-toggle").props).toMatchObject({ isChecked: true, isDisabled: false });
    });

    test("an entry that another window moved to another week keeps its copy", async () => {
      const site = await aSiteWithPanels(engine().database);
      const person = aPerson(site.door, site.ada);
      await person.told(mySettings, SETTINGS, { method: "PUT", body: { mirrorsToJira: true } });
      const page = await myTimeOf(site);
      const [entry] = (await person.told(myWeek, "/forge/v1/my/week")).entries;
      const moved = { method: "PATCH", body: { revision: 1, date: "2026-09-01" } } as const;
      await person.told(entryAnswer, `/forge/v1/entries/${entry?.id}`, moved);
      await fill(page, 8, "1h30");
      expect(worklogs(site)).toEqual(["2026-09-07 60", "2026-09-08 90"]);
    });

    test("tells of each entry that Jira did not take, and tries that one again", async () => {
      const site = await aSiteWithPanels(engine().database);
      await aPerson(site.door, site.ada).told(mySettings, SETTINGS, { method: "PUT", body: { mirrorsToJira: true } });
      const page = await myTimeOf(site);
      site.sync.jira.rights.letLogWork(site.ada, site.sync.project, false);
      await fill(page, 8, "1h30");
      expect(page.text("failed-copy-*")).toContain("It is about 1 h 30 min");
      expect(page.text("copy-reason")).toContain("You do not have the permission");
      site.sync.jira.rights.letLogWork(site.ada, site.sync.project);
      await page.click("copy-again-*");
      expect(worklogs(site)).toEqual(["2026-09-07 60", "2026-09-08 90"]);
      expect(page.find("copy-notices")).toBeUndefined();
    });
  });
});
