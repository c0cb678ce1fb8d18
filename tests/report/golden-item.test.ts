import { recordFacts, recordStageMap } from "@stageledger/db";
import { expect, test } from "vitest";
import { aPart } from "../support/a-part.ts";
import { aStageMap } from "../support/a-stage-map.ts";
import { openChromium } from "../support/chromium.ts";
import { aTenant } from "../support/database/a-tenant.ts";
import { onPostgres } from "../support/database/engines.ts";
import { GOLDEN_ITEM } from "../support/golden-item.ts";
import { utc } from "../support/moments.ts";
import { aReportPage, cellsOf, open } from "../support/report/a-report-page.ts";
import { aReportServer } from "../support/report/a-report-server.ts";
import { aBuiltPage } from "../support/report/built-page.ts";

onPostgres((engine) => {
  const folder = aBuiltPage();

  test("the golden item is drawn as counted by hand", async ({ skip, onTestFinished }) => {
    const browser = await openChromium();
    if (typeof browser === "string") return skip(browser);
    onTestFinished(() => browser.close());
    const { database } = engine();
    const { tenantId } = await aTenant(database, { zone: "UTC" });
    await recordStageMap(database, tenantId, aStageMap());
    await recordFacts(database, tenantId, { items: [aPart(GOLDEN_ITEM)], statuses: [], entries: [] });
    // As of Sunday, so that the rows by week are of Sundays.
    const server = await aReportServer(database, { folder: folder(), tenantId, now: utc("2026-09-21T09:00") });
    const { page, complaints } = await aReportPage(browser);
    const charts = "cycle-time,cumulative-flow,time-in-stage,throughput,work-in-progress";
    await open({ page }, `${server.url}/projects/${GOLDEN_ITEM.project}?asOf=2026-09-20&open=${charts}`);
    const rows = async (chart: string): Promise<readonly (readonly string[])[]> =>
      (await cellsOf(page, `#${chart} table`)).slice(1);

    // 8 to 18 September are 11 days, both counted; it was re-opened on the 17th.
    expect(await rows("cycle-time")).toEqual([[GOLDEN_ITEM.key, "2026-09-18", "11", "yes"]]);
    expect(await page.locator("#cycle-time g.items circle").count()).toBe(1);
    // Re-opened: its dot is hollow.
    expect(await page.locator("#cycle-time g.items").first().getAttribute("fill")).toBe("var(--bg)");
    expect((await rows("throughput")).filter(([, items]) => items !== "0")).toEqual([["2026-09-14", "1"]]);
    // Test was skipped, so there is a dash and no time; one item is too few for percentiles anywhere.
    const few = ["too few", "too few", "too few", "too few", "too few"];
    expect(await rows("time-in-stage")).toEqual([
      ["Build", ...few, "1"],
      ["Review", ...few, "1"],
      ["Test", "—", "—", "—", "—", "—", "0"],
    ]);
    // It was back in Build from the 11th to the 14th: one item in a correction window on Sunday the 13th.
    const sunday = (await rows("cumulative-flow")).map(([day, ...cells]) => ({ day, cells }));
    expect(sunday.find(({ day }) => day === "2026-09-13")?.cells).toEqual(["1", "1", "1", "0", "0", "1", "1"]);
    // Hatched twice: in Review while it was back in Build, and in Done on the day when it was back in Review.
    expect(await page.locator("#cumulative-flow .correction").count()).toBe(2);
    expect(complaints).toEqual([]);
  });
});
