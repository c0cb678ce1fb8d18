import { myWeek } from "@stageledger/core/contract/entries";
import { recordFacts } from "@stageledger/db";
import { expect, test } from "vitest";
import { z } from "zod";
import { onPostgres } from "../support/database/engines.ts";
import { aForgeDoor, anItemPart, aPerson, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { cellOf, fill, logFor, openMyTime, recordedOf } from "../support/jira-forge/a-my-time-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";

const COUNT = 120;
const WEEK = "/forge/v1/my/week";
/** PAY-1001 and on, as Jira numbers them. */
const ISSUES = Array.from({ length: COUNT }, (_, i) => ({ id: String(20_001 + i), key: `PAY-${1001 + i}` }));
const asked = z.object({ issueIdsOrKeys: z.array(z.string()) });
const keyOf = (place: number): string => ISSUES[place - 1]?.key ?? "";

describeWithApp("a week with 120 issues in My time", () => {
  onPostgres((engine) => {
    /** Ten minutes on each, on Monday 7 September unless said. */
    async function withManyIssues(date = "2026-09-07"): Promise<ForgeDoor> {
      const door = await aForgeDoor(engine().database);
      const items = ISSUES.map(({ id, key }) => anItemPart(`jira:${id}`, key, []));
      await recordFacts(engine().database, door.tenant.tenantId, { statuses: [], entries: [], items });
      const changes = ISSUES.map(({ id }) => ({ kind: "log", item: `jira:${id}`, date, minutes: 10 }));
      const ada = aPerson(door, "ada");
      for (const part of [changes.slice(0, COUNT / 2), changes.slice(COUNT / 2)]) {
        await ada.told(myWeek, WEEK, { body: { day: date, changes: part } });
      }
      return door;
    }

    test("shows 50 of them with the sums of all, and all when that is wanted", async () => {
      const door = await withManyIssues();
      const page = await openMyTime(door, { jira: titlesOf([]) });
      expect(page.findAll("row-PAY-*")).toHaveLength(50);
      expect(page.find(cellOf(7, keyOf(50)))).toBeDefined();
      expect(page.find(cellOf(7, keyOf(51)))).toBeUndefined();
      expect(page.text("week-sum")).toBe("20 h");
      expect(page.text("partly-shown")).toBe("50 of 120 issues are shown; the sums are of all.");
      await page.type(cellOf(8, keyOf(1)), "1h");
      expect(page.text("show-all")).toBe("Show all 120 issues");
      await page.click("show-all");
      expect(page.findAll("row-PAY-*")).toHaveLength(120);
      expect(page.find("partly-shown")).toBeUndefined();
      expect(page.text("unsaved")).toBe("1 change, not saved");
      expect(page.valueOf(cellOf(8, keyOf(1)))).toBe("1h");
    });

    test("keeps, counts and saves what is in a row that is not shown", async () => {
      const door = await withManyIssues("2026-08-31");
      const page = await openMyTime(door, { jira: titlesOf([]) });
      await page.click("copy-last-week");
      expect(page.text("unsaved")).toBe("120 changes, not saved");
      expect(page.text("partly-shown")).toBe(
        "50 of 120 issues are shown; the sums are of all. 70 changes not saved are among the others.",
      );
      await fill(page, cellOf(7, keyOf(1)), "25m");
      expect(page.text("week-sum")).toBe("20 h 15 min");
      await page.enter(cellOf(7, keyOf(1)));
      expect(page.text("notice")).toBe("Saved: 120 logged. | Undo these 120 changes");
      expect(page.text("partly-shown")).toBe("50 of 120 issues are shown; the sums are of all.");
      expect(await recordedOf(door)).toContain("2026-09-07 PAY-1120 10");
    });

    test("shows the row of an issue that was looked for, wherever it is in the week", async () => {
      const door = await withManyIssues();
      await logFor(door, "ada", [8, 30, "jira:20120"]);
      const page = await openMyTime(door, { jira: titlesOf([]) });
      await page.type("find", keyOf(120));
      await page.enter("find");
      expect(page.text("notice")).toBe("PAY-1120 is in the grid already.");
      expect(page.findAll("row-PAY-*")).toHaveLength(51);
      await page.type(cellOf(9, keyOf(120)), "45m");
      await page.enter(cellOf(9, keyOf(120)));
      expect(page.text("week-sum")).toBe("21 h 15 min");
      const ofLast = (await recordedOf(door)).filter((entry) => entry.includes("PAY-1120"));
      expect(ofLast).toEqual(["2026-09-07 PAY-1120 10", "2026-09-08 PAY-1120 30", "2026-09-09 PAY-1120 45"]);
    });

    test("reads all their titles, a hundred at once at most", async () => {
      const door = await withManyIssues();
      const sizes: number[] = [];
      const page = await openMyTime(door, { jira: titlesOf(sizes) });
      expect(sizes.toSorted((a, b) => b - a)).toEqual([100, 20]);
      await page.click("show-all");
      expect(page.text(`row-${keyOf(1)}`)).toBe("PAY-1001 | Title of 20001");
      expect(page.text(`row-${keyOf(120)}`)).toBe("PAY-1120 | Title of 20120");
    });

    test("shows the titles that it gets where Jira answers for some of them only", async () => {
      const door = await withManyIssues();
      const all = titlesOf([]);
      const page = await openMyTime(door, {
        jira: async (path, init) =>
          asked.parse(JSON.parse(String(init.body))).issueIdsOrKeys.length === 100
            ? Response.json({}, { status: 503 })
            : all(path, init),
      });
      await page.click("show-all");
      expect(page.text(`row-${keyOf(1)}`)).toBe("PAY-1001");
      expect(page.text(`row-${keyOf(120)}`)).toBe("PAY-1120 | Title of 20120");
    });
  });
});

/** A Jira that knows all of them; how many titles it was asked for at once is told in `sizes`. */
function titlesOf(sizes: number[]): (path: string, init: RequestInit) => Promise<Response> {
  return async (path, { body }) => {
    const words = new URL(path, "https://jira.invalid").searchParams.get("query");
    if (words !== null) {
      const issues = ISSUES.filter(({ key }) => key === words).map(({ id, key }) => ({
        id: Number(id),
        key,
        summaryText: `Title of ${id}`,
      }));
      return Response.json({ sections: [{ id: "cs", issues }] });
    }
    const { issueIdsOrKeys } = asked.parse(JSON.parse(String(body)));
    sizes.push(issueIdsOrKeys.length);
    return Response.json({
      issues: issueIdsOrKeys.map((id) => ({ id, fields: { summary: `Title of ${id}` } })),
    });
  };
}
