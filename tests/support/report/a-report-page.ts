/** The page in Chromium: what it complains of and where it calls are watched. */
import type { Browser, Page } from "playwright-core";
import { onTestFinished } from "vitest";

export interface ReportPage {
  readonly page: Page;
  /** Errors and warnings of the console, and what was thrown. */
  readonly complaints: string[];
  /** Hosts that were called. */
  readonly hosts: Set<string>;
}

interface Look {
  readonly widthPixels?: number;
  readonly theme?: "light" | "dark";
}

const PATIENCE_MILLISECONDS = 15_000;

/** Closed with the test. Nothing but this machine can be reached. */
export async function aReportPage(
  browser: Browser,
  { widthPixels = 1280, theme = "light" }: Look = {},
): Promise<ReportPage> {
  const context = await browser.newContext({
    viewport: { width: widthPixels, height: 900 },
    colorScheme: theme,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE_MILLISECONDS);
  onTestFinished(() => context.close());
  // A script that is stopped may catch what it is told: the policy's own word is heard all the same.
  await context.addInitScript(
    "addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error('policy: ' + violatedDirective))",
  );
  const page = await context.newPage();
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http")) hosts.add(hostname);
  });
  return { page, complaints, hosts };
}

/** Goes there, and waits until the verdict or the list of projects is there. */
export async function open({ page }: Pick<ReportPage, "page">, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("h1").waitFor();
}

/** The cells of a table, row by row, heads included. */
export async function cellsOf(page: Page, selector: string): Promise<readonly (readonly string[])[]> {
  const rows = await page.locator(`${selector} tr`).all();
  return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
}
