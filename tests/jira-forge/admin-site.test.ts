import { siteState } from "@stageledger/core/contract/site-state";
import { inTransaction, ringBells, setConnectionProblem } from "@stageledger/db";
import { sql } from "kysely";
import { expect, test, vi } from "vitest";
import { aSync } from "../support/asana/a-sync.ts";
import { aTask } from "../support/asana/a-task.ts";
import { onPostgres } from "../support/database/engines.ts";
import { aDoorTo, aPerson, connectTheSite, type ForgeDoor, ITEM } from "../support/forge/a-forge-door.ts";
import { aJiraSync } from "../support/jira/a-jira-sync.ts";
import { BreakableWay, offline } from "../support/jira-forge/a-breakable-way.ts";
import { anAdminsDoor, jiraOfProjects, openAdmin } from "../support/jira-forge/an-admin-page.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { parseManifest, readManifestText } from "../support/jira-forge/manifest.ts";
import { DAY, HOUR, MINUTE } from "../support/moments.ts";

const SITE = "/forge/v1/site";
const site = (door: ForgeDoor) => aPerson(door, "admin").told(siteState, SITE);

describeWithApp("the admin page", () => {
  onPostgres((engine) => {
    test("says while it reads that it reads, and of when what it shows is", async () => {
      const way = new BreakableWay();
      const go = way.hold();
      const door = await anAdminsDoor(engine().database);
      const page = await openAdmin(door, { way: way.over, isWaiting: true });
      expect(page.get("reading")).toMatchObject({ type: "Spinner", props: { label: "Reading how the ledger goes" } });
      go();
      await page.settle();
      expect(page.text("read-at")).toBe("As of 11:00, Europe/Berlin");
      expect(page.text("no-connections")).toContain("no source is connected");
      const before = page.commits;
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(page.commits).toBe(before);
    });

    test("tells of a site that is connected what is to wait for; its state is a word", async () => {
      const door = await anAdminsDoor(engine().database);
      await connectTheSite(door, engine().database);
      const page = await openAdmin(door);
      expect(page.text("connection-jira")).toBe(
        "Jira | Nothing read yet | Not compared with its source yet. Due again 11:00. | 0 waiting to be read · 0 parked · 0 items in doubt | It was not read yet. | Next: The app brings a token within the hour. Reading begins then.",
      );
    });

    test("tells when a site was compared, in the ledger's zone and as how long ago, and looks again when it is asked to", async () => {
      const jira = await aJiraSync(engine().database);
      await jira.compare();
      const door = await aDoorTo(jira.tenant, engine().database, jira.clock.now() + 30_000);
      const page = await openAdmin(door, { accountId: "admin" });
      const ago = () => /Last compared with its source: .*?, ([^,]*? ago)\./u.exec(page.text("connection-jira"))?.[1];
      expect(page.text("connection-jira")).toContain("Jira | Works | ");
      expect(ago()).toBe("less than a minute ago");
      const told: (string | undefined)[] = [];
      for (const since of [59 * MINUTE, HOUR, 47 * HOUR, 2 * DAY]) {
        door.clock.now = jira.clock.now() + since;
        await page.click("refresh");
        told.push(ago());
      }
      expect(told).toEqual(["59 min ago", "1 h ago", "47 h ago", "2 days ago"]);
      expect(page.text("notice-connections")).toBe("This is how it is now.");
    });

    test("tells what keeps a site from being read, with code and next step, and what is parked", async () => {
      const jira = await aJiraSync(engine().database);
      const { tenantId, connectionId } = jira.job;
      await inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
        await setConnectionProblem(trx, tenantId, connectionId, "JIRA_TOKEN_MISSING");
        const bell = { bellId: connectionId, connectionId, fields: { what: "issue", gid: "10001", action: "updated" } };
        await ringBells(trx, tenantId, [bell], 0);
        await sql`update inbox.bell set state = 'parked', error_code = 'JIRA_WRONG_SHAPE'`.execute(trx);
      });
      const page = await openAdmin(await aDoorTo(jira.tenant, engine().database, jira.clock.now()));
      const text = page.text("connection-jira");
      expect(text).toContain("Has a problem");
      expect(text).toContain("0 waiting to be read · 1 parked · 0 items in doubt");
      const [token, parked] = page.findAll("finding").map((one) => page.text(one));
      expect(token).toMatch(
        /^The app in Jira has brought no token.* \| Next: It brings one each hour\..*forge logs.* \| Code: JIRA_TOKEN_MISSING$/u,
      );
      expect(token).not.toContain("`");
      expect(parked).toContain("stageledger inbox list");
    });

    test("shows Asana's connection and its projects beside Jira's, by their ids, and Jira's projects by the names of the moment", async () => {
      const asana = await aSync(engine().database);
      asana.asana.put(aTask({ gid: "7001" }));
      await asana.reconcile();
      await asana.answer();
      const ofAsana = await openAdmin(await aDoorTo(asana.tenant, engine().database, asana.clock.now));
      expect(ofAsana.find("connection-asana")).toBeDefined();
      expect(ofAsana.text("projects")).toContain("Asana: project P");
      await ofAsana.click("change-asana:Q");
      await ofAsana.choose("source-project", "Payments");
      await ofAsana.click("source-ask");
      expect(ofAsana.text("source-question")).toContain(
        "Count Asana: project Q as Payments, and no longer as Quality?",
      );
      expect(ofAsana.text("source-question")).toContain("Asana’s tasks are read anew");
      const jira = await aJiraSync(engine().database);
      await jira.compare();
      const door = await aDoorTo(jira.tenant, engine().database, jira.clock.now());
      const named = await openAdmin(door, { jira: jiraOfProjects({ id: jira.project, key: "PAY", name: "Pay team" }) });
      expect(named.text("projects")).toContain("Payments | Jira: Pay team (PAY)");
      const answers = [
        new Response("", { status: 403 }),
        Response.json({ values: [{ id: jira.project, key: "PAY", name: "Pay" }] }),
      ];
      const unnamed = await openAdmin(door, { jira: async () => answers.shift() ?? new Response("", { status: 503 }) });
      expect(unnamed.text("projects")).toContain(`Jira: project ${jira.project}`);
      expect(unnamed.text("names-unread")).toContain("Jira did not tell");
      for (const _ of ["told", "refused"]) {
        await unnamed.click("refresh");
        expect(unnamed.text("projects")).toContain("Jira: Pay (PAY)");
        expect(unnamed.find("names-unread")).toBeUndefined();
      }
    });

    test("tells who may not see it, and why, and where there is no ledger what whoever runs one does", async () => {
      const door = await anAdminsDoor(engine().database);
      const ada = await openAdmin(door, { accountId: "ada" });
      expect(ada.text()).toBe(
        "This is for admins of the Jira site | Jira does not count you among them. Ask one of them, or have Jira’s admins give you the right to administer Jira. | Code: RIGHTS_MISSING | Try again",
      );
      expect(ada.get("failure").props.appearance).toBe("information");
      door.jira.answer = () => 401;
      const eve = await openAdmin(door, { accountId: "eve" });
      expect(eve.text("failure-code")).toBe("Code: RIGHTS_UNPROVED");
      const elsewhere = await openAdmin({ ...door, installationId: "ari:cloud:ecosystem::installation/other" });
      const steps = elsewhere.text("not-connected");
      expect(steps).toContain("This site is not connected to a ledger yet");
      expect(steps).toContain("npx stageledger connect jira --installation ari:cloud:ecosystem::installation/…");
      expect(steps).toContain("Code: INSTALLATION_UNKNOWN");
      door.jira.answer = () => true;
    });

    test("without a ledger says so, and reads when it is tried again; a look that fails leaves what is shown", async () => {
      const way = new BreakableWay();
      way.fault = offline;
      const page = await openAdmin(await anAdminsDoor(engine().database), { way: way.over });
      expect(page.text("failure-code")).toBe("Code: LEDGER_UNREACHED");
      way.fault = undefined;
      await page.click("try-again");
      expect(page.find("admin")).toBeDefined();
      way.fault = offline;
      await page.click("refresh");
      expect(page.text("notice-connections")).toContain("The ledger cannot be reached");
      expect(page.find("stages")).toBeDefined();
    });

    test("that breaks while it is drawn says so instead of being empty", async () => {
      const page = await openAdmin(await anAdminsDoor(engine().database));
      vi.spyOn(console, "error").mockImplementation(() => undefined);
      const format = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function planted() {
        throw new Error("planted");
      });
      await page.click("refresh");
      expect(page.text("broken")).toContain("Something here broke");
      format.mockRestore();
      vi.restoreAllMocks();
    });

    test("lets the zone be changed while no day is recorded, after a question; then says why not", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await openAdmin(door);
      expect(page.text("zone-is")).toBe(
        "Days and weeks begin at midnight in Europe/Berlin. | It can be changed until the first time is recorded.",
      );
      await page.click("zone-change");
      await page.click("zone-ask");
      expect(page.find("zone-question")).toBeUndefined();
      await page.choose("zone", "Asia/Tokyo");
      await page.click("zone-ask");
      expect(page.text("zone-question")).toContain("Let days begin at midnight in Asia/Tokyo?");
      expect((await site(door)).zone).toBe("Europe/Berlin");
      await page.click("zone-back");
      await page.click("zone-ask");
      await page.click("zone-surely");
      expect(page.text("notice-zone")).toBe("Days begin at midnight in Asia/Tokyo now.");
      expect((await site(door)).zone).toBe("Asia/Tokyo");
      expect(page.text("read-at")).toContain("18:00, Asia/Tokyo");
      await page.click("zone-change");
      await page.click("zone-leave");
      expect(page.find("zone-form")).toBeUndefined();
      await aPerson(door, "ada").call(`/forge/v1/items/${ITEM}/entries`, { body: { minutes: 60, date: "2026-09-08" } });
      await page.click("refresh");
      expect(page.text("zone-is")).toContain("It cannot be changed any more: days are recorded");
      expect(page.find("zone-change")).toBeUndefined();
    });

    test("says of a zone that cannot be changed any more why, where somebody logged meanwhile", async () => {
      const door = await anAdminsDoor(engine().database);
      const page = await openAdmin(door);
      await page.click("zone-change");
      await page.choose("zone", "Asia/Tokyo");
      await page.click("zone-ask");
      await aPerson(door, "ada").call(`/forge/v1/items/${ITEM}/entries`, { body: { minutes: 60, date: "2026-09-08" } });
      await page.click("zone-surely");
      expect(page.text("notice-zone")).toContain("Code: SETTING_INVALID");
      expect((await site(door)).zone).toBe("Europe/Berlin");
    });

    test("turns Jira's own worklogs on and off, and says what each means", async () => {
      const door = await anAdminsDoor(engine().database);
      await connectTheSite(door, engine().database);
      const page = await openAdmin(door);
      expect(page.get("worklogs").props.isChecked).toBe(false);
      expect(page.nameOf("worklogs")).toBe("Count worklogs that people make in Jira itself");
      expect(page.text("worklogs-mean")).toMatch(/^On: .*known.* \| Off, as it is from the start: /u);
      await page.toggle("worklogs");
      expect(page.get("worklogs").props.isChecked).toBe(true);
      expect(page.text("notice-worklogs")).toMatch(/^On\. /u);
      expect((await site(door)).takesNativeWorklogs).toBe(true);
      await page.toggle("worklogs");
      expect((await site(door)).takesNativeWorklogs).toBe(false);
    });

    test("joins two projects after it said what that means, and renames one", async () => {
      const jira = await aJiraSync(engine().database);
      const shop = jira.world.createProject("SHOP");
      await jira.choose(shop, "Shop");
      jira.world.createIssue({ project: jira.project, status: jira.statuses.build });
      await jira.compare();
      const door = await aDoorTo(jira.tenant, engine().database, jira.clock.now());
      const page = await openAdmin(door, { jira: jiraOfProjects({ id: shop, key: "SHOP", name: "Web shop" }) });
      await page.click(`change-jira:${shop}`);
      expect(page.text("source-form")).toContain("Jira: Web shop (SHOP) belongs to");
      await page.choose("source-project", "Payments");
      await page.click("source-ask");
      expect(page.text("source-question")).toContain("Count Jira: Web shop (SHOP) as Payments, and no longer as Shop?");
      expect(page.text("source-question")).toContain("What was logged before stays with Shop");
      await page.click("source-back");
      await page.click("source-ask");
      await page.click("source-surely");
      expect(page.text("notice-projects")).toBe("Jira: Web shop (SHOP) counts as Payments now.");
      expect((await site(door)).projects).toMatchObject([
        { project: "Payments", sources: [`jira:${jira.project}`, `jira:${shop}`].sort() },
      ]);
      await page.click(`change-jira:${shop}`);
      await page.enter("source-name");
      expect(page.text("source-fault")).toContain("Say another project");
      await page.type("source-name", "Payments");
      await page.enter("source-name");
      expect(page.find("source-question")).toBeUndefined();
      await page.type("source-name", "Web");
      await page.enter("source-name");
      expect(page.text("source-question")).toContain(
        "Call the project of Jira: Web shop (SHOP) Web instead of Payments?",
      );
      await page.click("source-surely");
      expect((await site(door)).projects.map(({ project }) => project)).toContain("Web");
    });

    test("names each scope of the manifest with its reason, and neither a person nor their hours", async () => {
      const door = await anAdminsDoor(engine().database);
      await aPerson(door, "ada").call(`/forge/v1/items/${ITEM}/entries`, { body: { minutes: 77, date: "2026-09-08" } });
      const page = await openAdmin(door);
      const { scopes } = parseManifest(readManifestText()).permissions;
      for (const scope of scopes) expect(page.text("scopes")).toContain(`${scope} | `);
      const [kept, passing, never] = page.findAll("said").map((part) => page.text(part));
      expect(kept).toContain("Of projects: ids, keys and names.");
      expect(passing).toMatch(/^What comes to the ledger and is kept nowhere \| Account ids: with worklogs/u);
      expect(passing).toContain("a token of theirs");
      expect(never).toContain("Titles and descriptions of issues");
      expect(page.text("remote")).toContain("does not carry the badge “Runs on Atlassian”");
      expect(page.said()).not.toContain("77");
      expect(page.said()).not.toContain("ada");
    });
  });
});
