/** Tests of the page in a real browser, against the ledger's real routes: skipped where there is no Chromium, failed in CI. */

import type { Database } from "@stageledger/db";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { openChromium } from "../chromium.ts";
import { onPostgres } from "../database/engines.ts";
import { NOW } from "../page/a-payments-ledger.ts";
import { aReportServer, type ReportServer } from "./a-report-server.ts";
import { aWholeLedger } from "./a-whole-ledger.ts";
import { aBuiltPage } from "./built-page.ts";

export interface InChromium {
  readonly browser: Browser;
  readonly server: ReportServer;
  readonly database: Database;
  readonly tenantId: string;
}

/** Declares tests that share one ledger: none of them changes it. */
export function inChromium(
  declare: (look: (name: string, body: (at: InChromium) => Promise<void>) => void) => void,
): void {
  onPostgres((engine) => {
    const folder = aBuiltPage();
    let browser: Browser | string;
    let tenantId: string;
    beforeAll(async () => {
      browser = await openChromium();
      ({ tenantId } = await aWholeLedger(engine().database));
    });
    afterAll(() => (typeof browser === "string" ? undefined : browser.close()));
    declare((name, body) => {
      test(name, async ({ skip }) => {
        if (typeof browser === "string") return skip(browser);
        const { database } = engine();
        const server = await aReportServer(database, { folder: folder(), tenantId, now: NOW });
        await body({ browser, server, database, tenantId });
      });
    });
  });
}
