import { entry, myWeek } from "@stageledger/core/contract/entries";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { answerLost, BreakableWay, offline } from "../support/jira-forge/a-breakable-way.ts";
import {
  cellOf,
  fill,
  type LoggedEntry,
  logFor,
  openMyTime,
  openMyTimeOnly,
  recordedOf,
} from "../support/jira-forge/a-my-time-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

/** The first of Ada's entries is changed in another window. */
async function changedElsewhere(door: ForgeDoor, minutes: number): Promise<void> {
  const ada = aPerson(door, "ada");
  const { entries } = await ada.told(myWeek, "/forge/v1/my/week");
  const [one] = entries;
  const body = { revision: one?.revision, minutes };
  await ada.told(entry, `/forge/v1/entries/${one?.id}`, { method: "PATCH", body });
}

const weekWrites = (page: ForgeHost) =>
  page.calls.filter(({ method, path }) => method === "POST" && path === "/forge/v1/my/week");

describeWithApp("when something fails, My time", () => {
  onPostgres((engine) => {
    /** A week of Ada's, open on a way that can break; with an hour on 7 September unless said. */
    async function aWeek(...entries: readonly LoggedEntry[]) {
      const door = await aForgeDoor(engine().database);
      await logFor(door, "ada", ...(entries.length === 0 ? [[7, 60] as const] : entries));
      const way = new BreakableWay();
      return { door, way, page: await openMyTime(door, { way: way.over }) };
    }

    test("says while it reads that it reads, and without a ledger says so and reads when it is tried again", async () => {
      const door = await aForgeDoor(engine().database);
      const way = new BreakableWay();
      const go = way.hold();
      const page = await openMyTimeOnly(door, { way: way.over });
      expect(page.get("reading").props.label).toBe("Reading your week");
      go();
      await page.settle();
      expect(page.find("my-time")).toBeDefined();
      way.fault = offline;
      const lost = await openMyTime(door, { way: way.over });
      expect(lost.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      way.fault = undefined;
      await lost.click("try-again");
      expect(lost.find("my-time")).toBeDefined();
    });

    test.each([
      ["answers", 401, "LEDGER_FORBIDDEN"],
      ["errors", 403, "LEDGER_FORBIDDEN"],
    ] as const)("as %s with %i says that Jira did not let the app through", async (refusalsAre, status, code) => {
      const door = await aForgeDoor(engine().database);
      const page = await openMyTime(door, {
        refusalsAre,
        way: () => async () => new Response("no", { status }),
      });
      expect(page.text("failure-code")).toBe(`Code: ${code}`);
    });

    test("keeps what was typed while the ledger is away, and saves it once it is back", async () => {
      const { door, way, page } = await aWeek();
      await fill(page, cellOf(7), "2h");
      await page.type(cellOf(8), "1h30m");
      way.fault = offline;
      await page.enter(cellOf(8));
      expect(page.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      expect(page.text("unsure")).toContain("It is not known whether it was done.");
      expect([7, 8].map((at) => page.valueOf(cellOf(at)))).toEqual(["2h", "1h30m"]);
      expect(page.text("unsaved")).toBe("2 changes, not saved");
      way.fault = undefined;
      await page.enter(cellOf(8));
      expect(page.find("failure")).toBeUndefined();
      expect(page.text("notice")).toBe("Saved: 1 logged, 1 changed. | Undo these 2 changes");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 120", "2026-09-08 PAY-88 90"]);
    });

    test("saves once when only the answer was lost, whatever is typed before the next Enter", async () => {
      const { door, way, page } = await aWeek();
      await page.type(cellOf(8), "1h");
      way.fault = answerLost;
      await page.enter(cellOf(8));
      way.fault = undefined;
      await page.type(cellOf(9), "20m");
      await page.enter(cellOf(9));
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 60", "2026-09-09 PAY-88 20"]);
      const [first, second, third] = weekWrites(page);
      expect(second?.headers["idempotency-key"]).toBe(first?.headers["idempotency-key"]);
      expect(third?.headers["idempotency-key"]).not.toBe(first?.headers["idempotency-key"]);
      expect(page.find("unsaved")).toBeUndefined();
    });

    test("asks before it leaves a week of which it is not known whether it was saved", async () => {
      const { door, way, page } = await aWeek();
      await page.type(cellOf(8), "1h");
      way.fault = answerLost;
      await page.enter(cellOf(8));
      way.fault = undefined;
      await page.click("next-week");
      expect(page.find("leave-question")).toBeDefined();
      await page.click("save-and-go");
      expect(page.find("leave-question")).toBeUndefined();
      expect(page.find("empty")).toBeDefined();
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 60"]);
    });

    test("asks so, too, when what was sent and perhaps done was taken back", async () => {
      const { way, page } = await aWeek();
      await page.type(cellOf(8), "1h");
      way.fault = answerLost;
      await page.enter(cellOf(8));
      way.fault = undefined;
      await page.click("take-back");
      await page.click("next-week");
      expect(page.text("leave-question")).toContain("It is not known whether this week was saved.");
      await page.click("stay");
      await page.click("save");
      expect(page.text("notice")).toBe("Saved: 1 logged. | Undo this change");
      expect(page.valueOf(cellOf(8))).toBe("1 h");
    });

    test("hears no second Enter while it saves, and shows that it works", async () => {
      const { door, way, page } = await aWeek();
      await page.type(cellOf(8), "1h");
      const go = way.hold();
      await page.press(cellOf(8));
      await page.press(cellOf(8));
      expect(page.get("save").props.isLoading).toBe(true);
      go();
      await page.settle();
      expect(weekWrites(page)).toHaveLength(1);
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 60"]);
    });

    test("keeps what is typed while it saves for the next time", async () => {
      const { door, way, page } = await aWeek();
      await page.type(cellOf(8), "1h");
      const go = way.hold();
      await page.press(cellOf(8));
      await page.type(cellOf(8), "2h");
      await page.type(cellOf(9), "3h");
      go();
      await page.settle();
      await page.tab(cellOf(9));
      expect(page.text("unsaved")).toBe("2 changes, not saved");
      expect([8, 9].map((at) => page.valueOf(cellOf(at)))).toEqual(["2h", "3h"]);
      await page.enter(cellOf(9));
      expect(page.text("notice")).toBe("Saved: 1 logged, 1 changed. | Undo these 2 changes");
      expect(await recordedOf(door)).toEqual([
        "2026-09-07 PAY-88 60",
        "2026-09-08 PAY-88 120",
        "2026-09-09 PAY-88 180",
      ]);
    });

    test("shows what another window changed meanwhile beside what was typed, and saves that only when Enter is pressed again", async () => {
      const { door, page } = await aWeek();
      await fill(page, cellOf(7), "2h");
      await page.type(cellOf(8), "15m");
      await changedElsewhere(door, 180);
      await page.enter(cellOf(8));
      expect(page.text("failure-code")).toBe("Code: ENTRY_REVISION_CONFLICT");
      expect(page.text("conflict")).toBe("PAY-88, yesterday is 3 h now. You typed “2h”.");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 180"]);
      expect([7, 8].map((at) => page.valueOf(cellOf(at)))).toEqual(["2h", "15m"]);
      expect(page.text(page.parentOf(cellOf(7)))).toContain("was 3 h");
      await page.enter(cellOf(8));
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 120", "2026-09-08 PAY-88 15"]);
    });

    test("shows as it is now what another window changed and nobody typed over here", async () => {
      const { door, page } = await aWeek([7, 60], [9, 10]);
      // Saved already: that it stands in the field is no wish to have it so again.
      await page.type(cellOf(7), "2h");
      await page.enter(cellOf(7));
      await changedElsewhere(door, 180);
      await page.type(cellOf(8), "15m");
      await page.enter(cellOf(8));
      expect(page.valueOf(cellOf(7))).toBe("3 h");
      expect(page.find("unsaved")).toBeUndefined();
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 180", "2026-09-08 PAY-88 15", "2026-09-09 PAY-88 10"]);
    });

    test("logs beside what another window logged in the same cell meanwhile, once, and shows both", async () => {
      const { door, page } = await aWeek();
      await page.type(cellOf(8), "1h");
      await logFor(door, "ada", [8, 30]);
      await page.enter(cellOf(8));
      expect(page.text("sum-PAY-88-2026-09-08")).toBe("1 h 30 min | listed below");
      expect(page.find("unsaved")).toBeUndefined();
      expect(
        page
          .findAll("entry-*")
          .map(({ props }) => props.defaultValue)
          .sort(),
      ).toEqual(["1 h", "30 min"]);
      await page.click("save");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 30", "2026-09-08 PAY-88 60"]);
    });

    test("keeps what was typed over an entry with it, where another one has come beside it meanwhile", async () => {
      const { door, page } = await aWeek();
      await fill(page, cellOf(7), "2h");
      await logFor(door, "ada", [7, 30]);
      const ada = aPerson(door, "ada");
      const { entries } = await ada.told(myWeek, "/forge/v1/my/week");
      const hour = entries.find(({ minutes }) => minutes === 60);
      await ada.told(entry, `/forge/v1/entries/${hour?.id}`, {
        method: "PATCH",
        body: { revision: hour?.revision, minutes: 65 },
      });
      await page.enter(cellOf(7));
      expect(page.text("failure-code")).toBe("Code: ENTRY_REVISION_CONFLICT");
      expect(page.get(`entry-${hour?.id}`).props.defaultValue).toBe("2h");
      expect(page.text("unsaved")).toBe("1 change, not saved");
      await page.click("save");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 120", "2026-09-07 PAY-88 30"]);
    });

    test("that undoing comes too late is told, and changes nothing", async () => {
      const { door, page } = await aWeek();
      await page.type(cellOf(7), "2h");
      await page.enter(cellOf(7));
      await changedElsewhere(door, 180);
      await page.click("undo");
      expect(page.text("failure-code")).toBe("Code: ENTRY_REVISION_CONFLICT");
      expect(page.valueOf(cellOf(7))).toBe("3 h");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 180"]);
    });

    test.each([
      ["undo", "Undo"],
      ["save", "Save week"],
    ] as const)("undoing whose answer was lost can be pressed again, by %s: it is done once", async (button, name) => {
      const { door, way, page } = await aWeek();
      await page.type(cellOf(8), "1h");
      await page.enter(cellOf(8));
      way.fault = answerLost;
      await page.click("undo");
      expect(page.text("unsure")).toContain("press the same again");
      expect(page.text("undo")).toBe("Undo this change");
      way.fault = undefined;
      expect(page.text(button)).toContain(name);
      await page.click(button);
      expect(page.text("notice")).toBe("Undone.");
      expect(page.valueOf(cellOf(8))).toBe("");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60"]);
      await page.type(cellOf(9), "5m");
      await page.enter(cellOf(9));
      expect(page.text("notice")).toBe("Saved: 1 logged. | Undo this change");
      expect(weekWrites(page)).toHaveLength(4);
    });

    test("undoing that never arrived and has come too late since then is told, and asked for no more", async () => {
      const { door, way, page } = await aWeek();
      await page.type(cellOf(7), "2h");
      await page.enter(cellOf(7));
      way.fault = offline;
      await page.click("undo");
      way.fault = undefined;
      await changedElsewhere(door, 180);
      await page.click("undo");
      expect(page.text("failure-code")).toBe("Code: ENTRY_REVISION_CONFLICT");
      expect(page.find("undo")).toBeUndefined();
      expect(page.valueOf(cellOf(7))).toBe("3 h");
      await page.click("save");
      expect(page.text("notice")).toBe("Nothing to save: all is as in the ledger.");
    });

    test("saves once what was perhaps saved, whatever else was asked for in between", async () => {
      const { door, way, page } = await aWeek();
      await page.type(cellOf(8), "1h");
      way.fault = answerLost;
      await page.enter(cellOf(8));
      way.fault = undefined;
      await page.openTab("sections", 2);
      await page.type("redeem", "0000-0000-0000-0000");
      await page.enter("redeem");
      expect(page.text("failure-code")).toBe("Code: LINK_CODE_UNKNOWN");
      await page.openTab("sections", 0);
      await page.click("save");
      expect(page.text("notice")).toBe("Saved: 1 logged.");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-88 60"]);
    });

    test("an entry that was deleted elsewhere is told, and what was typed over it stays", async () => {
      const { door, page } = await aWeek([7, 60], [8, 5]);
      await page.type(cellOf(7), "2h");
      const ada = aPerson(door, "ada");
      const { entries } = await ada.told(myWeek, "/forge/v1/my/week");
      const path = `/forge/v1/entries/${entries[0]?.id}?revision=1`;
      expect((await ada.call(path, { method: "DELETE" })).ok).toBe(true);
      await page.enter(cellOf(7));
      expect(page.text("conflict")).toBe("PAY-88, yesterday is empty now. You typed “2h”.");
      expect(page.valueOf(cellOf(7))).toBe("2h");
      expect(page.text("unsaved")).toBe("1 change, not saved");
    });

    test("names the cell with which a day would have more than 24 hours, and saves nothing of the week", async () => {
      const { door, page } = await aWeek([7, 60], [8, 5, "jira:10089"]);
      await fill(page, cellOf(8), "1h");
      await fill(page, cellOf(8, "PAY-89"), "23h30m");
      await page.enter(cellOf(8));
      expect(page.text("failure-code")).toBe("Code: ENTRY_DAY_OVER_24_HOURS");
      expect(page.text("refused-at")).toBe("It is about PAY-89, today. Nothing of the week was saved.");
      expect(await recordedOf(door)).toEqual(["2026-09-07 PAY-88 60", "2026-09-08 PAY-89 5"]);
      expect(page.text("unsaved")).toBe("2 changes, not saved");
    });

    test("where an issue may not be seen any more, says so of its cell", async () => {
      const { door, page } = await aWeek();
      door.clock.now += 10 * 60_000;
      door.jira.answer = ({ subject }) => subject !== "issue 10088";
      await page.type(cellOf(8), "1h");
      await page.enter(cellOf(8));
      expect(page.text("failure-code")).toBe("Code: ITEM_UNKNOWN");
      expect(page.text("refused-at")).toBe("It is about PAY-88, today. Nothing of the week was saved.");
    });
  });
});
