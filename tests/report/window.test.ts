import { type PageReport, pageReport } from "@stageledger/core/contract/page-report";
import type { Page, Route } from "playwright-core";
import { expect } from "vitest";
import { aReportPage, open } from "../support/report/a-report-page.ts";
import { inChromium } from "../support/report/in-chromium.ts";

const REPORT = /\/api\/v1\/projects\/Payments\/report(?:\?|$)/u;

/** Every report of the page is the ledger's own, changed like this. */
function changed(page: Page, change: (report: PageReport) => PageReport): Promise<unknown> {
  return page.route(REPORT, async (route: Route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: change(pageReport.parse(await answer.json())) });
  });
}

function withOutcome(outcome: "constraint" | "candidate") {
  return (report: PageReport): PageReport => ({
    ...report,
    flow: { ...report.flow, verdict: { ...report.flow.verdict, outcome, stage: "Review" } },
  });
}

/** What has the focus, by its element and what it says or is. */
function focused(page: Page): Promise<unknown> {
  return page.evaluate("document.activeElement.tagName + ' ' + (document.activeElement.type ?? '')");
}

inChromium((look) => {
  for (const [outcome, other] of [
    ["constraint", "candidate"],
    ["candidate", "constraint"],
  ] as const) {
    look(`a ${outcome} is marked as one beside its stage, and as no ${other}`, async ({ browser, server }) => {
      const { page } = await aReportPage(browser);
      await changed(page, withOutcome(outcome));
      await open({ page }, `${server.url}/projects/Payments`);
      const marks = page.locator(".flow .mark, section:has(> h2:text-is('Stages')) .mark");
      expect(await marks.allTextContents()).toEqual(Array.from({ length: 3 }, () => `▲ ${outcome}`));
    });
  }

  look("bars of weeks have their ticks at the Mondays on which they begin", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await changed(page, (report) => ({
      ...report,
      hours: {
        ...report.hours,
        weeks: ["2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21"].map((week) => ({ week, minutes: 6000 })),
      },
    }));
    await open({ page }, `${server.url}/projects/Payments`);
    await page.locator("#hours-by-week svg.plot").waitFor();
    const ticks = page.locator("#hours-by-week svg.plot text", { hasText: /^\d+ [A-Z]/u });
    expect(await ticks.allTextContents()).toEqual(["31 Aug", "7 Sep", "14 Sep", "21 Sep"]);
  });

  look("a choice stays as it was made while its answer is under way", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments`);
    const held = Promise.withResolvers<void>();
    await page.route(REPORT, async (route) => {
      await held.promise;
      await route.continue();
    });
    const [weeks, time] = [page.locator(".window select").first(), page.locator(".window select").nth(1)];
    await weeks.selectOption("6");
    await time.selectOption("business");
    await page.locator(".report[aria-busy=true]").waitFor();
    expect([await weeks.inputValue(), await time.inputValue()]).toEqual(["6", "business"]);
    held.resolve();
    await page.locator(".eyebrow", { hasText: "(6 weeks) · calendar and business time, UTC" }).waitFor();
    expect([await weeks.inputValue(), await time.inputValue()]).toEqual(["6", "business"]);
  });

  look("a past window tells its day, the present one says now", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await changed(page, withOutcome("constraint"));
    await open({ page }, `${server.url}/projects/Payments`);
    const shown = page.locator(".verdict > .beside, .flow-section, section:has(> h2:text-is('Stages')), .cards");
    const says = async (): Promise<string> => (await shown.allInnerTexts()).join(" ");
    const present = await says();
    expect(present).toContain("In Review now (");
    expect(present).toContain("their age are as of now;");
    expect(present).toContain("WIP now:");

    await page.goto(`${server.url}/projects/Payments?asOf=2026-09-13`);
    await page.locator(".verdict h1").waitFor();
    const past = await says();
    expect(past).toContain("In Review on 13 Sep 2026 (");
    expect(past).toContain("their age are as of 13 Sep 2026;");
    expect(past).toContain("WIP and age are as of 13 Sep 2026;");
    expect(past).toContain("in progress on 13 Sep;");
    expect(past).not.toMatch(/\bnow\b/u);

    await page.goto(`${server.url}/projects/Payments?asOf=2026-12-31`);
    await page.locator(".verdict h1").waitFor();
    expect(await says()).toBe(present);
  });

  look("the focus stays at hand when its button goes, and other figures are announced", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments?asOf=2026-09-13&against=2026-07-19`);
    await page.locator(".compare table").waitFor();
    await page.getByRole("button", { name: "Show one window only" }).press("Enter");
    await page.locator(".compare").waitFor({ state: "detached" });
    expect(await focused(page)).toBe("SUMMARY ");
    await page.getByRole("button", { name: "Now", exact: true }).press("Enter");
    await page.locator(".eyebrow", { hasText: "Oct 2026" }).waitFor();
    expect(await focused(page)).toBe("INPUT date");
    const told = await page.locator("main > [role=status]").textContent();
    expect(told).toContain("24 Aug – 18 Oct 2026: ");
    expect(told).toContain((await page.locator(".verdict h1").textContent()) ?? "no verdict");
  });

  look("the first of the stages to choose is the version in force, whichever is shown", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await changed(page, (report) => ({
      ...report,
      mapVersions: [
        { version: 1, effectiveFrom: null },
        { version: 2, effectiveFrom: "2026-08-01T00:00:00.000Z" },
        { version: 3, effectiveFrom: "2027-01-01T00:00:00.000Z" },
      ],
    }));
    await open({ page }, `${server.url}/projects/Payments?map=1`);
    expect(await page.locator(".window select").nth(2).locator("option").first().textContent()).toBe("v2, as in force");
  });

  look("nothing is said of when no items are finished", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await changed(page, (report) => ({
      ...report,
      flow: { ...report.flow, monteCarlo: { ...report.flow.monteCarlo, remaining: 0 } },
    }));
    await open({ page }, `${server.url}/projects/Payments`);
    expect(await page.locator("main").textContent()).not.toContain("The 0 items");
  });

  look("a project that is not there is said not to be there", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Nowhere`);
    expect(await page.locator(".notice h1").textContent()).toBe("There is no such project");
  });
});
