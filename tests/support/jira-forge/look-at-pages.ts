import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { openChromium } from "../chromium.ts";
import type { ForgeHost } from "./forge-host.ts";
import { paint } from "./paint.ts";

/** @param skip the test's own, for a machine without a browser */
export type Look = (
  page: ForgeHost,
  name: string,
  skip: (why: string) => void,
  widthsPixels?: readonly number[],
) => Promise<void>;

/** Where to put the pictures for somebody to look at; nowhere unless said. */
const folder = process.env.PICTURES;

/**
 * Inside a describe: opens a browser for its tests. A page is painted in both themes, in each width that Jira gives it: all that is
 * in it is known to the painter, and nothing sticks out.
 */
export function lookAtPages(pageName: string, ...usualWidthsPixels: readonly number[]): Look {
  let browser: Browser | string = "Not open yet.";
  let canvas: Page | undefined;
  beforeAll(async () => {
    browser = await openChromium();
    if (typeof browser !== "string") canvas = await browser.newPage({ deviceScaleFactor: 2 });
  });
  afterAll(() => (typeof browser === "string" ? undefined : browser.close()));
  return async (page, name, skip, widthsPixels = usualWidthsPixels) => {
    if (canvas === undefined) return skip(String(browser));
    for (const theme of ["light", "dark"] as const) {
      const { html, unknownTypes } = paint(page.shown(), theme);
      await canvas.setContent(html);
      for (const widthPixels of widthsPixels) {
        await canvas.setViewportSize({ width: widthPixels, height: 200 });
        const isTooWide = Number(await canvas.evaluate("document.documentElement.scrollWidth")) > widthPixels;
        const seen = { name, theme, widthPixels };
        expect({ ...seen, isTooWide, unknownTypes }).toEqual({ ...seen, isTooWide: false, unknownTypes: [] });
        if (folder === undefined) continue;
        mkdirSync(folder, { recursive: true });
        const png = await canvas.screenshot({ fullPage: true });
        writeFileSync(join(folder, `${pageName}-${name}-${widthPixels}-${theme}.png`), png);
      }
    }
  };
}
