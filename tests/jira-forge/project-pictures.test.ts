import { test, vi } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor } from "../support/forge/a-forge-door.ts";
import { logAndRelease, nameProject, openProject, recordPayments } from "../support/jira-forge/a-project-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { lookAtPages } from "../support/jira-forge/look-at-pages.ts";

// Twelve pictures of a long page.
vi.setConfig({ testTimeout: 180_000 });

/** As wide as Jira's middle on a laptop. */
const PAGE_PIXELS = 1100;

describeWithApp("the project page, as a picture", () => {
  onPostgres((engine) => {
    const look = lookAtPages("project", PAGE_PIXELS);

    test("fits into Jira's middle, with and without anything to tell", async ({ skip }) => {
      const { database } = engine();
      const door = await aForgeDoor(database);
      const unknown = await openProject(door);
      await unknown.settle();
      await look(unknown, "unknown", skip);
      await nameProject(door, database);
      const thin = await openProject(door);
      await thin.settle();
      await look(thin, "thin", skip);
      const [item = ""] = await recordPayments(door, database);
      const before = await openProject(door);
      await before.settle();
      await look(before, "before-hours", skip);
      await logAndRelease(door, database, item, [
        { people: 7, stage: "Build", minutes: 480, date: "2026-08-05" },
        { people: 7, stage: "Build", minutes: 450, date: "2026-08-12" },
        { people: 7, stage: "Review", minutes: 210, date: "2026-08-19" },
        { people: 2, stage: "Test", minutes: 60, date: "2026-08-19" },
      ]);
      const whole = await openProject(door);
      await whole.settle();
      await look(whole, "whole", skip);
      await whole.click("limits-link");
      await look(whole, "limits", skip);
      await whole.click("purpose-link");
      await look(whole, "purpose", skip);
    });
  });
});
