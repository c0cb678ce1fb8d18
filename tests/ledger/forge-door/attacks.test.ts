import { randomUUID } from "node:crypto";
import { entry, myWeek } from "@stageledger/core/contract/entries";
import { inTransaction, removeInstallation } from "@stageledger/db";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { onBothEngines } from "../../support/database/engines.ts";
import {
  aForgeDoor,
  aPerson,
  aTenantWithItems,
  bindSite,
  type ForgeDoor,
  ITEM,
  NOW,
  problemOf,
} from "../../support/forge/a-forge-door.ts";
import { unsignedToken, withSecret } from "../../support/forge/home-made-tokens.ts";

const ENTRIES = `/forge/v1/items/${ITEM}/entries`;
const HOUR = { minutes: 60, date: "2026-09-08" };
const SECONDS = NOW / 1000;

onBothEngines((engine) => {
  /** Entries of everybody in the door's ledger. */
  const entriesIn = ({ tenant: { tenantId } }: ForgeDoor): Promise<number> =>
    inTransaction(engine().database, { role: "recorder", tenantId }, async (trx) => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ledger.entry`.execute(trx);
      return rows[0]?.n ?? -1;
    });

  async function refusedWith(door: ForgeDoor, token: string): Promise<unknown> {
    const { status, code } = await aPerson(door).refused(ENTRIES, { body: HOUR, token });
    expect(await entriesIn(door)).toBe(0);
    return { status, code };
  }
  const REFUSED = { status: 401, code: "TOKEN_REFUSED" };

  describe("a token is refused", () => {
    test("when it is not signed at all (alg none)", async () => {
      const door = await aForgeDoor(engine().database);
      const claims = door.forge.claimsOf({ installationId: door.installationId, accountId: "ada" });
      expect(await refusedWith(door, unsignedToken(claims))).toEqual(REFUSED);
    });

    test("when it is signed with the public key as a shared secret (HS256)", async () => {
      const door = await aForgeDoor(engine().database);
      const claims = door.forge.claimsOf({ installationId: door.installationId, accountId: "ada" });
      const secret = await door.forge.publicKeyText();
      expect(await refusedWith(door, withSecret(claims, secret, "forge-key-1"))).toEqual(REFUSED);
    });

    test("when it is signed with a key that Forge never published, under the name of one that it did", async () => {
      const door = await aForgeDoor(engine().database);
      expect(await refusedWith(door, await aPerson(door).token({ isForeign: true }))).toEqual(REFUSED);
    });

    test("when a letter of what it claims was changed", async () => {
      const door = await aForgeDoor(engine().database);
      const [header = "", , signature = ""] = (await aPerson(door).token()).split(".");
      const claims = door.forge.claimsOf({ installationId: door.installationId, accountId: "somebody-else" });
      const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
      expect(await refusedWith(door, `${header}.${payload}.${signature}`)).toEqual(REFUSED);
    });

    test.each([
      ["made for another app", { aud: "ari:cloud:ecosystem::app/another" }],
      ["made for no app", { aud: undefined }],
      ["of another issuer", { iss: "forge/another-token" }],
      ["expired, beyond the tolerance of five seconds", { exp: SECONDS - 6 }],
      ["not valid yet, beyond the tolerance", { nbf: SECONDS + 6 }],
      ["without an end", { exp: undefined }],
      ["made in the future, beyond the tolerance", { iat: SECONDS + 6 }],
      ["made at no time", { iat: undefined }],
      ["good for more than a day", { exp: SECONDS + 86_401 }],
      ["without an id by which a repetition is told", { jti: undefined }],
      [
        "of another environment",
        {
          app: {
            installationId: "any",
            environment: { type: "DEVELOPMENT", id: "ari:cloud:ecosystem::environment/1/3" },
          },
        },
      ],
      ["without an environment", { app: { installationId: "any" } }],
    ])("when it is %s", async (_what, claims) => {
      const door = await aForgeDoor(engine().database);
      expect(await refusedWith(door, await aPerson(door).token({ claims }))).toEqual(REFUSED);
    });

    test.each([
      ["a key that Forge does not publish", "forge-key-2"],
      ["no key", undefined],
    ])("when it names %s", async (_what, kid) => {
      const door = await aForgeDoor(engine().database);
      expect(await refusedWith(door, await aPerson(door).token({ header: { kid } }))).toEqual(REFUSED);
    });

    test.each([
      ["nothing", ""],
      ["no token", "Basic YWRhOnNlY3JldA=="],
      ["half a token", "Bearer abc.def"],
      ["three words that are none", "Bearer a.b.c"],
    ])("when it is %s", async (_what, authorization) => {
      const door = await aForgeDoor(engine().database);
      const response = await fetch(`${door.url}/forge/v1/my/week`, { headers: { authorization } });
      expect(await problemOf(response)).toMatchObject(REFUSED);
    });
  });

  test("within the tolerance of five seconds clocks may differ", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await ada.told(myWeek, "/forge/v1/my/week", { overrides: { claims: { exp: SECONDS - 4 } } });
    await ada.told(myWeek, "/forge/v1/my/week", { overrides: { claims: { nbf: SECONDS + 4 } } });
    await ada.told(myWeek, "/forge/v1/my/week", { overrides: { claims: { iat: SECONDS + 4 } } });
    await ada.told(myWeek, "/forge/v1/my/week", { overrides: { claims: { exp: SECONDS + 86_400 } } });
  });

  test("the environment and the person are read in either form that they are told in", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door, "ada");
    const logged = await ada.told(entry, ENTRIES, { body: HOUR });
    const app = { installationId: door.installationId, environment: "production" };
    for (const principal of [{ accountId: "ada" }, "ari:cloud:identity::user/ada"]) {
      const week = await ada.told(myWeek, "/forge/v1/my/week", { overrides: { claims: { app, principal } } });
      expect(week.entries).toEqual([logged]);
    }
  });

  test("an installation that nobody connected is told so, and who calls without a person too", async () => {
    const door = await aForgeDoor(engine().database);
    const stranger = aPerson({ ...door, installationId: "ari:cloud:ecosystem::installation/unknown" });
    expect(await stranger.refused(ENTRIES, { body: HOUR })).toMatchObject({
      status: 403,
      code: "INSTALLATION_UNKNOWN",
    });
    const token = await door.forge.mint({ installationId: door.installationId, accountId: undefined });
    expect(await stranger.refused(ENTRIES, { body: HOUR, token })).toMatchObject({
      status: 403,
      code: "TOKEN_WITHOUT_PERSON",
    });
    expect(await entriesIn(door)).toBe(0);
  });

  test("a site that was disconnected logs nothing from then on, in no way, and again as soon as it is connected", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const { tenantId } = door.tenant;
    await ada.told(entry, ENTRIES, { body: HOUR });
    await inTransaction(engine().database, { role: "recorder", tenantId }, (trx) =>
      removeInstallation(trx, tenantId, door.installationId),
    );
    const UNKNOWN = { status: 403, code: "INSTALLATION_UNKNOWN" };
    expect(await ada.refused(ENTRIES, { body: HOUR })).toMatchObject(UNKNOWN);
    expect(await ada.refused(`/forge/v1/items/${ITEM}/timer`, { body: {} })).toMatchObject(UNKNOWN);
    expect(await ada.refused("/forge/v1/my/link-codes", { method: "POST" })).toMatchObject(UNKNOWN);
    door.clock.now = NOW + 10_000;
    expect(await ada.refused("/forge/v1/my/week")).toMatchObject(UNKNOWN);
    await bindSite(door, engine().database);
    await ada.told(entry, ENTRIES, { body: HOUR });
    expect(await entriesIn(door)).toBe(2);
  });

  test("a token that wrote once writes nothing again, whatever it brings; reading does not use it up", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const token = await ada.token();
    await ada.told(myWeek, "/forge/v1/my/week", { token });
    await ada.told(entry, ENTRIES, { body: HOUR, token });
    const again = await ada.refused(ENTRIES, { body: { ...HOUR, minutes: 30 }, token });
    expect(again).toMatchObject({ status: 401, code: "TOKEN_USED" });
    expect((await ada.refused("/forge/v1/my/timer", { method: "DELETE", token })).code).toBe("TOKEN_USED");
    expect(await entriesIn(door)).toBe(1);
  });

  test("of two calls with one token at the same moment, one writes", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const token = await ada.token();
    const answers = await Promise.all([1, 2, 3].map((minutes) => ada.call(ENTRIES, { body: { minutes }, token })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
    expect(await entriesIn(door)).toBe(1);
  });

  test("a tenant, person or project in the body or query is refused, not believed", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    const other = await aTenantWithItems(engine().database);
    for (const more of [
      { tenantId: other.tenant.tenantId },
      { tenant_id: other.tenant.tenantId },
      { installationId: other.installationId },
      { contributor: randomUUID() },
      { accountId: "somebody" },
      { project: "OTHER" },
    ]) {
      const told = await ada.refused(ENTRIES, { body: { ...HOUR, ...more } });
      expect(told).toMatchObject({ status: 400, code: "REQUEST_INVALID", at: "body" });
      expect(told.detail).toBe("The request is not what it should be, with a member that is not known in body.");
    }
    const told = await ada.refused(`/forge/v1/my/week?tenantId=${other.tenant.tenantId}`);
    expect(told).toMatchObject({ status: 400, code: "REQUEST_INVALID", at: "query" });
    expect(await entriesIn(door)).toBe(0);
  });

  test("another person's entry is as unknown as one that nobody has: not seen, changed, undone or taken back", async () => {
    const door = await aForgeDoor(engine().database);
    const [ada, ben] = [aPerson(door), aPerson(door)];
    const logged = await ada.told(entry, ENTRIES, { body: HOUR });
    await ben.told(entry, ENTRIES, { body: { ...HOUR, minutes: 5 } });
    const path = `/forge/v1/entries/${logged.id}`;
    const UNKNOWN = { status: 404, code: "ENTRY_UNKNOWN" };
    expect(await ben.refused(path, { method: "PATCH", body: { revision: 1, minutes: 1 } })).toMatchObject(UNKNOWN);
    expect(await ben.refused(`${path}/undo`, { body: { revision: 1 } })).toMatchObject(UNKNOWN);
    expect(await ben.refused(`${path}?revision=1`, { method: "DELETE" })).toMatchObject(UNKNOWN);
    const nobodys = await ben.refused(`/forge/v1/entries/${randomUUID()}?revision=1`, { method: "DELETE" });
    expect({ ...nobodys }).toEqual({ ...(await ben.refused(`${path}?revision=1`, { method: "DELETE" })) });
    expect((await ada.told(myWeek, "/forge/v1/my/week")).entries).toEqual([logged]);
    expect((await ben.told(myWeek, "/forge/v1/my/week")).minutes).toBe(5);
  });

  test("an item of another tenant is as unknown as one that nobody has", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door);
    await aTenantWithItems(engine().database, ["jira:555", "jira:556"]);
    const UNKNOWN = { status: 404, code: "ITEM_UNKNOWN" };
    for (const item of ["jira:555", "jira:999"]) {
      const path = `/forge/v1/items/${item}`;
      expect(await ada.refused(`${path}/entries`, { body: HOUR })).toMatchObject(UNKNOWN);
      expect(await ada.refused(`${path}/entries`)).toMatchObject(UNKNOWN);
      expect(await ada.refused(`${path}/timer`, { body: {} })).toMatchObject(UNKNOWN);
      expect(await ada.refused(`${path}/roadblocks`, { body: { kind: "other" } })).toMatchObject(UNKNOWN);
      expect(await ada.refused(`${path}/roadblocks`)).toMatchObject(UNKNOWN);
    }
  });

  test("no part of a token comes into a log line or an answer", async () => {
    const door = await aForgeDoor(engine().database);
    const ada = aPerson(door, "account-zq-canary");
    const tokens = [
      await ada.token(),
      await ada.token({ claims: { aud: "other" } }),
      await ada.token({ isForeign: true }),
    ];
    const answers: string[] = [];
    for (const token of tokens) answers.push(await (await ada.call(ENTRIES, { body: HOUR, token })).text());
    door.forge.setOutage(true);
    const outage = await aForgeDoor(engine().database);
    outage.forge.setOutage(true);
    const token = await aPerson(outage).token();
    answers.push(await (await aPerson(outage).call(ENTRIES, { body: HOUR, token })).text());
    expect(outage.log).toHaveLength(1);
    const said = [...door.log, ...outage.log, ...answers].join("\n");
    for (const part of [...tokens, token].flatMap((one) => one.split("."))) expect(said).not.toContain(part);
    expect(said).not.toContain("account-zq-canary");
    expect(said).not.toContain(door.installationId);
  });
});
