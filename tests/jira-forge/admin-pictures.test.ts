import { inTransaction, ringBells, setConnectionProblem } from "@stageledger/db";
import { sql } from "kysely";
import { test } from "vitest";
import { onPostgres } from "../support/database/engines.ts";
import { aDoorTo } from "../support/forge/a-forge-door.ts";
import { aJiraSync } from "../support/jira/a-jira-sync.ts";
import { anAdminsDoor, jiraOfProjects, openAdmin } from "../support/jira-forge/an-admin-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { lookAtPages } from "../support/jira-forge/look-at-pages.ts";
import { MINUTE } from "../support/moments.ts";

/** As wide as Jira's middle on a large screen, and on a small one. */
const WIDE_PIXELS = 1000;
const NARROW_PIXELS = 700;

describeWithApp("the admin page, as a picture", () => {
  onPostgres((engine) => {
    const look = lookAtPages("admin", WIDE_PIXELS, NARROW_PIXELS);

    test("fits, whatever is unfolded in it", { timeout: 120_000 }, async ({ skip }) => {
      const jira = await aJiraSync(engine().database);
      const shop = jira.world.createProject("SHOP");
      await jira.choose(shop, "Shop");
      jira.world.createIssue({ project: jira.project, status: jira.statuses.build });
      await jira.compare();
      const { tenantId, connectionId } = jira.job;
      await inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
        await setConnectionProblem(trx, tenantId, connectionId, "JIRA_TOKEN_MISSING");
        const bell = { bellId: connectionId, connectionId, fields: { what: "issue", gid: "10001", action: "updated" } };
        await ringBells(trx, tenantId, [bell], 0);
        await sql`update inbox.bell set state = 'parked', error_code = 'JIRA_WRONG_SHAPE'`.execute(trx);
      });
      const door = await aDoorTo(jira.tenant, engine().database, jira.clock.now() + 25 * MINUTE);
      const names = jiraOfProjects(
        { id: jira.project, key: "PAY", name: "Payments team" },
        { id: shop, key: "SHOP", name: "Web shop" },
      );
      const site = await openAdmin(door, { jira: names });
      await look(site, "problem", skip);
      await site.click(`change-jira:${shop}`);
      await site.choose("source-project", "Payments");
      await look(site, "source", skip);
      await site.click("source-ask");
      await look(site, "source-question", skip);
      await site.click("source-surely");
      await look(site, "joined", skip);
    });

    test("fits while the stages are changed, and where there is nothing to show", { timeout: 120_000 }, async ({
      skip,
    }) => {
      const door = await anAdminsDoor(engine().database);
      const page = await openAdmin(door);
      await look(page, "open", skip);
      await page.click("propose");
      await look(page, "proposed", skip);
      await page.type("name-3", "Check");
      await page.type("limit-2", "4");
      await page.click("up-3");
      await page.choose("status-jira:10007", "In no stage (Unmapped)");
      await page.click("add-stage");
      await page.chooseSeveral("blocked", ["Held"]);
      await page.click("save-stages");
      await look(page, "stages", skip);
      await page.click("remove-6");
      await page.click("save-stages");
      await look(page, "saved", skip);
      await page.click("zone-change");
      await page.choose("zone", "Asia/Tokyo");
      await page.click("zone-ask");
      await look(page, "zone", skip);
      const elsewhere = await openAdmin({ ...door, installationId: "ari:cloud:ecosystem::installation/other" });
      await look(elsewhere, "not-connected", skip);
      await look(await openAdmin(door, { accountId: "ada" }), "no-right", skip);
    });
  });
});
