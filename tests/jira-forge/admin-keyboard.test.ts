import { stageMap } from "@stageledger/core/contract/stages";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aPerson } from "../support/forge/a-forge-door.ts";
import { anAdminsDoor, openAdmin } from "../support/jira-forge/an-admin-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";
import { Keyboard } from "../support/jira-forge/keyboard.ts";

describeWithApp("the admin page, by keyboard alone", () => {
  onPostgres((engine) => {
    test("takes the statuses' proposal, renames a stage, moves it and saves", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await openAdmin(door);
      const keyboard = new Keyboard(page);
      keyboard.tabTo("propose");
      await keyboard.enter();
      expect(page.text("notice-proposal")).toContain(
        "A proposal from 7 statuses stands in the form. Nothing is saved yet.",
      );
      expect(keyboard.focused()).toBe("name-0");
      // Refresh, change, propose; Enter.
      expect(keyboard.keys).toBe(3 + 1);
      expect(rows(page)).toEqual(["Backlog", "Build", "Review", "Test", "Held", "Done"]);
      keyboard.tabTo("name-3");
      await keyboard.type("Check");
      keyboard.tabTo("up-3");
      await keyboard.enter();
      expect(keyboard.focused()).toBe("up-3");
      expect(page.text("moved")).toBe("Check is stage 3 of 6 now.");
      keyboard.tabTo("name-3");
      await keyboard.enter();
      // Three rows of six stops, the name, three stops to the arrow and back, and twice Enter.
      expect(keyboard.keys).toBe(4 + 18 + 5 + 3 + 1 + 3 + 1);
      expect(page.text("notice-stages")).toContain("Saved as version 2.");
      expect(keyboard.focused()).toBe("stages-change");
      const { version, stages } = await aPerson(door, "ada").told(stageMap, "/forge/v1/stages");
      expect(version).toBe(2);
      expect(stages.map(({ name }) => name)).toEqual(["Backlog", "Build", "Check", "Review", "Held", "Done"]);
    });

    test("takes a proposal back, into what was typed before", async () => {
      const page = await openAdmin(await anAdminsDoor(engine().database));
      const keyboard = new Keyboard(page);
      keyboard.tabTo("stages-change");
      await keyboard.enter();
      keyboard.tabTo("name-2");
      await keyboard.type("Look");
      keyboard.tabTo("down-2");
      await keyboard.enter();
      keyboard.tabTo("propose");
      await keyboard.enter();
      expect(rows(page)).toEqual(["Backlog", "Build", "Review", "Test", "Held", "Done"]);
      keyboard.tabTo("take-back");
      await keyboard.enter();
      expect(rows(page)).toEqual(["Backlog", "Build", "Test", "Look", "Done"]);
      expect(page.text("notice-proposal")).toBe("Taken back: what was there before is there again.");
      expect(page.text("changes").split(" | ")).toEqual([
        "Review is called Look",
        "Order: Backlog › Build › Test › Look › Done",
      ]);
    });

    test("moves the first stage down press by press: the focus stays on its arrow", async () => {
      const page = await openAdmin(await anAdminsDoor(engine().database));
      const keyboard = new Keyboard(page);
      keyboard.tabTo("stages-change");
      await keyboard.enter();
      keyboard.tabTo("down-0");
      for (const _ of ["once", "again"]) {
        await keyboard.enter();
        expect(keyboard.focused()).toBe("down-0");
      }
      expect(rows(page)).toEqual(["Build", "Review", "Backlog", "Test", "Done"]);
    });

    test("takes a proposal back that nothing was typed before: then the stages are as they are", async () => {
      const page = await openAdmin(await anAdminsDoor(engine().database));
      await page.click("propose");
      await page.click("take-back");
      expect(page.find("stage-form")).toBeUndefined();
      expect(page.find("stages")).toBeDefined();
    });
  });
});

/** Names of the stages, from top to bottom. */
function rows(page: ForgeHost): readonly unknown[] {
  return page.findAll("name-*").map(({ props }) => page.valueOf(String(props.testId)));
}
