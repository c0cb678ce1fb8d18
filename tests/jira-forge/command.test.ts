import { entry, myWeek } from "@stageledger/core/contract/entries";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { jiraOfIssues, logFor, noJira } from "../support/jira-forge/a-my-time-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";
import { openPage, type PageOptions } from "../support/jira-forge/open-page.ts";

interface Opened extends PageOptions {
  /** Where Jira says that the palette was opened on one. */
  readonly issue?: { readonly id: string; readonly key: string };
}

async function openCommand(door: ForgeDoor, { issue, ...options }: Opened = {}): Promise<ForgeHost> {
  const extension = { type: "jira:command", ...(issue && { issue }) };
  const page = await openPage(door, { file: "panel.tsx", extension }, { jira: jiraOfIssues, ...options });
  await page.settle();
  return page;
}

const recorded = async (door: ForgeDoor) => (await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week")).entries;

describeWithApp("the command in the palette", () => {
  onPostgres((engine) => {
    test("asks on which issue, and logs there, by keyboard alone: key, Enter, time, Enter", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openCommand(door);
      expect(page.nameOf("find")).toBe("On which issue?");
      expect(page.get("find").props.autoFocus).toBe(true);
      await page.type("find", "PAY-89");
      await page.enter("find");
      expect(page.text()).toContain("PAY-89 · Show the fee before paying");
      expect(page.get("time").props.autoFocus).toBe(true);
      await page.type("time", "45m");
      await page.enter("time");
      expect(page.clicks).toBe(0);
      expect(await recorded(door)).toMatchObject([{ itemKey: "PAY-89", minutes: 45 }]);
    });

    test("offers what was logged on lately, the latest first, by one press; nobody else's, and none of another tool", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 30, "jira:10089"], [8, 30]);
      await logFor(door, "bob", [8, 30, "jira:10089"]);
      const page = await openCommand(door);
      expect(page.findAll("choose-PAY*").map((one) => page.text(one))).toEqual([
        "PAY-88 · Round half a cent up",
        "PAY-89 · Show the fee before paying",
      ]);
      expect((await openCommand(door, { accountId: "carla" })).findAll("choose-PAY*")).toEqual([]);
      const again = await openCommand(door);
      await again.click("choose-PAY-88");
      expect(again.text("entry-*")).toBe("30 min | today");
      await again.click("another-issue");
      expect(again.find("choose-issue")).toBeDefined();
      expect(again.findAll("choose-PAY*")).toHaveLength(2);
    });

    test("among several that are found one is chosen; what is not found is said", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openCommand(door);
      await page.type("find", "e");
      await page.enter("find");
      expect(page.findAll("choose-PAY*").map((one) => one.props.testId)).toEqual(["choose-PAY-88", "choose-PAY-89"]);
      await page.type("find", "unicorn");
      await page.enter("find");
      expect(page.text("find-remark")).toContain("Jira finds no issue by that.");
      await page.type("find", "fee");
      expect(page.text("find-remark")).toBe("");
    });

    test("says that Jira could not be asked; Enter on nothing asks nothing", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openCommand(door, { jira: noJira });
      await page.enter("find");
      expect(page.text("find-remark")).toBe("");
      await page.type("find", "PAY-88");
      await page.enter("find");
      expect(page.text("find-remark")).toBe("Jira could not be asked. Try again in a moment.");
    });

    test("where Jira says on which issue it was opened, it is that one", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openCommand(door, { issue: { id: "10088", key: "PAY-88" } });
      expect(page.text()).toContain("PAY-88");
      await page.type("time", "1h");
      await page.enter("time");
      expect(await recorded(door)).toMatchObject([{ itemKey: "PAY-88", minutes: 60 }]);
    });

    test("an issue that the ledger does not know, or may not be seen, is told of by its panel", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openCommand(door, { issue: { id: "999", key: "HR-1" } });
      expect(page.text("failure-code")).toBe("Code: ITEM_UNKNOWN");
      await page.click("another-issue");
      expect(page.find("choose-issue")).toBeDefined();
    });

    test("the ledger is away: the issue can be chosen, and its panel tells", async () => {
      const door = await aForgeDoor(engine().database);
      await aPerson(door, "ada").told(entry, "/forge/v1/items/jira:10088/entries", { body: { minutes: 5 } });
      const page = await openCommand(door, { way: () => () => Promise.reject(new Error("no way")) });
      expect(page.find("reading")).toBeUndefined();
      await page.type("find", "PAY-88");
      await page.enter("find");
      expect(page.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
    });
  });
});
