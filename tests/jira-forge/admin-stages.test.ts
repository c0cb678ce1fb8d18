import { stageMap } from "@stageledger/core/contract/stages";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aPerson, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { anAdminsDoor, openAdmin } from "../support/jira-forge/an-admin-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

const STAGES = "/forge/v1/stages";
const saved = (door: ForgeDoor) => aPerson(door, "ada").told(stageMap, STAGES);

const names = (page: ForgeHost) => page.findAll("name-*").map(({ props }) => page.valueOf(String(props.testId)));

describeWithApp("the stages on the admin page", () => {
  onPostgres((engine) => {
    test("are read as a table, and statuses in no stage are told loudly", async () => {
      const page = await openAdmin(await anAdminsDoor(engine().database));
      expect(page.text("stages-more")).toBe("Work begins with Build. | Version 1");
      expect(page.get("unmapped").props).toMatchObject({ appearance: "warning", title: "2 statuses in no stage" });
      expect(page.text("unmapped")).toContain("In QA, Held.");
    });

    test("can be renamed, moved and limited; what is not saved is counted and listed; then they are saved", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await openAdmin(door);
      await page.click("stages-change");
      expect(names(page)).toEqual(["Backlog", "Build", "Review", "Test", "Done"]);
      expect(page.nameOf("up-2")).toBe("Move Review up");
      await page.click("up-2");
      expect(page.text("moved")).toBe("Review is stage 2 of 5 now.");
      await page.type("name-3", "Check");
      await page.type("limit-2", "4");
      await page.choose("status-jira:10007", "Check");
      expect(page.text("stage-form")).toContain("4 changes not saved");
      expect(page.text("changes").split(" | ")).toEqual([
        "Review has a WIP limit of 4 items",
        "Test is called Check",
        "Order: Backlog › Review › Build › Check › Done",
        "Status In QA is in Check",
      ]);
      await page.enter("name-3");
      expect(page.text("notice-stages")).toContain("Saved as version 2.");
      expect(await saved(door)).toMatchObject({
        version: 2,
        commitment: "Build",
        stages: [
          { name: "Backlog", limit: null },
          { name: "Review", limit: 4 },
          { name: "Build", limit: null },
          { name: "Check", statuses: [{ id: "jira:10007" }, { id: "Test" }] },
          { name: "Done", kind: "done" },
        ],
        unmapped: [{ id: "jira:10008" }],
      });
    });
  });
});
