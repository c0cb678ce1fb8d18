import { test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor } from "../support/forge/a-forge-door.ts";
import { openPanel } from "../support/jira-forge/a-panel.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { lookAtPages } from "../support/jira-forge/look-at-pages.ts";

/** As wide as the right side of an issue, and as its middle. */
const SMALL_PIXELS = 320;
const LARGE_PIXELS = 720;

describeWithApp("the panel, as a picture", () => {
  onPostgres((engine) => {
    const look = lookAtPages("panel", SMALL_PIXELS);

    test("fits beside an issue, whatever is unfolded in it", async ({ skip }) => {
      const door = await aForgeDoor(engine().database);
      const panel = await openPanel(door);
      await panel.settle();
      await look(panel, "empty", skip);
      for (const time of ["2h", "45m", "15m"]) {
        await panel.type("time", time);
        await panel.enter("time");
      }
      await panel.click("details");
      await panel.choose("log-activity", "meeting");
      await panel.choose("log-day", "Yesterday");
      await panel.type("time", "0:30");
      await look(panel, "details", skip);
      await panel.enter("time");
      await panel.click("details");
      await panel.click("timer-start");
      door.clock.now += 42 * 60_000;
      await panel.click("timer-look");
      await panel.type("time", "1h 30m");
      await look(panel, "in-use", skip);
      await panel.click("timer-stop");
      await look(panel, "stop", skip);
      await panel.click("not-yet");
      await panel.type("time", "2");
      await panel.click("change-*");
      await look(panel, "edit", skip);
      await panel.click("leave");
      await panel.type("time", "1,5");
      await panel.click("roadblock-link");
      await panel.type("roadblock-words", "No test data");
      await look(panel, "roadblock", skip);
      await panel.click("raise-environment");
      await panel.click("purpose-link");
      await look(panel, "purpose", skip);
      const other = await openPanel(door, { issue: "10089" });
      await other.settle();
      await other.click("timer-start");
      await look(other, "second-timer", skip);
      door.clock.now += 12 * 3_600_000;
      const later = await openPanel(door);
      await later.settle();
      await later.click("timer-stop");
      await look(later, "capped", skip);
      const unknown = await openPanel(door, { issue: "999" });
      await unknown.settle();
      await look(unknown, "unknown", skip);
      const offline = await openPanel(door, { way: () => () => Promise.reject(new Error("no way")) });
      await offline.settle();
      await look(offline, "offline", skip);
      const large = await openPanel(door, { type: "jira:issuePanel" });
      await large.settle();
      await look(large, "large", skip, [LARGE_PIXELS]);
    });
  });
});
