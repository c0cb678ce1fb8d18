import { entry, itemEntries } from "@stageledger/core/contract/entries";
import { eventsAnswer, installationAnswer, siteTokenAnswer } from "@stageledger/core/contract/service-calls";
import {
  inTransaction,
  listConnections,
  listDueJobs,
  openCredentials,
  openTenantSecrets,
  setConnectionProblem,
  setDue,
} from "@stageledger/db";
import { expect, test } from "vitest";
import { disconnectSite } from "../../../apps/ledger/src/jira-sync/connect/disconnect-site.ts";
import { dumpTenant } from "../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import {
  aForgeDoor,
  aPerson,
  aService,
  connectTheSite,
  type ForgeDoor,
  ITEM,
  NOW,
} from "../../support/forge/a-forge-door.ts";

const SITE_TOKEN = "/forge/v1/site-token";
const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const MINUTE = 60_000;
const tokenIs = (token: string) => ({ "x-forge-oauth-system": token });

onBothEngines((engine) => {
  const keptAt = ({ tenant: { tenantId, masterKey } }: ForgeDoor, connectionId: string): Promise<unknown> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const secrets = await openTenantSecrets(trx, tenantId, masterKey);
      return JSON.parse(await openCredentials(trx, tenantId, connectionId, secrets));
    });
  const dueAt = async (connectionId: string): Promise<number | undefined> =>
    (await listDueJobs(engine().database)).find((job) => job.connectionId === connectionId)?.dueAt;
  /** As the last reconcile left it: nothing to do for an hour. */
  const setQuiet = (door: ForgeDoor, connectionId: string, problem?: string): Promise<void> =>
    inTransaction(engine().database, { role: "recorder", tenantId: door.tenant.tenantId }, async (trx) => {
      const { tenantId } = door.tenant;
      await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: NOW + 60 * MINUTE });
      await setConnectionProblem(trx, tenantId, connectionId, problem);
    });
  const problemOf = async ({ tenant: { tenantId } }: ForgeDoor): Promise<string | undefined> => {
    const known = await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      listConnections(trx, tenantId),
    );
    return known[0]?.problemCode;
  };

  test("the app's token is kept sealed with its address for 55 minutes, and the first one has the site read at once", async () => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    await setQuiet(door, connectionId);
    const told = await aService(door).told(siteTokenAnswer, SITE_TOKEN, {
      method: "POST",
      headers: tokenIs("zq-system-1"),
    });
    expect(told).toEqual({ expiresAt: NOW + 55 * MINUTE });
    expect(await keptAt(door, connectionId)).toEqual({
      apiBaseUrl: door.jira.url,
      token: "zq-system-1",
      expiresAt: NOW + 55 * MINUTE,
    });
    expect(await dueAt(connectionId)).toBe(NOW);
    expect(door.rung).toEqual([{ kind: "reconcile", tenantId: door.tenant.tenantId, connectionId }]);
    expect(await dumpTenant(engine().database, door.tenant.tenantId)).not.toContain("zq-system");
    expect(door.log.join("\n")).not.toContain("zq-system");
  });

  test("the next one replaces it and changes nothing else; after a time without any the site is read at once", async () => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    const app = aService(door);
    await app.told(siteTokenAnswer, SITE_TOKEN, { method: "POST", headers: tokenIs("first") });
    await setQuiet(door, connectionId, "JIRA_FORBIDDEN");
    door.clock.now = NOW + 54 * MINUTE;
    await app.told(siteTokenAnswer, SITE_TOKEN, { method: "POST", headers: tokenIs("second") });
    expect(await keptAt(door, connectionId)).toMatchObject({ token: "second", expiresAt: NOW + 109 * MINUTE });
    expect(await dueAt(connectionId)).toBe(NOW + 60 * MINUTE);
    expect(await problemOf(door)).toBe("JIRA_FORBIDDEN");
    door.clock.now = NOW + 109 * MINUTE;
    await app.told(siteTokenAnswer, SITE_TOKEN, { method: "POST", headers: tokenIs("third") });
    expect(await dueAt(connectionId)).toBe(NOW + 109 * MINUTE);
    expect(door.rung).toHaveLength(2);
  });

  test.each(["JIRA_TOKEN_MISSING", "JIRA_UNAUTHORISED"])("a token mends the problem %s", async (code) => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    const app = aService(door);
    await app.told(siteTokenAnswer, SITE_TOKEN, { method: "POST", headers: tokenIs("first") });
    await setQuiet(door, connectionId, code);
    await app.told(siteTokenAnswer, SITE_TOKEN, { method: "POST", headers: tokenIs("second") });
    expect(await problemOf(door)).toBeUndefined();
    expect(await dueAt(connectionId)).toBe(NOW);
  });

  test.each([
    ["nothing", undefined],
    ["what a function is told", { context: { cloudId: "c", moduleKey: "hourly-token" }, contextToken: "t" }],
    ["a list", []],
    ["null", "null"],
  ])("the schedule's call brings the token whatever Forge writes into its body: %s", async (_what, body) => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    const sent = { method: "POST", headers: tokenIs("first"), ...(body === undefined ? {} : { body }) } as const;
    await aService(door).told(siteTokenAnswer, SITE_TOKEN, sent);
    expect(await keptAt(door, connectionId)).toMatchObject({ token: "first" });
  });

  test("every call of the app's brings the token along; one that is less than ten minutes old stays", async () => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    const app = aService(door);
    const ring = (token: string) =>
      app.told(eventsAnswer, "/forge/v1/events", { body: { events: [] }, headers: tokenIs(token) });
    await ring("first");
    expect(await keptAt(door, connectionId)).toMatchObject({ token: "first" });
    door.clock.now = NOW + 9 * MINUTE;
    await ring("second");
    expect(await keptAt(door, connectionId)).toMatchObject({ token: "first", expiresAt: NOW + 55 * MINUTE });
    door.clock.now = NOW + 11 * MINUTE;
    await ring("third");
    expect(await keptAt(door, connectionId)).toMatchObject({ token: "third", expiresAt: NOW + 66 * MINUTE });
    door.clock.now = NOW + 22 * MINUTE;
    const installed = { body: { action: "installed" }, headers: tokenIs("fourth") };
    await app.told(installationAnswer, "/forge/v1/installation", installed);
    expect(await keptAt(door, connectionId)).toMatchObject({ token: "fourth" });
  });

  test.each([
    ["over an open line", "http://api.example.invalid/ex/jira/1"],
    ["that holds a login", "https://ada:secret@api.example.invalid/"],
    ["that is none", "nowhere"],
    ["of another kind", "ftp://api.example.invalid/"],
    ["that is not told", undefined],
  ])("a token for an address %s is not kept", async (_what, apiBaseUrl) => {
    const door = await aForgeDoor(engine().database);
    const connectionId = await connectTheSite(door, engine().database);
    const claims = door.forge.claimsOf({ installationId: door.installationId, accountId: undefined });
    const overrides = { claims: { app: { ...Object(claims.app), apiBaseUrl } } };
    const sent = { method: "POST", headers: tokenIs("first"), overrides } as const;
    const told = await aService(door).refused(SITE_TOKEN, sent);
    expect(told).toMatchObject({ status: 400, code: "REQUEST_INVALID", at: "token.app.apiBaseUrl" });
    const events = { body: { events: [] }, headers: tokenIs("first"), overrides };
    await aService(door).told(eventsAnswer, "/forge/v1/events", events);
    await expect(keptAt(door, connectionId)).rejects.toThrow(SyntaxError);
  });

  test("another site that follows in the same ledger is refused, whatever it calls; the connection shows it, and the first may come back", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    const { tenantId } = door.tenant;
    await connectTheSite(door, database);
    const bring = { method: "POST", headers: tokenIs("first") } as const;
    await aService(door).told(siteTokenAnswer, SITE_TOKEN, bring);
    await aPerson(door, "ada").told(entry, ENTRIES, { body: { minutes: 60 } });
    await disconnectSite(database, tenantId, door.installationId);

    const otherSite = { ...door.jira, url: door.jira.url.replace("0000", "1111") };
    const other = { ...door, installationId: `${door.installationId}-other`, jira: otherSite };
    const connectionId = await connectTheSite(other, database);
    const OTHER = { status: 409, code: "CONNECTION_OTHER_SITE" };
    const events = [{ what: "issue", action: "deleted", issue: "10088" }];
    expect(await aService(other).refused(SITE_TOKEN, bring)).toMatchObject(OTHER);
    expect(await problemOf(door)).toBe("CONNECTION_OTHER_SITE");
    expect(await dueAt(connectionId)).toBeUndefined();
    await setQuiet(door, connectionId, "JIRA_TOKEN_MISSING");
    expect(await aService(other).refused("/forge/v1/events", { body: { events } })).toMatchObject(OTHER);
    expect(await problemOf(door)).toBe("CONNECTION_OTHER_SITE");
    const installed = { body: { action: "installed" } };
    expect(await aService(other).refused("/forge/v1/installation", installed)).toMatchObject(OTHER);
    expect(await aPerson(other).refused(ENTRIES, { body: { minutes: 60 } })).toMatchObject(OTHER);
    expect(await aPerson(other).refused(ENTRIES)).toMatchObject(OTHER);
    await expect(keptAt(door, connectionId)).rejects.toThrow(SyntaxError);

    // It leaves, and takes nobody along who came from the first one.
    const left = { body: { action: "uninstalled" } };
    await aService(other).told(installationAnswer, "/forge/v1/installation", left);
    await connectTheSite(door, database);
    const moved = { ...door, jira: { ...door.jira, url: `https://elsewhere.example.invalid/ex/jira/0000/` } };
    await aService(moved).told(siteTokenAnswer, SITE_TOKEN, bring);
    const mine = await aPerson(door, "ada").told(itemEntries, ENTRIES);
    expect(mine.entries.map(({ minutes }) => minutes)).toEqual([60]);
  });

  test("the site is known from its first token on, even to a door that has asked before", async () => {
    const { database } = engine();
    const door = await aForgeDoor(database);
    await connectTheSite(door, database);
    await aPerson(door).told(entry, ENTRIES, { body: { minutes: 60 } });
    const bring = { method: "POST", headers: tokenIs("first") } as const;
    await aService(door).told(siteTokenAnswer, SITE_TOKEN, bring);
    const elsewhere = { ...door, jira: { ...door.jira, url: door.jira.url.replace("0000", "1111") } };
    expect((await aService(elsewhere).refused(SITE_TOKEN, bring)).code).toBe("CONNECTION_OTHER_SITE");
    expect(await dumpTenant(database, door.tenant.tenantId)).not.toContain("ex/jira");
  });

  test("a call without a token, of a person, or from a site that nobody connected brings none", async () => {
    const door = await aForgeDoor(engine().database);
    const app = aService(door);
    const sent = { method: "POST", headers: tokenIs("first") } as const;
    expect((await app.refused(SITE_TOKEN, sent)).code).toBe("INSTALLATION_UNKNOWN");
    const connectionId = await connectTheSite(door, engine().database);
    const without = await app.refused(SITE_TOKEN, { method: "POST" });
    expect(without).toMatchObject({ code: "REQUEST_INVALID", at: "headers.x-forge-oauth-system" });
    expect((await app.refused(SITE_TOKEN, { ...sent, headers: tokenIs("two words") })).code).toBe("REQUEST_INVALID");
    expect((await aPerson(door).refused(SITE_TOKEN, sent)).code).toBe("TOKEN_OF_PERSON");
    await expect(keptAt(door, connectionId)).rejects.toThrow(SyntaxError);
  });
});
