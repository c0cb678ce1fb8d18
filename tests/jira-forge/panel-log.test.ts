import { myWeek } from "@stageledger/core/contract/entries";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson } from "../support/forge/a-forge-door.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";

describeWithApp("logging in the panel", () => {
  onPostgres((engine) => {
    test("takes one field and Enter: five keys log an hour and a half in the stage that the issue is in", async () => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door);
      await panel.settle();
      expect(panel.text("no-entries")).toBe("Nothing logged here yet. Only you see your entries.");
      await panel.type("time", "1h30m");
      expect(panel.text("time-understood")).toBe("1 h 30 min · Review · today");
      await panel.enter("time");
      expect(panel.text("entry-*")).toBe("1 h 30 min | today · Review");
      expect(panel.text("notice")).toContain("Logged 1 h 30 min, today.");
      expect({ keystrokes: panel.keystrokes, clicks: panel.clicks }).toEqual({ keystrokes: 6, clicks: 0 });
      const { entries } = await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week");
      expect(entries).toMatchObject([
        { itemKey: "PAY-88", date: "2026-09-08", minutes: 90, activity: "other", stage: "Review" },
      ]);
    });
  });
});
