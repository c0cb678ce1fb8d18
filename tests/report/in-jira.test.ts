import { inTransaction } from "@stageledger/db";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openChromium } from "../support/chromium.ts";
import type { TestTenant } from "../support/database/a-tenant.ts";
import { onPostgres } from "../support/database/engines.ts";
import { aDoorTo, aPerson, type ForgeDoor } from "../support/forge/a-forge-door.ts";
import { NOW } from "../support/page/a-payments-ledger.ts";
import { aJiraFrame, type JiraFrame } from "../support/report/a-jira-frame.ts";
import { aReportPage, open } from "../support/report/a-report-page.ts";
import { aReportServer } from "../support/report/a-report-server.ts";
import { aWholeLedger } from "../support/report/a-whole-ledger.ts";
import { aBuiltPage } from "../support/report/built-page.ts";

const CHARTS = [
  ...["cycle-time", "cumulative-flow", "ageing", "time-in-stage", "net-flow", "throughput", "work-in-progress"],
  ...["blocked-time", "roadblocks", "hours-by-week", "hours-by-stage", "hours-by-activity"],
];
const OPEN_TABLES = `?open=${CHARTS.join(",")}`;

onPostgres((engine) => {
  const folder = aBuiltPage();
  let browser: Browser | string;
  let tenant: TestTenant;
  beforeAll(async () => {
    browser = await openChromium();
    tenant = await aWholeLedger(engine().database);
    await inTransaction(engine().database, { role: "recorder", tenantId: tenant.tenantId }, (trx) =>
      trx
        .insertInto("flow.project_source")
        .values({ tenant_id: tenant.tenantId, source_project: "jira:10001", project: "Payments" })
        .execute(),
    );
  });
  afterAll(() => (typeof browser === "string" ? undefined : browser.close()));

  type Options = Partial<Parameters<typeof aJiraFrame>[1]>;
  const inJira = (
    name: string,
    body: (open: (options?: Options) => Promise<JiraFrame>, door: ForgeDoor) => Promise<void>,
  ) =>
    test(name, async ({ skip }) => {
      if (typeof browser === "string") return skip(browser);
      const chromium = browser;
      const door = await aDoorTo(tenant, engine().database, NOW);
      const person = aPerson(door, "ada");
      await body((options = {}) => aJiraFrame(chromium, { folder: folder(), person, ...options }), door);
    });

  /** What is read on the page: the verdict, each stage, and each table cell by cell. */
  const readOf = async (page: Page | Frame): Promise<unknown> => {
    await page.locator("#hours-by-activity table").waitFor();
    const texts = (selector: string) => page.locator(selector).allInnerTexts();
    return {
      verdict: await texts("h1"),
      sections: await texts("main h2, main h3"),
      signals: await texts("section.verdict p, section.verdict li, section.verdict dd"),
      strip: await texts(".strip"),
      cells: await texts("table th, table td"),
      marks: await page.locator("svg.plot :is(path, rect, circle, line)").count(),
    };
  };

  inJira(
    "the same bundle shows in Jira's frame, under its policy, what it shows in the browser, to the last figure",
    async (frameOf) => {
      const shown = await frameOf({ address: `/${OPEN_TABLES}` });
      const inFrame = await readOf(shown.frame);
      const server = await aReportServer(engine().database, { folder: folder(), tenantId: tenant.tenantId, now: NOW });
      if (typeof browser === "string") return;
      const own = await aReportPage(browser);
      await open(own, `${server.url}/projects/Payments${OPEN_TABLES}`);
      expect(inFrame).toEqual(await readOf(own.page));
      expect(Object(inFrame).cells.length).toBeGreaterThan(300);
      expect(Object(inFrame).marks).toBeGreaterThan(300);
      expect(shown.complaints).toEqual([]);
      expect(shown.violations).toEqual([]);
      expect([...shown.hosts].sort()).toEqual(["127.0.0.1", "localhost"]);
      expect(shown.paths).toEqual([
        "/forge/v1/source-projects/jira%3A10001/page-projects",
        "/forge/v1/source-projects/jira%3A10001/page-report",
      ]);
    },
  );

  inJira("what is chosen stands behind the address of Jira's page, and its back goes back", async (frameOf) => {
    const { frame, asked, paths } = await frameOf();
    await frame.locator("h1").waitFor();
    await frame.locator("select:has([value=business])").selectOption("business");
    await expect.poll(() => paths.at(-1)).toMatch(/page-report\?time=business$/u);
    expect(asked.find(([command]) => command === "pushed")).toEqual(["pushed", "/projects/Payments?time=business"]);
    await frame.evaluate(() => Reflect.get(globalThis, "goBackInJira")());
    await expect.poll(() => paths.at(-1)).toMatch(/page-report$/u);
  });

  inJira(
    "an item is opened by Jira, since the frame may open no window; nothing leads to pages that are not there",
    async (frameOf) => {
      const { frame, asked } = await frameOf();
      const link = frame.locator("a.key").first();
      await link.waitFor();
      const key = await link.textContent();
      await link.click();
      expect(asked.at(-1)).toEqual([
        "navigate",
        { url: `https://example.atlassian.net/browse/${key}`, type: "new-tab" },
      ]);
      expect(await frame.locator("a[href='/my-time'], a[href='/sign-out'], a[href^='/api/']").count()).toBe(0);
    },
  );

  inJira("without a history of Jira's the page keeps to itself what is chosen", async (frameOf) => {
    const { frame, paths, complaints } = await frameOf({ history: false });
    await frame.locator("h1").waitFor();
    await frame.locator("select:has([value=business])").selectOption("business");
    await expect.poll(() => paths.at(-1)).toMatch(/page-report\?time=business$/u);
    expect(complaints).toEqual([]);
  });

  inJira("who may not see the project is told so, and nothing of it", async (frameOf, door) => {
    door.jira.answer = () => false;
    const { frame, complaints } = await frameOf();
    await frame.getByRole("alert").waitFor();
    expect(await frame.getByRole("alert").textContent()).toMatch(/PROJECT_UNKNOWN/u);
    expect(await frame.locator("body").textContent()).not.toMatch(/Payments|PAY-/u);
    expect(complaints).toEqual([]);
  });

  inJira("where the ledger is out of reach the page says so, and asks again when it is told to", async (frameOf) => {
    let isDown = true;
    const { frame, complaints } = await frameOf({
      beforeReading: () => {
        if (isDown) throw new Error("Gateway timeout");
      },
    });
    await frame.getByRole("alert").waitFor();
    isDown = false;
    await frame.getByRole("alert").getByRole("button").click();
    await frame.locator("section.verdict, .verdict").first().waitFor();
    expect(complaints).toEqual([]);
  });

  inJira("opened in no project it shows none", async (frameOf) => {
    const { frame, paths } = await frameOf({ context: { extension: { type: "jira:globalPage" } } });
    await frame.getByRole("alert").waitFor();
    expect(paths).toEqual([]);
  });
});
