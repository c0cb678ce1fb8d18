import { myWeek } from "@stageledger/core/contract/entries";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson } from "../support/forge/a-forge-door.ts";
import { linkAsana, recordEntryOf } from "../support/forge/a-linked-account.ts";
import { cellOf, fill, logFor, noJira, openMyTime, recordedOf } from "../support/jira-forge/a-my-time-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { day } from "../support/moments.ts";

const OTHER_ITEM = "jira:10089";

describeWithApp("other weeks and rows in My time", () => {
  onPostgres((engine) => {
    test("the week before, the one after, this one and that of any day are one press away", async () => {
      const page = await openMyTime(await aForgeDoor(engine().database));
      // How wide the spaces are is the language's.
      const title = () => page.text(page.all(({ type }) => type === "Heading")[0]).replaceAll(/\s*–\s*/gu, " – ");
      expect(title()).toBe("7 – 13 September 2026 · week 37");
      expect(page.find("this-week")).toBeUndefined();
      await page.click("previous-week");
      // Over the end of a month.
      expect(title()).toBe("31 August – 6 September 2026 · week 36");
      await page.click("previous-week");
      await page.click("this-week");
      expect(title()).toBe("7 – 13 September 2026 · week 37");
      await page.click("next-week");
      expect(title()).toBe("14 – 20 September 2026 · week 38");
      await page.pickDate("pick-day", "2026-01-01");
      expect(title()).toBe("29 December 2025 – 4 January 2026 · week 1");
    });

    test("asks before something typed would be lost: stays with it, goes without it, or saves it first", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [1, 30], [7, 60]);
      const page = await openMyTime(door);
      await page.type(cellOf(8), "1h");
      await page.click("previous-week");
      expect(page.text("leave-question")).toBe(
        "1 change in this week is not saved. | Save and go | Go without it | Stay here",
      );
      await page.click("stay");
      expect(page.find("leave-question")).toBeUndefined();
      expect(page.valueOf(cellOf(8))).toBe("1h");
      await page.click("previous-week");
      await page.click("discard-and-go");
      expect(page.valueOf(cellOf(1))).toBe("30 min");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60"]);
      await page.type(cellOf(2), "20m");
      await page.click("this-week");
      await page.click("save-and-go");
      expect(page.valueOf(cellOf(7))).toBe("1 h");
      expect(page.valueOf(cellOf(8))).toBe("");
      expect(await recordedOf(door, "2026-09-01")).toEqual(["2026-09-01 PAY-88 30", "2026-09-02 PAY-88 20"]);
    });

    test("does not go where what was typed cannot be saved", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door);
      await page.type(cellOf(8), "soon");
      await page.click("next-week");
      await page.click("save-and-go");
      expect(page.text("notice")).toBe("Nothing was saved yet: look at what is not clear.");
      expect(page.valueOf(cellOf(8))).toBe("soon");
      expect(page.find("leave-question")).toBeDefined();
    });

    test("last week's own hours fill the empty cells until today, to be looked at and saved", async () => {
      const door = await aForgeDoor(engine().database);
      const { database } = engine();
      // Monday and Tuesday, and Wednesday, which is tomorrow in this week; two entries of one day are one cell.
      await logFor(door, "ada", [1, 90, OTHER_ITEM, "review"], [2, 45, OTHER_ITEM, "review"], [8, 25, OTHER_ITEM]);
      await logFor(door, "ada", [1, 10], [1, 20], [2, 30]);
      const account = await linkAsana(door, database, aPerson(door, "ada"));
      await recordEntryOf(door, database, account, { typedIn: "asana", date: day("2026-09-01"), minutes: 55 });
      const elsewhere = { typedIn: "asana", itemId: OTHER_ITEM, project: "PAY" } as const;
      await recordEntryOf(door, database, account, { ...elsewhere, date: day("2026-08-31"), minutes: 5 });
      await logFor(door, "bob", [1, 77]);
      const page = await openMyTime(door);
      await page.click("copy-last-week");
      // This week is that of Monday the 7th: 31 August and 1 September are its Monday and Tuesday.
      expect(page.text("notice")).toBe(
        "1 cell filled from last week. Look at it, then save. 1 cell had something in it already. 2 cells left empty: those days are still to come.",
      );
      expect(page.valueOf(cellOf(8))).toBe("30 min");
      expect(page.valueOf(cellOf(8, "PAY-89"))).toBe("25 min");
      expect(page.valueOf(cellOf(9, "PAY-89"))).toBe("");
      expect(page.text("unsaved")).toBe("1 change, not saved");
      expect(await recordedOf(door)).toEqual(["2026-09-08 PAY-89 25"]);
      await page.enter(cellOf(8));
      expect(await recordedOf(door)).toEqual(["2026-09-08 PAY-88 30", "2026-09-08 PAY-89 25"]);
      // There is nothing to fill any more.
      await page.click("copy-last-week");
      expect(page.text("notice")).toMatch(/^Nothing was filled\. 2 cells had something in them already\./u);
    });

    test("last week's kind of work is copied where a day had one; nothing to copy is said", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openMyTime(door);
      await page.click("copy-last-week");
      expect(page.text("notice")).toBe("Last week has nothing to copy: only what was logged here is copied.");
      await logFor(door, "ada", [1, 90, OTHER_ITEM, "review"]);
      await page.click("copy-last-week");
      expect(page.text(page.parentOf(cellOf(8, "PAY-89")))).toContain("new · review");
      await page.enter(cellOf(8, "PAY-89"));
      const again = await openMyTime(door);
      await fill(again, cellOf(8, "PAY-89"), " ");
      await again.enter(cellOf(8, "PAY-89"));
      await again.click("undo");
      expect(await recordedOf(door)).toEqual(["2026-09-08 PAY-89 90"]);
      const { entries } = await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week");
      expect(entries.map(({ activity }) => activity)).toEqual(["review"]);
    });

    test("an empty week says what to do, and the first issue is found by key, added and logged on by keyboard alone", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openMyTime(door);
      expect(page.text("empty")).toBe("Nothing logged in this week yet. Find an issue below, or copy last week.");
      expect(page.get("find").props.autoFocus).toBe(true);
      await page.type("find", "pay-88");
      await page.enter("find");
      expect(page.text("row-PAY-88")).toBe("PAY-88 | Round half a cent up");
      expect(page.text("notice")).toBe("PAY-88 has a row now. Type its time and press Enter.");
      expect(page.valueOf("find")).toBe(undefined);
      expect(page.get(cellOf(8)).props.autoFocus).toBe(true);
      await page.type(cellOf(8), "1h");
      await page.enter(cellOf(8));
      // 6 + 2 keys, Enter twice.
      expect(page.keystrokes).toBe(10);
      expect(page.clicks).toBe(0);
      expect(await recordedOf(door)).toEqual(["2026-09-08 PAY-88 60"]);
    });

    test("among several issues that words find one is chosen; one that has a row is shown there", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [8, 30]);
      const page = await openMyTime(door);
      await page.type("find", "pay");
      await page.enter("find");
      expect(page.findAll("add-PAY*").map((one) => page.text(one))).toEqual([
        "PAY-88 · Round half a cent up",
        "PAY-89 · Show the fee before paying",
      ]);
      await page.click("add-PAY-89");
      expect(page.find("add-PAY-89")).toBeUndefined();
      expect(page.text("row-PAY-89")).toBe("PAY-89 | Show the fee before paying");
      expect(page.get(cellOf(8, "PAY-89")).props.autoFocus).toBe(true);
      await page.type("find", "half a cent");
      await page.enter("find");
      expect(page.text("notice")).toBe("PAY-88 is in the grid already.");
      expect(page.get(cellOf(8)).props).toMatchObject({ autoFocus: true, defaultValue: "30 min" });
      await page.type("find", "nonsense");
      await page.enter("find");
      expect(page.text("notice")).toBe("Jira finds no issue like that, or you may not see it.");
    });

    test("of several issues the one whose key was typed is meant", async () => {
      const door = await aForgeDoor(engine().database);
      const issues = [
        { id: 10088, key: "PAY-80", summaryText: "Another one" },
        { id: 10089, key: "PAY-8", summaryText: "Show the fee before paying" },
      ];
      const page = await openMyTime(door, { jira: async () => Response.json({ sections: [{ id: "cs", issues }] }) });
      await page.type("find", "pay-8");
      await page.enter("find");
      // Its key in the ledger is the one that the ledger last read.
      expect(page.findAll("row-*").map((row) => page.text(row))).toContain("PAY-89 | Show the fee before paying");
      expect(page.find("row-PAY-88")).toBeUndefined();
    });

    test("an issue that the ledger does not know gets no row", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openMyTime(door, {
        jira: async () =>
          Response.json({ sections: [{ id: "cs", issues: [{ id: 999, key: "NEW-1", summaryText: "New" }] }] }),
      });
      await page.type("find", "NEW-1");
      await page.enter("find");
      expect(page.text("notice")).toContain("The ledger does not know this issue");
      expect(page.find("row-NEW-1")).toBeUndefined();
    });

    test("without Jira there are keys alone, and a search says so", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [8, 30]);
      const page = await openMyTime(door, { jira: noJira });
      expect(page.text("row-PAY-88")).toBe("PAY-88");
      await page.type("find", "PAY-89");
      await page.enter("find");
      expect(page.text("notice")).toBe("Jira could not be asked. Try again in a moment.");
      expect(page.find("failure")).toBeUndefined();
    });

    test("titles of issues never go to the ledger", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openMyTime(door);
      await page.type("find", "half a cent");
      await page.enter("find");
      await page.type(cellOf(8), "1h");
      await page.enter(cellOf(8));
      expect(JSON.stringify(page.calls)).not.toMatch(/cent/u);
    });
  });
});
