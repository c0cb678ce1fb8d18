import { expect } from "vitest";
import { aReportPage, open } from "../support/report/a-report-page.ts";
import { inChromium } from "../support/report/in-chromium.ts";

inChromium((look) => {
  look("whoever has not signed in is shown the way there and back, and nothing else", async ({ browser, server }) => {
    server.reader.tenantId = undefined;
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments?weeks=7`);
    expect(await page.locator("h1").textContent()).toBe("Sign in to see this");
    expect(await page.locator(".notice a").getAttribute("href")).toBe("/sign-in?to=%2Fprojects%2FPayments%3Fweeks%3D7");
    expect(await page.locator("body").textContent()).not.toContain("PAY-");
  });

  look(
    "what was decided is not told to signing in, and is there again on the way back",
    async ({ browser, server }) => {
      const { tenantId } = server.reader;
      server.reader.tenantId = undefined;
      const { page } = await aReportPage(browser);
      const back = "/projects/Payments?weeks=7";
      await page.route("**/sign-in?*", (route) => {
        server.reader.tenantId = tenantId;
        return route.fulfill({ status: 303, headers: { location: back } });
      });
      await open({ page }, `${server.url}${back}#decision=A+second+tester&on=2026-09-14`);
      const asked = page.waitForRequest("**/sign-in?*");
      await page.locator(".notice a").click();
      expect(new URL((await asked).url()).search).toBe("?to=%2Fprojects%2FPayments%3Fweeks%3D7");
      await page.locator(".verdict h1").waitFor();
      expect(page.url()).toBe(`${server.url}${back}#decision=A+second+tester&on=2026-09-14`);
      expect(await page.locator("svg .decision").count()).toBeGreaterThan(0);
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    },
  );

  look("a refusal is told with its code and what to do next", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Nowhere`);
    const told = await page.locator(".notice").textContent();
    expect(told).toContain("The ledger has no project of that name.");
    expect(told).toContain("Choose one of those that the page lists");
    expect(told).toContain("PROJECT_UNKNOWN");
  });

  look("without a connection it says so, and the answer comes when it is back", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/`);
    await page.context().setOffline(true);
    await page.locator("td, th", { hasText: "Payments" }).locator("a").first().click();
    await page.locator(".notice h1", { hasText: "The ledger cannot be reached" }).waitFor();
    await page.context().setOffline(false);
    await page.locator(".notice button").click();
    await page.locator(".verdict h1").waitFor();
  });

  look("an answer of another form is said to be one, and not drawn", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await page.route("**/report", (route) => route.fulfill({ json: { schema: 2 } }));
    await open({ page }, `${server.url}/projects/Payments`);
    expect(await page.locator("h1").textContent()).toBe("This page is older than the ledger");
  });

  look("a small project without a verdict is drawn, too", async ({ browser, server }) => {
    const { page, complaints } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Ops`);
    expect(await page.locator(".none.empty").count()).toBeGreaterThan(0);
    expect(await page.locator("#ageing svg.plot").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  look("the address says all that is shown, and back walks through it", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments`);
    await page.locator(".window select").first().selectOption("6");
    await page.locator(".eyebrow", { hasText: "(6 weeks)" }).waitFor();
    await page.locator(".window select").nth(1).selectOption("business");
    await page.locator(".evidence li", { hasText: "In business time" }).waitFor();
    expect(page.url()).toBe(`${server.url}/projects/Payments?weeks=6&time=business`);
    await page.goBack();
    await page.goBack();
    await page.locator(".eyebrow", { hasText: "(8 weeks)" }).waitFor();
    expect(await page.locator(".evidence li", { hasText: "In business time" }).count()).toBe(0);
  });

  look(
    "two windows stand side by side with what was decided between them, which no server is told",
    async ({ browser, server }) => {
      const { page, complaints } = await aReportPage(browser);
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await open({ page }, `${server.url}/projects/Payments`);
      await page.locator(".window summary").click();
      await page.locator(".window input[type=text]").fill("WIP limit of 4 in Review");
      await page.locator(".window form input[type=date]").nth(1).fill("2026-09-01");
      await page.locator(".window form button[type=submit]").click();
      await page.locator(".compare table").waitFor();
      const told = await page.locator(".compare").textContent();
      expect(told).toContain("1 Sep 2026: WIP limit of 4 in Review");
      // Without a choice of its own the earlier window ends the day before the later one begins.
      expect(await page.locator(".compare .side .eyebrow").allTextContents()).toEqual([
        "Earlier · 29 Jun – 23 Aug 2026",
        "Later · 24 Aug – 18 Oct 2026",
      ]);
      expect(await page.locator("#cycle-time .decision").count()).toBeGreaterThan(0);
      const link = page.url();
      expect(asked.filter((url) => url.includes("limit"))).toEqual([]);
      await page.goto("about:blank");
      await open({ page }, link);
      await page.locator(".compare .decided", { hasText: "WIP limit of 4 in Review" }).waitFor();
      expect(complaints).toEqual([]);
    },
  );
});
