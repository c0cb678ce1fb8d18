import { entry } from "@stageledger/core/contract/entries";
import { test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, ITEM } from "../support/forge/a-forge-door.ts";
import { linkAsana, recordEntryOf } from "../support/forge/a-linked-account.ts";
import { offline } from "../support/jira-forge/a-breakable-way.ts";
import { openMyTime } from "../support/jira-forge/a-my-time-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { lookAtPages } from "../support/jira-forge/look-at-pages.ts";
import { day } from "../support/moments.ts";

/** As wide as Jira's middle on a large screen, and on a small one. */
const WIDE_PIXELS = 1100;
const NARROW_PIXELS = 700;
const SMALLEST_PIXELS = 320;

describeWithApp("My time, as a picture", () => {
  onPostgres((engine) => {
    const look = lookAtPages("my-time", WIDE_PIXELS);

    test("fits where Jira shows it, in each of its states", { timeout: 120_000 }, async ({ skip }) => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door, "ada");
      const log = (item: string, date: string, minutes: number, activity = "build") =>
        ada.told(entry, `/forge/v1/items/${item}/entries`, { body: { date, minutes, activity } });
      const empty = await openMyTime(door);
      await look(empty, "empty", skip);
      for (const date of ["2026-08-31", "2026-09-01", "2026-09-02"]) await log("jira:10089", date, 90, "review");
      await log(ITEM, "2026-09-07", 60);
      await log(ITEM, "2026-09-08", 45);
      await log("jira:10089", "2026-09-07", 120);
      await log("jira:10089", "2026-09-07", 30, "meeting");
      const contributor = await linkAsana(door, engine().database, ada);
      await recordEntryOf(door, engine().database, contributor, {
        typedIn: "asana",
        date: day("2026-09-08"),
        minutes: 50,
        activity: "test",
      });
      await recordEntryOf(door, engine().database, contributor, {
        typedIn: "asana",
        date: day("2026-09-07"),
        minutes: 75,
        project: "Unassigned",
        itemId: "asana:7001:901",
      });
      const page = await openMyTime(door);
      await look(page, "week", skip, [WIDE_PIXELS, NARROW_PIXELS, SMALLEST_PIXELS]);
      await page.click("copy-last-week");
      for (const [cell, text] of [
        ["cell-PAY-88-2026-09-07", "1h 30m"],
        ["cell-PAY-88-2026-09-08", " "],
        ["cell-PAY-88-2026-09-09", "2"],
        ["cell-PAY-88-2026-09-10", "soon"],
      ] as const) {
        await page.type(cell, text);
        await page.tab(cell);
      }
      await look(page, "unsaved", skip, [WIDE_PIXELS, NARROW_PIXELS]);
      await page.click("next-week");
      await look(page, "leave", skip);
      await page.click("stay");
      await page.click("take-back");
      await page.type("find", "pay");
      await page.enter("find");
      await look(page, "find", skip);
    });

    test("fits behind its other tabs, and when it fails", { timeout: 120_000 }, async ({ skip }) => {
      const door = await aForgeDoor(engine().database);
      const ada = aPerson(door, "ada");
      await ada.told(entry, `/forge/v1/items/${ITEM}/entries`, { body: { date: "2026-09-07", minutes: 60 } });
      const contributor = await linkAsana(door, engine().database, ada);
      for (const minutes of [75, 20])
        await recordEntryOf(door, engine().database, contributor, {
          typedIn: "asana",
          date: day("2026-09-07"),
          minutes,
          project: "Unassigned",
        });
      const page = await openMyTime(door);
      await page.openTab("sections", 1);
      await look(page, "unassigned", skip, [WIDE_PIXELS, SMALLEST_PIXELS]);
      await page.openTab("sections", 2);
      await page.click("issue-code");
      await page.click("ask-to-unlink");
      await look(page, "accounts", skip, [WIDE_PIXELS, SMALLEST_PIXELS]);
      await page.openTab("sections", 3);
      await page.click("export-csv");
      await look(page, "data", skip, [WIDE_PIXELS, SMALLEST_PIXELS]);
      await page.type("erase", "erase");
      await page.enter("erase");
      await look(page, "erased", skip);
      const lost = await openMyTime(door, { way: () => offline });
      await look(lost, "offline", skip);
    });
  });
});
