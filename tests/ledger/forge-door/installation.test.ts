import { entry, myWeek } from "@stageledger/core/contract/entries";
import { links } from "@stageledger/core/contract/links";
import { eventsAnswer, installationAnswer, siteTokenAnswer } from "@stageledger/core/contract/service-calls";
import { startedTimer } from "@stageledger/core/contract/timer";
import {
  erasePerson,
  findTenantOfInstallation,
  inTransaction,
  keepSeenItems,
  listDueJobs,
  release,
  restartSourceCursor,
  setDue,
  verify,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { dumpTenant } from "../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import {
  aForgeDoor,
  aPerson,
  aSecondDoor,
  aService,
  bindSite,
  codeFromElsewhere,
  connectTheSite,
  type ForgeDoor,
  ITEM,
  NOW,
} from "../../support/forge/a-forge-door.ts";
import { utc } from "../../support/moments.ts";

const INSTALLATION = "/forge/v1/installation";
const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const TWO_HOURS = { minutes: 120, date: "2026-09-08" };
const installed = { body: { action: "installed" } };
const uninstalled = { body: { action: "uninstalled" } };

onBothEngines((engine) => {
  /** Rows of the tenant in a table. */
  async function rowsOf({ tenant: { tenantId } }: ForgeDoor, table: string): Promise<readonly string[]> {
    const lines = (await dumpTenant(engine().database, tenantId)).split("\n");
    return lines.filter((line) => line.startsWith(`${table} (${tenantId},`));
  }
  test("who installs the app is told whether its site is connected; if it is, the site is compared at once", async () => {
    const door = await aForgeDoor(engine().database);
    const unknown = aService({ ...door, installationId: "ari:cloud:ecosystem::installation/unknown" });
    expect(await unknown.told(installationAnswer, INSTALLATION, installed)).toEqual({ isConnected: false });
    expect(await aService(door).told(installationAnswer, INSTALLATION, installed)).toEqual({ isConnected: false });
    const connectionId = await connectTheSite(door, engine().database);
    const { tenantId } = door.tenant;
    await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: NOW + 3_600_000 }),
    );
    for (const _ of [1, 2]) {
      expect(await aService(door).told(installationAnswer, INSTALLATION, installed)).toEqual({ isConnected: true });
    }
    const due = (await listDueJobs(engine().database)).filter((job) => job.connectionId === connectionId);
    expect(due).toMatchObject([{ kind: "reconcile", dueAt: NOW }]);
    expect(door.rung[0]).toEqual({ kind: "reconcile", tenantId, connectionId });
    expect((await aPerson(door).refused(INSTALLATION, uninstalled)).code).toBe("TOKEN_OF_PERSON");
  });

  test("when the app leaves, all that was kept of the site and of its people goes; what was published stays", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    const { tenantId, masterKey } = door.tenant;
    const connectionId = await connectTheSite(door, database);
    const app = aService(door);
    await app.told(siteTokenAnswer, "/forge/v1/site-token", {
      method: "POST",
      headers: { "x-forge-oauth-system": "system-token" },
    });
    const events = [{ what: "issue", action: "updated", issue: "10088" }];
    await app.told(eventsAnswer, "/forge/v1/events", { body: { events } });
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      await restartSourceCursor(trx, tenantId, connectionId, "worklogs-updated");
      const seen = { sourceItem: "10088", sourceProjects: ["10001"], checksum: "c", entries: {}, readAt: NOW };
      await keepSeenItems(trx, tenantId, connectionId, [{ ...seen, goneAt: undefined }]);
    });
    const people = [..."abcdef"].map((name) => aPerson(door, name));
    for (const person of people) await person.told(entry, ENTRIES, { body: TWO_HOURS });
    await people[0]?.told(startedTimer, `/forge/v1/items/${ITEM}/timer`, { body: {} });
    await people[0]?.call("/forge/v1/my/link-codes", { method: "POST" });
    await release(database, tenantId, masterKey, utc("2026-09-17"));
    const published = await rowsOf(door, "published.atom");
    expect(published).toEqual([expect.stringContaining(",720,5–9,")]);

    expect(await app.told(installationAnswer, INSTALLATION, uninstalled)).toEqual({ isConnected: false });
    for (const table of [
      ...["control.connection", "control.source_cursor", "control.seen_item", "inbox.bell"],
      ...["ledger.identity", "ledger.contributor", "ledger.entry", "ledger.entry_revision", "ledger.posting"],
      ...["ledger.cell", "ledger.timer", "ledger.answered_request", "ledger.link_code", "ledger.erased_identity"],
    ]) {
      expect([table, await rowsOf(door, table)]).toEqual([table, []]);
    }
    expect(await findTenantOfInstallation(database, door.installationId)).toBeUndefined();
    expect((await listDueJobs(database)).filter((job) => job.connectionId === connectionId)).toEqual([]);
    expect(await rowsOf(door, "published.atom")).toEqual(published);
    expect(await rowsOf(door, "ledger.erased_balance")).toEqual([expect.stringContaining(",PAY,2026-09-07,720,t")]);
    expect(await verify(database, tenantId)).toEqual([]);

    // A call that comes again finds nothing left to do.
    door.clock.now = NOW + 10_000;
    expect(await app.told(installationAnswer, INSTALLATION, uninstalled)).toEqual({ isConnected: false });
  });

  test("right after the app has left, nobody comes back by logging: not here, and not in another process", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    await connectTheSite(door, database);
    const second = await aSecondDoor(door, database);
    const [here, there] = [aPerson(door, "ada"), aPerson(second, "ada")];
    for (const person of [here, there]) await person.told(entry, ENTRIES, { body: TWO_HOURS });
    await aService(door).told(installationAnswer, INSTALLATION, uninstalled);
    for (const person of [there, here]) {
      expect(await person.refused(ENTRIES, { body: TWO_HOURS })).toMatchObject({
        status: 403,
        code: "INSTALLATION_UNKNOWN",
      });
    }
    // This process knows that it went; the other one remembers it for reading.
    expect((await here.refused("/forge/v1/my/week")).code).toBe("INSTALLATION_UNKNOWN");
    expect((await there.told(myWeek, "/forge/v1/my/week")).entries).toEqual([]);
    const gone = { what: "user", action: "deleted", account: "ada" };
    const told = await aService(second).refused("/forge/v1/events", { body: { events: [gone] } });
    expect(told.code).toBe("INSTALLATION_UNKNOWN");
    for (const table of ["ledger.identity", "ledger.contributor", "ledger.entry", "ledger.erased_identity"]) {
      expect([table, await rowsOf(door, table)]).toEqual([table, []]);
    }
  });

  test("what the app says of its coming and going it says once a token: a repetition ends no new installation", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    await connectTheSite(door, database);
    const { installationId } = door;
    const token = await door.forge.mint({ installationId, accountId: undefined, apiBaseUrl: door.jira.url });
    await aService(door).told(installationAnswer, INSTALLATION, { ...uninstalled, token });
    await bindSite(door, database);
    await aPerson(door).told(entry, ENTRIES, { body: TWO_HOURS });
    for (const sent of [uninstalled, installed]) {
      const told = await aService(door).refused(INSTALLATION, { ...sent, token });
      expect(told).toMatchObject({ status: 401, code: "TOKEN_USED" });
    }
    expect(await rowsOf(door, "ledger.entry")).toHaveLength(1);
    const again = await door.forge.mint({ installationId, accountId: undefined, apiBaseUrl: door.jira.url });
    await aService(door).told(installationAnswer, INSTALLATION, { ...installed, token: again });
    expect((await aService(door).refused(INSTALLATION, { ...uninstalled, token: again })).code).toBe("TOKEN_USED");
  });

  test("after a new installation the same people log again, but not who was erased by name", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    const { tenantId, masterKey } = door.tenant;
    await connectTheSite(door, database);
    const [ada, ben] = [aPerson(door, "ada"), aPerson(door, "ben")];
    for (const person of [ada, ben]) await person.told(entry, ENTRIES, { body: TWO_HOURS });
    await erasePerson(database, tenantId, masterKey, { source: "jira", account: "ben" });
    await aService(door).told(installationAnswer, INSTALLATION, uninstalled);
    expect((await ada.refused(ENTRIES, { body: TWO_HOURS })).code).toBe("INSTALLATION_UNKNOWN");
    await bindSite(door, database);
    await ada.told(entry, ENTRIES, { body: TWO_HOURS });
    expect((await ada.told(myWeek, "/forge/v1/my/week")).minutes).toBe(120);
    expect((await ben.refused(ENTRIES, { body: TWO_HOURS })).code).toBe("ENTRY_OF_ERASED_PERSON");
  });

  test("who is somebody elsewhere keeps the hours and loses the Jira account; come back, they never count as two", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    const { tenantId, masterKey } = door.tenant;
    await connectTheSite(door, database);
    const ada = aPerson(door, "ada");
    await ada.told(entry, ENTRIES, { body: TWO_HOURS });
    await ada.told(links, "/forge/v1/my/links", { body: { code: await codeFromElsewhere(door, database) } });
    await aService(door).told(installationAnswer, INSTALLATION, uninstalled);
    expect(await rowsOf(door, "ledger.entry")).toHaveLength(1);
    expect(await rowsOf(door, "ledger.identity")).toHaveLength(1);
    expect(await rowsOf(door, "ledger.answered_request")).toEqual([]);
    await bindSite(door, database);
    door.clock.now = NOW + 10_000;
    // Five accounts have logged, and two of them may be hers: four people are certain, which is one too few.
    for (const name of ["ada", "b", "c", "d"]) await aPerson(door, name).told(entry, ENTRIES, { body: TWO_HOURS });
    expect((await release(database, tenantId, masterKey, utc("2026-09-17"))).atoms).toEqual([]);
    expect(await rowsOf(door, "ledger.contributor")).toHaveLength(6);
  });
});
