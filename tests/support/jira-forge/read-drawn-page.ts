import type { Browser } from "playwright-core";
import { z } from "zod";
import type { Drawn } from "./forge-host.ts";
import { paint } from "./paint.ts";

const drawnPage = z.object({
  headings: z.array(z.string()),
  /** Each text and list item. */
  texts: z.array(z.string()),
  /** Of each table the cells' texts, line by line, its head first. */
  tables: z.array(z.array(z.array(z.string()))),
});
export type DrawnPage = z.infer<typeof drawnPage>;

const READ = `(() => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map(({ innerText }) => innerText.trim());
  const cells = (row) => [...row.cells].map(({ innerText }) => innerText.trim().replaceAll(/\\s+/gu, " "));
  return {
    headings: texts(".heading"),
    texts: texts("p.text, li"),
    tables: [...document.querySelectorAll("table")].map((table) => [...table.rows].map(cells)),
  };
})()`;

/** What somebody reads on the page, as a browser has it. */
export async function readDrawnPage(browser: Browser, tree: Drawn): Promise<DrawnPage> {
  const page = await browser.newPage();
  try {
    await page.setContent(paint(tree, "light").html);
    return drawnPage.parse(await page.evaluate(READ));
  } finally {
    await page.close();
  }
}
