import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openChromium } from "../support/chromium.ts";
import { onPostgres } from "../support/database/engines.ts";
import { anAdminsDoor, openAdmin } from "../support/jira-forge/an-admin-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import type { ForgeHost } from "../support/jira-forge/forge-host.ts";
import { photograph } from "../support/jira-forge/photograph.ts";

/** As wide as Jira's middle on a large screen, and on a small one. */
const WIDTHS_PIXELS = [1000, 700] as const;
/** Where to put the pictures for somebody to look at; nowhere unless said. */
const folder = process.env.PICTURES;

describeWithApp("the admin page, as a picture", () => {
  onPostgres((engine) => {
    let browser: Awaited<ReturnType<typeof openChromium>>;
    beforeAll(async () => {
      browser = await openChromium();
    });
    afterAll(() => (typeof browser === "string" ? undefined : browser.close()));

    async function look(page: ForgeHost, name: string, skip: (why: string) => void): Promise<void> {
      if (typeof browser === "string") return skip(browser);
      for (const theme of ["light", "dark"] as const) {
        for (const widthPixels of WIDTHS_PIXELS) {
          const { png, isTooWide, unknownTypes } = await photograph(browser, page.shown(), { theme, widthPixels });
          expect({ name, theme, widthPixels, isTooWide, unknownTypes }).toEqual({
            name,
            theme,
            widthPixels,
            isTooWide: false,
            unknownTypes: [],
          });
          if (folder === undefined) continue;
          mkdirSync(folder, { recursive: true });
          writeFileSync(join(folder, `admin-${name}-${widthPixels}-${theme}.png`), png);
        }
      }
    }

    test("fits, whatever is unfolded in it", { timeout: 120_000 }, async ({ skip }) => {
      const door = await anAdminsDoor(engine().database);
      const page = await openAdmin(door);
      await look(page, "open", skip);
      await page.click("stages-change");
      await page.type("limit-2", "4");
      await page.click("up-2");
      await page.choose("status-jira:10007", "Test");
      await page.type("name-3", "");
      await look(page, "stages", skip);
      const elsewhere = await openAdmin({ ...door, installationId: "ari:cloud:ecosystem::installation/other" });
      await look(elsewhere, "not-connected", skip);
    });
  });
});
