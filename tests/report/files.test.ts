import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { aReportPage, open } from "../support/report/a-report-page.ts";
import { inChromium } from "../support/report/in-chromium.ts";

inChromium((look) => {
  look("a chart is taken along as a picture that needs no page", async ({ browser, server }) => {
    const { page, complaints } = await aReportPage(browser, { theme: "dark" });
    await open({ page }, `${server.url}/projects/Payments`);
    const svg = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#cumulative-flow .files button").first().click(),
    ]);
    expect(svg[0].suggestedFilename()).toBe("Payments cumulative-flow.svg");
    const drawn = readFileSync(await svg[0].path(), "utf8");
    expect(drawn).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
    expect(drawn).toContain("Cumulative flow");
    expect(drawn).toContain('id="hatch"');
    // As it looked: in the dark theme's accent, with nothing left to a style sheet.
    expect(drawn).toContain("#f0954a");
    expect(drawn).not.toMatch(/var\(|<style|<script/u);

    const png = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#cumulative-flow .files button").nth(1).click(),
    ]);
    expect(png[0].suggestedFilename()).toBe("Payments cumulative-flow.png");
    const bytes = readFileSync(await png[0].path());
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.length).toBeGreaterThan(10_000);
    expect(complaints).toEqual([]);
  });

  look("the page in one file has its charts, and calls nobody", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments?open=net-flow`);
    await page.locator("#net-flow table").waitFor();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(".take-along button", { hasText: "one file" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("Payments report.html");
    const html = readFileSync(await file.path(), "utf8");
    expect(html).not.toMatch(/<script|<link|127\.0\.0\.1/u);
    const alone = await aReportPage(browser);
    await alone.page.setContent(html);
    expect(await alone.page.locator("h1").textContent()).toBe(await page.locator("h1").textContent());
    expect(await alone.page.locator("svg.plot").count()).toBe(12);
    expect(await alone.page.locator("#net-flow table tbody tr").count()).toBe(8);
    expect(await alone.page.evaluate("getComputedStyle(document.querySelector('h1 .constraint')).color")).toBe(
      "rgb(180, 74, 0)",
    );
    expect([...alone.hosts]).toEqual([]);
    expect(alone.complaints).toEqual([]);
  });

  look("on paper there are charts and tables, and nothing to press", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments`);
    await page.emulateMedia({ media: "print" });
    for (const gone of [".window", ".head nav", ".files", ".take-along"])
      expect({ gone, isVisible: await page.locator(gone).first().isVisible() }).toEqual({ gone, isVisible: false });
    expect(await page.locator("#cycle-time svg").isVisible()).toBe(true);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(20_000);
  });
});
