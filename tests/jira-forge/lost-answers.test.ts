/** What was done is done once when its answer was lost; and what is meant anew afterwards is done anew, on each page. */
import { myWeek } from "@stageledger/core/contract/entries";
import { mySettings } from "@stageledger/core/contract/my-data";
import { siteState } from "@stageledger/core/contract/site-state";
import { timerState } from "@stageledger/core/contract/timer";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, readTheProject } from "../support/forge/a-forge-door.ts";
import { answerLost, BreakableWay } from "../support/jira-forge/a-breakable-way.ts";
import { cellOf, fill, logFor, openMyTime, recordedOf } from "../support/jira-forge/a-my-time-page.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { anAdminsDoor, openAdmin } from "../support/jira-forge/an-admin-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";

const noWorklogs = async (): Promise<Response> => Response.json({ total: 0, worklogs: [] });

/** Does it so that it is done, and nobody is told. */
async function unheard(way: BreakableWay, deed: () => Promise<void>): Promise<void> {
  way.fault = answerLost;
  await deed();
  way.fault = undefined;
}

describeWithApp("after an answer was lost, and something else was done", () => {
  onPostgres((engine) => {
    test("the same hour is another hour", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const panel = await openPanel(door, { way: way.over });
      await panel.settle();
      await panel.type("time", "1h");
      await unheard(way, () => panel.enter("time"));
      for (const time of ["20m", "1h"]) {
        await panel.type("time", time);
        await panel.enter("time");
      }
      const { entries } = await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week");
      expect(entries.map(({ minutes }) => minutes).sort()).toEqual([20, 60, 60]);
      expect(panel.findAll("entry-*")).toHaveLength(3);
    });

    test("a timer that was stopped meanwhile starts again", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const panel = await openPanel(door, { way: way.over });
      await panel.settle();
      await unheard(way, () => panel.click("timer-start"));
      await panel.type("time", "5m");
      await panel.enter("time");
      door.clock.now += 20 * 60_000;
      await panel.click("timer-stop");
      await panel.enter("stop-time");
      await panel.click("timer-start");
      const { timer } = await aPerson(door, "ada").told(timerState, "/forge/v1/my/timer");
      expect(timer).toMatchObject({ startedAt: door.clock.now });
    });

    test("copies are off when they are turned off the second time, too", async () => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door, "ada");
      await ada.told(mySettings, "/forge/v1/my/settings", { method: "PUT", body: { mirrorsToJira: true } });
      const way = new BreakableWay();
      const panel = await openPanel(door, { way: way.over, jira: noWorklogs });
      await panel.settle();
      await panel.click("mirror-link");
      await unheard(way, () => panel.toggle("mirror-toggle"));
      await panel.type("time", "5m");
      await panel.enter("time");
      await panel.click("mirror-link");
      await panel.toggle("mirror-toggle");
      expect(await ada.told(mySettings, "/forge/v1/my/settings")).toEqual({ mirrorsToJira: true });
      await panel.toggle("mirror-toggle");
      expect(await ada.told(mySettings, "/forge/v1/my/settings")).toEqual({ mirrorsToJira: false });
      expect(panel.get("mirror-toggle").props.isChecked).toBe(false);
    });

    test("worklogs of Jira's own are off when an admin turns them off the second time, too", async () => {
      const door = await anAdminsDoor(engine().database);
      await readTheProject(door, engine().database, "10001", "PAY");
      const admin = aPerson(door, "admin");
      await admin.told(siteState, "/forge/v1/site/worklogs", { method: "PUT", body: { isOn: true } });
      const way = new BreakableWay();
      const page = await openAdmin(door, { way: way.over });
      await unheard(way, () => page.toggle("worklogs"));
      await page.click("refresh");
      await page.toggle("worklogs");
      expect(await admin.told(siteState, "/forge/v1/site")).toMatchObject({ takesNativeWorklogs: true });
      await page.toggle("worklogs");
      expect(await admin.told(siteState, "/forge/v1/site")).toMatchObject({ takesNativeWorklogs: false });
    });

    test("a cell that was emptied meanwhile is filled again", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door, { way: way.over });
      await fill(page, cellOf(8), "1h");
      await unheard(way, () => page.enter(cellOf(8)));
      await page.click("next-week");
      await page.click("discard-and-go");
      await page.click("previous-week");
      await fill(page, cellOf(8), " ");
      await page.enter(cellOf(8));
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60"]);
      await fill(page, cellOf(8), "1h");
      await page.enter(cellOf(8));
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 60"]);
    });
  });
});
