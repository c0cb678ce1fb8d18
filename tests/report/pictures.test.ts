import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { aReportPage, open } from "../support/report/a-report-page.ts";
import { inChromium } from "../support/report/in-chromium.ts";

/** Where to put the pictures for somebody to look at; nowhere unless said. */
const folder = process.env.PICTURES;

inChromium((look) => {
  for (const [widthPixels, theme] of [
    [320, "light"],
    [1280, "light"],
    [1280, "dark"],
    [2560, "dark"],
  ] as const) {
    look(`every chart fits a screen of ${widthPixels} px in the ${theme} theme`, async ({ browser, server }) => {
      const { page } = await aReportPage(browser, { widthPixels, theme });
      for (const [name, path] of [
        ["projects", "/"],
        ["project", "/projects/Payments"],
      ] as const) {
        await open({ page }, server.url + path);
        if (name === "project") await page.locator("#hours-by-activity svg").waitFor();
        const tooWide = await page.evaluate(
          "[...document.querySelectorAll('svg.plot')].filter((svg) => svg.getBoundingClientRect().width > innerWidth).length",
        );
        expect({ name, tooWide }).toEqual({ name, tooWide: 0 });
        if (folder === undefined) continue;
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `report-${name}-${widthPixels}-${theme}.png`), fullPage: true });
      }
    });
  }
});
