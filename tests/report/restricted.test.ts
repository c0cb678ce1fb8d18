import { inTransaction, setProjectRestricted } from "@stageledger/db";
import { expect, test } from "vitest";
import { openChromium } from "../support/chromium.ts";
import { onPostgres } from "../support/database/engines.ts";
import { aPaymentsLedger, NOW } from "../support/page/a-payments-ledger.ts";
import { aReportPage, cellsOf, open } from "../support/report/a-report-page.ts";
import { aReportServer } from "../support/report/a-report-server.ts";
import { aBuiltPage } from "../support/report/built-page.ts";

onPostgres((engine) => {
  const folder = aBuiltPage();

  test("of a restricted project no key is on the page, and it says where they are", async ({
    skip,
    onTestFinished,
  }) => {
    const browser = await openChromium();
    if (typeof browser === "string") return skip(browser);
    onTestFinished(() => browser.close());
    const { database } = engine();
    const { tenantId } = await aPaymentsLedger(database);
    await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, (trx) =>
      setProjectRestricted(trx, tenantId, "Payments", true),
    );
    const server = await aReportServer(database, { folder: folder(), tenantId, now: NOW });
    const { page, complaints } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments?open=cycle-time,ageing`);
    await page.locator("#ageing table").waitFor();
    expect(await page.content()).not.toContain("PAY-");
    expect(await page.locator(".verdict").textContent()).toContain("shown inside Jira only");
    const rows = (await cellsOf(page, "#ageing table")).slice(1);
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows.map(([item]) => item))).toEqual(new Set(["kept inside Jira"]));
    expect(complaints).toEqual([]);
  });
});
