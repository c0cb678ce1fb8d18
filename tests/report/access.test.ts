import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { z } from "zod";
import { aReportPage, open } from "../support/report/a-report-page.ts";
import { inChromium } from "../support/report/in-chromium.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const faults = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
);

/** What axe-core finds at fault, in a few words. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => JSON.parse(JSON.stringify(violations)))`,
  );
  return faults
    .parse(found)
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

inChromium((look) => {
  for (const theme of ["light", "dark"] as const) {
    for (const widthPixels of [320, 1280]) {
      look(
        `axe-core finds no fault in the ${theme} theme at ${widthPixels} px, with all open that opens`,
        async ({ browser, server }) => {
          const { page } = await aReportPage(browser, { theme, widthPixels });
          await open({ page }, `${server.url}/`);
          expect(await faultsOf(page)).toEqual([]);
          await open(
            { page },
            `${server.url}/projects/Payments?against=2026-08-23&open=ageing,hours-by-stage#decision=A+limit&on=2026-09-01`,
          );
          await page.locator(".compare table").waitFor();
          const closed = page.locator("main .report > section > details:not([open]) > summary");
          while ((await closed.count()) > 0) await closed.first().click();
          await page.locator(".picker > button").click();
          expect(await faultsOf(page)).toEqual([]);
        },
      );
    }
  }

  look("nothing sticks out of a phone's screen or is lost on a wall", async ({ browser, server }) => {
    for (const widthPixels of [320, 1280, 2560]) {
      const { page } = await aReportPage(browser, { widthPixels });
      for (const path of ["/", "/projects/Payments?against=2026-08-23&open=cycle-time,cumulative-flow"]) {
        await open({ page }, `${server.url}${path}`);
        const width = await page.evaluate("document.documentElement.scrollWidth");
        expect({ widthPixels, path, width }).toEqual({ widthPixels, path, width: widthPixels });
      }
    }
  });

  look("the reader's theme is taken, and one that the page is told comes first", async ({ browser, server }) => {
    const { page } = await aReportPage(browser, { theme: "dark" });
    await open({ page }, `${server.url}/projects/Payments`);
    const paper = (): Promise<unknown> => page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await paper()).toBe("rgb(21, 22, 24)");
    await page.evaluate("document.documentElement.dataset.theme = 'light'");
    expect(await paper()).toBe("rgb(255, 255, 255)");
    await page.emulateMedia({ colorScheme: "light" });
    await page.evaluate("document.documentElement.dataset.theme = 'dark'");
    expect(await paper()).toBe("rgb(21, 22, 24)");
  });
});
