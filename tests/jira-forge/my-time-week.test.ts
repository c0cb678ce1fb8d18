import { entry, myWeek } from "@stageledger/core/contract/entries";
import { expect, test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, aPerson, type ForgeDoor, ITEM } from "../support/forge/a-forge-door.ts";
import { openMyTime } from "../support/jira-forge/a-my-time-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";

async function logged(door: ForgeDoor, ...entries: readonly (readonly [string, number, string?])[]): Promise<void> {
  for (const [date, minutes, item = ITEM] of entries)
    await aPerson(door, "ada").told(entry, `/forge/v1/items/${item}/entries`, { body: { minutes, date } });
}

/** What the ledger holds, by day and item: "2026-09-07 PAY-88 60". */
async function recorded(door: ForgeDoor, day = "2026-09-08"): Promise<readonly string[]> {
  const { entries } = await aPerson(door, "ada").told(myWeek, `/forge/v1/my/week?day=${day}`);
  return entries.map(({ date, itemKey, minutes }) => `${date} ${itemKey} ${minutes}`).sort();
}

const cell = (day: number, key = "PAY-88"): string => `cell-${key}-2026-09-${String(day).padStart(2, "0")}`;

/** Types, and goes on to the next cell. */
async function fill(page: ForgeHost, testId: string, text: string): Promise<string> {
  await page.type(testId, text);
  return page.tab(testId);
}

describeWithApp("my week", () => {
  onPostgres((engine) => {
    test("is filled by keyboard alone: each duration, Tab between, and one Enter", async () => {
      const door = await aForgeDoor(engine().database);
      await logged(door, ["2026-09-07", 60]);
      const page = await openMyTime(door);
      expect(page.get(cell(8)).props.autoFocus).toBe(true);
      page.keystrokes = 0;
      let at = await fill(page, cell(8), "1h30");
      expect(at).toBe(cell(9));
      at = await fill(page, at, "2h");
      at = await fill(page, at, "45m");
      expect(at).toBe(cell(11));
      await page.type(at, "1:15");
      await page.enter(at);
      // 4 + 2 + 3 + 4 keys, 3 times Tab, Enter.
      expect(page.keystrokes).toBe(17);
      expect(page.clicks).toBe(0);
      expect(page.text("notice")).toBe("Saved: 4 logged. | Undo these 4 changes");
      expect(page.calls.filter(({ method }) => method === "POST")).toHaveLength(1);
      expect(await recorded(door)).toEqual([
        "2026-09-07 PAY-88 60",
        "2026-09-08 PAY-88 90",
        "2026-09-09 PAY-88 120",
        "2026-09-10 PAY-88 45",
        "2026-09-11 PAY-88 75",
      ]);
    });
  });
});
