import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson } from "../support/forge/a-forge-door.ts";
import { linkAsana, recordEntryOf } from "../support/forge/a-linked-account.ts";
import { cellOf, fill, logFor, openMyTime, recordedOf } from "../support/jira-forge/a-my-time-page.ts";
import { closeWeek } from "../support/jira-forge/close-week.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";
import { day } from "../support/moments.ts";

const OTHER_ITEM = "jira:10089";

const writesOf = (page: ForgeHost) => page.calls.filter(({ method }) => method !== "GET");
/** What stands below a field. */
const remarkOf = (page: ForgeHost, testId: string): string =>
  page.text(page.parentOf(testId)).split(" | ").slice(1).join(" | ");

describeWithApp("my week", () => {
  onPostgres((engine) => {
    test("is filled by keyboard alone: each duration, Tab between, and one Enter", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door);
      expect(page.get(cellOf(8)).props.autoFocus).toBe(true);
      page.keystrokes = 0;
      let at = await fill(page, cellOf(8), "1h30");
      expect(at).toBe(cellOf(9));
      at = await fill(page, at, "2h");
      at = await fill(page, at, "45m");
      expect(at).toBe(cellOf(11));
      await page.type(at, "1:15");
      await page.enter(at);
      // 4 + 2 + 3 + 4 keys, 3 times Tab, Enter.
      expect(page.keystrokes).toBe(17);
      expect(page.clicks).toBe(0);
      expect(page.text("notice")).toBe("Saved: 4 logged. | Undo these 4 changes");
      expect(writesOf(page)).toHaveLength(1);
      expect(await recordedOf(door)).toEqual([
        "2026-09-07 PAY-88 60",
        "2026-09-08 PAY-88 90",
        "2026-09-09 PAY-88 120",
        "2026-09-10 PAY-88 45",
        "2026-09-11 PAY-88 75",
      ]);
    });

    test("is one's own: rows by issue, sums by row, day and week, and nobody else's", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "bob", [7, 77], [8, 77, OTHER_ITEM]);
      await logFor(door, "ada", [7, 60], [8, 30], [8, 45, OTHER_ITEM]);
      const page = await openMyTime(door);
      expect(page.text("row-PAY-88")).toBe("PAY-88 | Round half a cent up");
      expect(page.findAll("row-PAY*").map((row) => String(row.props.testId))).toEqual(["row-PAY-88", "row-PAY-89"]);
      expect(page.text("row-sum-PAY-88")).toBe("1 h 30 min");
      expect(page.text("row-sum-PAY-89")).toBe("45 min");
      expect(page.text("day-sum-2026-09-07")).toBe("1 h");
      expect(page.text("day-sum-2026-09-08")).toBe("1 h 15 min");
      expect(page.text("day-sum-2026-09-09")).toBe("–");
      expect(page.text("week-sum")).toBe("2 h 15 min");
      expect(page.text("head-2026-09-07")).toBe("Mon | 7 Sept");
      expect(page.text("head-2026-09-08")).toBe("Tue | today");
      // Neither Bob's 77 minutes nor a sum with them.
      for (const other of ["77", "1 h 17", "bob", "4 h 49"]) expect(page.said()).not.toContain(other);
    });

    test("shows what is changed, deleted and new before it is saved, counts with it, and saves all at once", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60], [8, 45]);
      const page = await openMyTime(door);
      await fill(page, cellOf(7), "1h 30m");
      await fill(page, cellOf(8), " ");
      await fill(page, cellOf(9), "0:20");
      expect([7, 8, 9].map((at) => remarkOf(page, cellOf(at)))).toEqual(["was 1 h", "delete 45 min", "new"]);
      expect(page.text("unsaved")).toBe("3 changes, not saved");
      expect(page.text("week-sum")).toBe("1 h 50 min");
      expect(writesOf(page)).toEqual([]);
      await page.enter(cellOf(9));
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 90", "2026-09-09 PAY-88 20"]);
      expect(page.text("notice")).toBe("Saved: 1 logged, 1 changed, 1 deleted. | Undo these 3 changes");
      expect(page.find("unsaved")).toBeUndefined();
      // The focus is in that field still: it is the same one.
      expect(page.valueOf(cellOf(9))).toBe("0:20");
      await page.click("undo");
      expect(page.text("notice")).toBe("Undone.");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 45"]);
      expect([7, 8, 9].map((at) => page.valueOf(cellOf(at)))).toEqual(["1 h", "45 min", ""]);
      expect(page.find("unsaved")).toBeUndefined();
    });

    test("is saved twice in a row from the same field, with nothing done twice", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door);
      await page.type(cellOf(8), "1h");
      await page.enter(cellOf(8));
      await page.type(cellOf(8), "2h");
      await page.enter(cellOf(8));
      expect(page.text("notice")).toBe("Saved: 1 changed. | Undo this change");
      await page.enter(cellOf(8));
      expect(page.text("notice")).toBe("Nothing to save: all is as in the ledger.");
      expect(writesOf(page)).toHaveLength(2);
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 120"]);
    });

    test("is as in the ledger again when all that was typed is taken back", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door);
      await fill(page, cellOf(7), "2h");
      await fill(page, cellOf(8), "3h");
      expect(page.nameOf("take-back")).toBe("Take all 2 back");
      await page.click("take-back");
      expect([7, 8].map((at) => page.valueOf(cellOf(at)))).toEqual(["1 h", ""]);
      expect(page.text("notice")).toBe("All is as in the ledger again.");
      expect(writesOf(page)).toEqual([]);
      expect(page.text("week-sum")).toBe("1 h");
    });

    test("asks whether a bare number is hours or minutes, saves nothing till then, and gives the focus back", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door);
      await page.type(cellOf(8), "2");
      await page.enter(cellOf(8));
      expect(page.text("unclear")).toBe(
        "PAY-88, today: 2 hours or 2 minutes? | PAY-88, today: 2 h | PAY-88, today: 2 min",
      );
      expect(page.text("notice")).toBe("Nothing was saved yet: look at what is not clear.");
      expect(writesOf(page)).toEqual([]);
      await page.click("take-PAY-88-2026-09-08-120");
      expect(page.get(cellOf(8)).props).toMatchObject({ defaultValue: "2 h", autoFocus: true });
      expect(remarkOf(page, cellOf(8))).toBe("new");
      await page.enter(cellOf(8));
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 120"]);
    });

    test("takes all bare numbers for hours, or for minutes, at one press; 90 can only be minutes", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door);
      await fill(page, cellOf(8), "2");
      await fill(page, cellOf(9), "3");
      await fill(page, cellOf(10), "90");
      await page.click("take-all-hours");
      await page.enter(cellOf(10));
      expect(await recordedOf(door)).toEqual([
        "2026-09-07 PAY-88 60",
        "2026-09-08 PAY-88 120",
        "2026-09-09 PAY-88 180",
        "2026-09-10 PAY-88 90",
      ]);
      await fill(page, cellOf(11), "20");
      await fill(page, cellOf(12), "5");
      await page.click("take-all-minutes");
      expect([11, 12].map((at) => page.valueOf(cellOf(at)))).toEqual(["20 min", "5 min"]);
    });

    test("tells by cell what is no duration, saves nothing of the week, and loses nothing", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60]);
      const page = await openMyTime(door);
      await fill(page, cellOf(8), "1h");
      await fill(page, cellOf(9), "soon");
      await fill(page, cellOf(10), "-2");
      await fill(page, cellOf(11), "25h");
      await page.enter(cellOf(11));
      expect(page.text("unclear").split(" | ")).toEqual([
        "PAY-88, Wed 9 Sept, “soon”: This is no duration. Write it like 1h 30m, 90m, 1:30 or 1,5.",
        "PAY-88, Thu 10 Sept, “-2”: Logged time cannot be below zero.",
        "PAY-88, Fri 11 Sept, “25h”: That is more than a day has.",
      ]);
      expect(page.get(cellOf(9)).props.isInvalid).toBe(true);
      expect(page.get(cellOf(8)).props.isInvalid).toBe(false);
      expect(page.text("unsaved")).toBe("4 changes, not saved");
      expect([8, 9, 10, 11].map((at) => page.valueOf(cellOf(at)))).toEqual(["1h", "soon", "-2", "25h"]);
      expect(writesOf(page)).toEqual([]);
      // What cannot be read counts as it is in the ledger: 1 h of Monday's, 1 h of today's.
      expect(page.text("week-sum")).toBe("2 h");
    });

    test("shows the sum of a day with several entries, and each of them in a field below", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [8, 60, OTHER_ITEM, "review"], [8, 15, OTHER_ITEM, "meeting"], [7, 30, OTHER_ITEM]);
      const page = await openMyTime(door);
      expect(page.find(cellOf(8, "PAY-89"))).toBeUndefined();
      expect(page.text("sum-PAY-89-2026-09-08")).toBe("1 h 15 min | listed below");
      const short = page.findAll("listed-*").find((line) => page.text(line).endsWith("meeting"));
      const field = String(short?.props.testId).replace("listed-", "entry-");
      expect(page.text("listed")).toContain("Cells with several entries");
      await page.type(field, "25m");
      await page.enter(field);
      expect(page.text("sum-PAY-89-2026-09-08")).toBe("1 h 25 min | listed below");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-89 30", "2026-09-08 PAY-89 25", "2026-09-08 PAY-89 60"]);
      // Once one of them is gone, the other one has the cell for itself.
      await page.type(field, " ");
      await page.enter(field);
      expect(page.find("listed")).toBeUndefined();
      expect(page.valueOf(cellOf(8, "PAY-89"))).toBe("1 h");
    });

    test("shows what was typed in elsewhere, by whichever account, with the way there; what was typed here changes here", async () => {
      const door = await aForgeDoor(engine().database);
      const { database } = engine();
      await logFor(door, "ada", [7, 60]);
      const account = await linkAsana(door, database, aPerson(door, "ada"));
      const date = day("2026-09-08");
      await recordEntryOf(door, database, account, { typedIn: "asana", date, minutes: 50, activity: "test" });
      const typedHere = { typedIn: "ledger", date, minutes: 20, itemId: "asana:7001:901" } as const;
      await recordEntryOf(door, database, account, typedHere);
      const page = await openMyTime(door);
      expect(page.text("listed").split(" | ").slice(2)).toEqual([
        ...["today", "50 min", "Asana task 900", "test · Asana", "edit in Asana"],
      ]);
      const [link] = page.all(({ type, props }) => type === "Link" && props.openNewTab === true);
      expect(link?.props.href).toBe("https://app.asana.com/0/0/900");
      // Its other days are logged in Asana: there is no field for them here.
      expect(page.findAll("cell-900-*")).toEqual([]);
      const own = "cell-asana:7001:901-2026-09-08";
      expect(page.nameOf(own)).toBe("Asana task 901, today");
      await page.type(own, "25m");
      await page.enter(own);
      expect(await recordedOf(door)).toContain("2026-09-08 asana:7001:901 25");
    });

    test("is told to be closed, where a change is a late correction", async () => {
      const door = await aForgeDoor(engine().database);
      const page = await openMyTime(door);
      expect(page.find("closed-week")).toBeUndefined();
      await closeWeek(door, engine().database, "2026-08-31");
      await page.click("previous-week");
      expect(page.text("closed-week")).toBe("This week is closed: a change goes into the quarter’s correction.");
    });

    test("has a name for each field that tells issue and day, and for each press", async () => {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", [7, 60], [8, 30, OTHER_ITEM], [8, 20, OTHER_ITEM]);
      const page = await openMyTime(door);
      await fill(page, cellOf(8), "2");
      await fill(page, cellOf(9), "2");
      expect(page.nameOf(cellOf(7))).toBe("PAY-88, yesterday");
      expect(page.nameOf(cellOf(13))).toBe("PAY-88, Sun 13 Sept");
      const fields = page.all(({ type }) => ["Textfield", "Select", "DatePicker"].includes(type));
      for (const { props } of fields) expect(page.nameOf(String(props.testId))).not.toBe("");
      const names = page.all(({ type }) => type.endsWith("Button")).map((button) => page.text(button));
      expect(names).not.toContain("");
      expect(new Set(names).size).toBe(names.length);
    });
  });
});
