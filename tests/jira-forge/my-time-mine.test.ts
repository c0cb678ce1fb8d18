import { myWeek } from "@stageledger/core/contract/entries";
import { links } from "@stageledger/core/contract/links";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, codeFromElsewhere, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { anAsanaAccount, linkAsana, recordEntryOf } from "../support/forge/a-linked-account.ts";
import { answerLost, BreakableWay, offline } from "../support/jira-forge/a-breakable-way.ts";
import { cellOf, logFor, openMyTime, recordedOf } from "../support/jira-forge/a-my-time-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";
import { day } from "../support/moments.ts";

const openSection = (page: ForgeHost, name: "week" | "unassigned" | "accounts" | "data") =>
  page.openTab("sections", ["week", "unassigned", "accounts", "data"].indexOf(name));

describeWithApp("what is mine in My time", () => {
  onPostgres((engine) => {
    /** Ada's account in Asana, linked, with 75 minutes of 7 September that no project has. */
    async function withUnassigned(door: ForgeDoor): Promise<string> {
      const account = await linkAsana(door, engine().database, aPerson(door, "ada"));
      const time = { date: day("2026-09-07"), minutes: 75, project: "Unassigned", itemId: "jira:10089" };
      return recordEntryOf(door, engine().database, account, { typedIn: "ledger", ...time });
    }

    test("hours without a project are counted, placed by a choice and a press, and can be changed in the week after", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [8, 60]);
      const id = await withUnassigned(door);
      const page = await openMyTime(door);
      expect(page.text("tab-unassigned")).toBe("Without a project (1)");
      await openSection(page, "unassigned");
      expect(page.nameOf(`project-${id}`)).toBe("Project of 1 h 15 min on PAY-89, yesterday");
      await page.choose(`project-${id}`, "PAY");
      expect(page.nameOf(`place-${id}`)).toBe("Place 1 h 15 min in PAY");
      await page.click(`place-${id}`);
      expect(page.text("notice")).toBe("1 h 15 min belong to PAY now.");
      expect(page.text("all-assigned")).toBe("All your hours have a project.");
      expect(page.text("tab-unassigned")).toBe("Without a project");
      await openSection(page, "week");
      await page.type(cellOf(7, "PAY-89"), "1h");
      await page.enter(cellOf(7, "PAY-89"));
      expect(page.text("notice")).toBe("Saved: 1 changed. | Undo this change");
      const { entries } = await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week");
      expect(entries.map(({ project, minutes }) => [project, minutes])).toEqual([
        ["PAY", 60],
        ["PAY", 60],
      ]);
    });

    test("nothing typed in the week is lost while other tabs are looked at", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door);
      await page.type(cellOf(8), "1h");
      await openSection(page, "accounts");
      await openSection(page, "week");
      expect(page.valueOf(cellOf(8))).toBe("1h");
      expect(page.text("unsaved")).toBe("1 change, not saved");
    });

    test("a list of hours without a project that cannot be read says so, and is read again", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      way.fault = (call, send) => (call.path.endsWith("/unassigned") ? offline() : send(call));
      const page = await openMyTime(door, { way: way.over });
      await openSection(page, "unassigned");
      expect(page.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      way.fault = undefined;
      await page.click("try-again");
      expect(page.find("all-assigned")).toBeDefined();
    });

    test("a code is shown in groups, with until when it holds by the person's clock", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door, { timezone: "America/New_York" });
      await openSection(page, "accounts");
      expect(page.text("links")).toBe("No other account is joined to this one.");
      expect(page.text("other-side")).toContain("My time there shows a code and takes one.");
      expect(page.find("ask-to-unlink")).toBeUndefined();
      const commits = page.commits;
      await page.click("issue-code");
      const [title, code, until] = page.text("code").split(" | ");
      expect(title).toBe("Your code");
      expect(code).toMatch(/^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/u);
      // It is 09:00 in UTC, 05:00 in New York, and holds for ten minutes.
      expect(until).toMatch(/05:10\. It joins once\.$/u);
      expect(page.commits).toBe(commits + 2);
    });

    test("a code of another account joins it, its entries are there at once, and the links can be taken back after a question", async () => {
      const door = await aForgeDoor(engine().database);
      const { database } = engine();
      await logFor(door, "ada", [7, 60]);
      const account = await anAsanaAccount(door, database);
      await recordEntryOf(door, database, account, { typedIn: "asana", date: day("2026-09-08"), minutes: 50 });
      const page = await openMyTime(door);
      await openSection(page, "accounts");
      await page.type("redeem", "12");
      await page.enter("redeem");
      expect(page.text("notice")).toBe("This is no code. It has at least 16 letters and digits.");
      await page.type("redeem", "0000-0000-0000-0000");
      await page.enter("redeem");
      expect(page.text("failure-code")).toBe("Code: LINK_CODE_UNKNOWN");
      await page.type("redeem", await codeFromElsewhere(door, database));
      await page.enter("redeem");
      expect(page.text("notice")).toBe("Joined: both accounts are yours now.");
      expect(page.text("links")).toBe("1 other account is joined to this one.");
      await openSection(page, "week");
      expect(page.text("week-sum")).toBe("1 h 50 min");
      await openSection(page, "accounts");
      await page.click("ask-to-unlink");
      expect(page.text("unlink-question")).toContain("Your accounts will be separate again");
      await page.click("keep-links");
      await page.click("ask-to-unlink");
      await page.click("unlink");
      expect(page.text("notice")).toBe("Your accounts are separate again.");
      expect(await aPerson(door, "ada").told(links, "/forge/v1/my/links")).toEqual({ others: 0 });
      await openSection(page, "week");
      expect(page.text("week-sum")).toBe("1 h");
    });

    test("the export is the whole file, to be copied, with its name and how many entries it has", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60], [8, 30, "jira:10089", "review"]);
      await logFor(door, "bob", [7, 77]);
      const { entries } = await aPerson(door, "ada").told(myWeek, "/forge/v1/my/week");
      const page = await openMyTime(door);
      await openSection(page, "data");
      await page.click("export-csv");
      expect(page.nameOf("export")).toBe("my-time-2026-09-08.csv · 2 entries");
      expect(page.get("export").props).toMatchObject({ isReadOnly: true, autoFocus: true });
      expect(page.valueOf("export")).toBe(
        `entry,item,project,date,minutes,activity,start,end,readable_by
${entries[0]?.id},PAY-88,PAY,2026-09-07,60,other,,,you
${entries[1]?.id},PAY-89,PAY,2026-09-08,30,review,,,you
`,
      );
      await page.click("export-json");
      expect(page.nameOf("export")).toBe("my-time-2026-09-08.json · 2 entries");
      const told: unknown = JSON.parse(String(page.valueOf("export")));
      expect(told).toMatchObject({ entries: [{ minutes: 60 }, { minutes: 30 }] });
      await page.click("close-export");
      expect(page.find("export")).toBeUndefined();
    });

    test("erasing needs its word; then all of the account is gone, nobody else's, and nothing is logged with it any more", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60], [8, 30]);
      await logFor(door, "bob", [7, 77]);
      const page = await openMyTime(door);
      await openSection(page, "data");
      expect(page.text("erase-section")).toContain("It cannot be undone");
      await page.type("erase", "yes");
      await page.enter("erase");
      expect(page.text("notice")).toBe("Nothing was erased. Type the word erase to confirm.");
      expect(await recordedOf(door)).toHaveLength(2);
      await page.type("erase", "Erase");
      await page.enter("erase");
      expect(page.text("erased")).toBe(
        "Your entries are erased | 2 entries are gone from the ledger. Nothing can be logged with this account here any more.",
      );
      expect(page.find("my-time")).toBeUndefined();
      expect(await recordedOf(door)).toEqual([]);
      expect((await aPerson(door, "bob").told(myWeek, "/forge/v1/my/week")).minutes).toBe(77);
      const again = await openMyTime(door);
      await again.type("find", "PAY-88");
      await again.enter("find");
      await again.type(cellOf(8), "1h");
      await again.enter(cellOf(8));
      expect(again.text("failure-code")).toBe("Code: ENTRY_OF_ERASED_PERSON");
    });

    test.each([
      [
        "never arrived",
        offline,
        "1 entry is gone from the ledger. Nothing can be logged with this account here any more.",
      ],
      ["was done, and its answer lost", answerLost, "Nothing of this account is left in the ledger."],
    ] as const)("erasing that %s is no end; pressed again it says what came of it", async (_what, fault, said) => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const way = new BreakableWay();
      const page = await openMyTime(door, { way: way.over });
      await openSection(page, "data");
      await page.type("erase", "erase");
      way.fault = fault;
      await page.enter("erase");
      expect(page.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      way.fault = undefined;
      await page.enter("erase");
      expect(page.text("erased")).toBe(`Your entries are erased | ${said}`);
    });
  });
});
