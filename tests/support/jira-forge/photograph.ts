import type { Browser } from "playwright-core";
import type { Drawn } from "./forge-host.ts";
import { paint, type Theme } from "./paint.ts";

export interface Photograph {
  readonly png: Buffer;
  /** Wider than the page: something sticks out. */
  readonly isTooWide: boolean;
  readonly unknownTypes: readonly string[];
}

/** What was drawn, as a picture in the width that Jira gives it. */
export async function photograph(
  browser: Browser,
  tree: Drawn,
  { theme, widthPixels }: { readonly theme: Theme; readonly widthPixels: number },
): Promise<Photograph> {
  const { html, unknownTypes } = paint(tree, theme);
  const page = await browser.newPage({ viewport: { width: widthPixels, height: 200 }, deviceScaleFactor: 2 });
  try {
    await page.setContent(html);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    return { png: await page.screenshot({ fullPage: true }), isTooWide: Number(width) > widthPixels, unknownTypes };
  } finally {
    await page.close();
  }
}
