import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { aReportPage, open } from "../support/report/a-report-page.ts";
import { inChromium } from "../support/report/in-chromium.ts";

/** What has the focus, by what is announced of it. */
function focused(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const { activeElement: at } = document;
    const [label] = at.labels ?? [];
    return at.getAttribute("aria-label") ?? label?.firstChild.textContent ?? at.innerText.trim();
  })()`);
}

/** Presses Tab until what has the focus is called that. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const told = String(await focused(page));
    if (typeof name === "string" ? told === name : name.test(told)) return;
  }
  throw new Error(`Tab never reached ${name}.`);
}

inChromium((look) => {
  look(
    "the keyboard alone leads from the list to a project, its weeks, a table and a file",
    async ({ browser, server }) => {
      const { page, complaints } = await aReportPage(browser);
      await open({ page }, `${server.url}/`);
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("Skip to the verdict");

      await tabTo(page, /^All projects/u);
      await page.keyboard.press("Enter");
      await page.keyboard.type("pay");
      await page.keyboard.press("ArrowDown");
      expect(await focused(page)).toBe("Payments");
      await page.keyboard.press("Enter");
      await page.locator(".verdict h1").waitFor();
      expect(new URL(page.url()).pathname).toBe("/projects/Payments");

      await tabTo(page, "Weeks");
      await page.keyboard.press("ArrowUp");
      await page.waitForURL(/weeks=7/u);
      await page.locator(".eyebrow", { hasText: "(7 weeks)" }).waitFor();

      await tabTo(page, /Table of “Cycle time”$/u);
      await page.keyboard.press("Enter");
      await page.locator("#cycle-time table").waitFor();
      expect(new URL(page.url()).searchParams.get("open")).toBe("cycle-time");

      await tabTo(page, "CSV of “Cycle time”");
      const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
      expect(download.suggestedFilename()).toBe("Payments finished-items.csv");
      expect(readFileSync(await download.path(), "utf8").split("\n")[0]).toBe("item,finished_on,cycle_days,reopened");
      expect(complaints).toEqual([]);
    },
  );

  look("Escape closes the picker and gives the focus back", async ({ browser, server }) => {
    const { page } = await aReportPage(browser);
    await open({ page }, `${server.url}/projects/Payments`);
    await tabTo(page, /^Payments: choose/u);
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("Find a project");
    await page.keyboard.press("Escape");
    expect(await focused(page)).toBe("Payments: choose another project");
    expect(await page.locator(".picker input").count()).toBe(0);
  });

  look(
    "a search for somebody is answered with the purpose and a better question, and stays in the page",
    async ({ browser, server }) => {
      const { page } = await aReportPage(browser);
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await open({ page }, `${server.url}/`);
      await page.locator(".project-search input").fill("Zq Vx");
      const told = await page.locator(".no-match").textContent();
      expect(told).toContain("Time is tracked here to see where work waits");
      expect(told).toContain("Were there any roadblocks?");
      expect(told).not.toContain("Zq");
      expect(asked.filter((url) => /zq|vx/iu.test(url))).toEqual([]);
      expect(page.url()).not.toMatch(/zq/iu);
    },
  );
});
