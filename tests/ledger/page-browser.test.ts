import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FlowReport } from "@stageledger/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { renderPage } from "../../apps/ledger/src/analyse/page/page.ts";
import { aFigure } from "../support/a-figure.ts";
import { aFlowReport, aProjectFlow, aRefusal } from "../support/a-flow-report.ts";
import { openChromium } from "../support/chromium.ts";
import { LOW_CONTRAST_SCRIPT } from "../support/text-contrast.ts";

interface Look {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  readonly isPrinted?: boolean;
}

let browser: Browser | undefined;
let missing = "";
let folder = "";

beforeAll(async () => {
  const opened = await openChromium();
  if (typeof opened === "string") {
    missing = opened;
    return;
  }
  browser = opened;
  folder = mkdtempSync(join(tmpdir(), "stageledger-page-"));
  const several = [aProjectFlow({ project: "OPS" }), aProjectFlow({ project: "PAY", verdict: aRefusal() })];
  writeFileSync(join(folder, "one.html"), renderPage(aFlowReport()));
  writeFileSync(join(folder, "several.html"), renderPage(aFlowReport({ projects: several })));
  writeFileSync(join(folder, "long.html"), renderPage(withLongNames()));
}, 600_000);

afterAll(async () => {
  await browser?.close();
  if (folder !== "") rmSync(folder, { recursive: true });
});

beforeEach((context) => {
  if (browser === undefined) context.skip(missing);
});

/** Names longer than a phone is wide. */
function withLongNames(): FlowReport {
  const long = (name: string): string =>
    `${name} by the department of very long names and unbreakable-Bindestrichwortungetümen`;
  const report = aFlowReport();
  const flow = aProjectFlow({ project: long("Payments") });
  const stages = flow.stages.map((stage) => ({
    ...stage,
    name: long(stage.name),
    limitHint: aFigure({ value: null, n: 0 }),
  }));
  const ageing = flow.charts.ageing.map((item) => ({
    ...item,
    key: `${item.key}-`.repeat(12),
    stage: long(item.stage),
  }));
  const timeInStage = flow.charts.timeInStage.map((row) => ({ ...row, stage: long(row.stage) }));
  const project = { ...flow, stages, charts: { ...flow.charts, ageing, timeInStage } };
  const mapStages = report.map.stages.map((stage) => ({ ...stage, name: long(stage.name) }));
  return {
    ...report,
    map: { ...report.map, commitment: long("Build"), stages: mapStages },
    projects: [project, { ...project, project: "x".repeat(120) }],
  };
}

/** Opens a page and fails when it asks for anything beside itself or complains. */
async function look(
  file: "one" | "several" | "long",
  { width = 1280, colorScheme = "light", isPrinted = false }: Look = {},
) {
  if (browser === undefined) throw new Error(missing);
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const address = pathToFileURL(join(folder, `${file}.html`)).href;
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(address)) complaints.push(`asked for ${request.url()}`);
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  if (isPrinted) await page.emulateMedia({ media: "print" });
  await page.goto(address);
  expect(complaints).toEqual([]);
  return page;
}

async function openAll(page: Page): Promise<void> {
  await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
}

describe("the page in a browser", () => {
  for (const width of [320, 360, 768, 1280]) {
    test(`fits ${width} px without a horizontal scroll, closed and opened`, async () => {
      for (const file of ["one", "several", "long"] as const) {
        const page = await look(file, { width });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        await openAll(page);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        await page.close();
      }
    });
  }

  test("has one first heading, and none skips a level", async () => {
    for (const file of ["one", "several"] as const) {
      const page = await look(file);
      const found: unknown = await page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((heading) => Number(heading.tagName[1]))",
      );
      const levels = Array.isArray(found) ? found.map(Number) : [];
      expect(levels[0]).toBe(1);
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
      await page.close();
    }
  });

  test("has its landmarks, each once", async () => {
    const page = await look("several");
    for (const landmark of ["header", "nav", "main", "footer"]) {
      expect(await page.locator(`body > ${landmark}`).count()).toBe(1);
    }
    await page.close();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`every text has a contrast of 4.5 or more, ${colorScheme}`, async () => {
      const page = await look("several", { colorScheme });
      await openAll(page);
      expect(await page.evaluate(LOW_CONTRAST_SCRIPT)).toEqual([]);
      await page.close();
    });
  }

  test("the contrast check sees a text that is too faint", async () => {
    const page = await look("one");
    await page.evaluate("document.querySelector('h1').style.opacity = '0.4'");
    expect(await page.evaluate(LOW_CONTRAST_SCRIPT)).not.toEqual([]);
    await page.close();
  });

  test("the keyboard gets to the verdict first and to everything that opens, and opens it", async () => {
    const page = await look("one");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the verdict");
    const summaries = await page.locator("summary").count();
    const reached = new Set<unknown>();
    for (let stop = 0; stop < summaries + 20; stop += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(
        "[...document.querySelectorAll('summary')].indexOf(document.activeElement.closest('summary'))",
      );
      if (at !== -1) reached.add(at);
    }
    expect(reached.size).toBe(summaries);

    const figures = page.locator("details.figures").first();
    expect(await figures.locator("table").isVisible()).toBe(false);
    await figures.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await figures.locator("table").isVisible()).toBe(true);
    await page.close();
  });

  test("the printed page is dark on light whatever the screen, without what only a screen can open", async () => {
    const page = await look("several", { colorScheme: "dark", isPrinted: true, width: 690 });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.locator("nav").isVisible()).toBe(false);
    expect(await page.locator("summary").first().isVisible()).toBe(false);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(690);
    await page.close();
  });
});
