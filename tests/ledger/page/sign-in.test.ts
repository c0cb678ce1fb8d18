import { randomBytes, randomUUID } from "node:crypto";
import { pageSession } from "@stageledger/core/contract/page-session";
import { createTenant, retain } from "@stageledger/db";
import { expect, test } from "vitest";
import { aTenant, type TestTenant } from "../../support/database/a-tenant.ts";
import { dumpTenant } from "../../support/database/dump-tenant.ts";
import { onBothEngines } from "../../support/database/engines.ts";
import type { Browser } from "../../support/page/a-browser.ts";
import {
  aBrowserAt,
  anInvite,
  aSignInDoor,
  joined,
  type SignInDoor,
  signIn,
} from "../../support/page/a-sign-in-door.ts";

const SESSION = "stageledger-session";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

onBothEngines((engine) => {
  test("somebody signs in, is asked for their code, joins, and is told their role and whose ledger it is, and no name", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const browser = aBrowserAt(door);
    await signIn(browser, door, "person-1", "/p/PAY?weeks=6");
    expect(browser.shown().url).toBe(`${door.url}/join`);
    await browser.submit({ code: await anInvite(door, tenant, "admin") });
    expect(browser.shown().url).toBe(`${door.url}/p/PAY?weeks=6`);
    const answer = await browser.call(`${door.url}/api/v1/session`);
    expect(answer.status).toBe(200);
    const told = pageSession.parse(await answer.json());
    expect(told).toMatchObject({ tenant: `Tenant ${tenant.tenantId}`, role: "admin", isDemo: false });
    expect(Object.keys(told).sort()).toEqual(["endsAt", "isDemo", "role", "schema", "tenant", "writeToken"]);
    expect((await browser.call(`${door.url}/api/v1/projects`)).status).toBe(200);
  });

  test("who is a member is asked for no code again", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    await joined(door, tenant, "person-2");
    const again = aBrowserAt(door);
    await signIn(again, door, "person-2");
    expect(again.shown()).toMatchObject({ url: `${door.url}/`, body: expect.stringMatching(/home/) });
    expect((await again.call(`${door.url}/api/v1/session`)).status).toBe(200);
  });

  test("over https the cookies are for this host alone, out of reach of scripts, and not sent with what others post", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant, publicUrl: "https://ledger.example" });
    const browser = aBrowserAt(door);
    await browser.open("https://ledger.example/sign-in");
    const flags = { httponly: "", secure: "", samesite: "lax", path: "/" };
    const flagsOf = (name: string) => Object.fromEntries(browser.cookies.get(name)?.attributes ?? []);
    expect(flagsOf("__Host-stageledger-sign-in")).toMatchObject({ ...flags, "max-age": "600" });
    await browser.submit({ subject: "person-1" });
    expect([...browser.cookies.keys()]).toEqual(["__Host-stageledger-arrived"]);
    expect(flagsOf("__Host-stageledger-arrived")).toMatchObject({ ...flags, "max-age": "300" });
    await browser.submit({ code: await anInvite(door, tenant) });
    expect([...browser.cookies.keys()]).toEqual(["__Host-stageledger-session"]);
    expect(flagsOf("__Host-stageledger-session")).toMatchObject({ ...flags, "max-age": String((7 * DAY) / 1000) });
    expect(flagsOf("__Host-stageledger-session")).not.toHaveProperty("domain");
    expect(browser.shown().url).toBe("https://ledger.example/");
  });

  test("its pages load nothing, run nothing, and are kept by nobody", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const browser = aBrowserAt(door);
    await signIn(browser, door, "person-1", `/join?code=${encodeURIComponent('"><script>alert(1)</script>')}`);
    const { headers, body } = browser.shown();
    expect(body).not.toContain("<script");
    expect(body).toContain("&quot;&gt;&lt;script&gt;");
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-\S+'; img-src data:; form-action 'self'/,
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
  });

  test("the link of an invite leads through signing in to its code, and then home", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const code = await anInvite(door, tenant, "steward");
    const browser = aBrowserAt(door);
    await browser.open(`${door.url}/join?code=${code}`);
    await browser.submit({ subject: "person-1" });
    expect(browser.shown().url).toBe(`${door.url}/join?code=${code}`);
    expect(browser.shown().body).toContain(`value="${code}"`);
    await browser.submit({ code });
    expect(browser.shown().url).toBe(`${door.url}/`);
    expect(await roleOf(browser, door)).toBe("steward");
  });

  test("where there are several providers, people choose", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant, providers: 2 });
    const browser = aBrowserAt(door);
    const { body } = await browser.open(`${door.url}/sign-in?to=/p/PAY`);
    expect([...body.matchAll(/href="(sign-in[^"]*)">([^<]*)</g)].map(([, href, name]) => [href, name])).toEqual([
      ["sign-in?to=%2Fp%2FPAY&amp;provider=1", "Provider 1"],
      ["sign-in?to=%2Fp%2FPAY&amp;provider=2", "Provider 2"],
    ]);
    await browser.open(`${door.url}/sign-in?to=%2Fp%2FPAY&provider=2`);
    await browser.submit({ subject: "person-1" });
    await browser.submit({ code: await anInvite(door, tenant) });
    expect(browser.shown().url).toBe(`${door.url}/p/PAY`);
    await browser.open(`${door.url}/sign-in?provider=1`);
    await browser.submit({ subject: "person-1" });
    expect(browser.shown().url).toBe(`${door.url}/`);
  });

  test("a member of several ledgers says which, changes between them, and nobody in the database sees that it is one person", async () => {
    const { database } = engine();
    const first = await aTenant(database);
    const second = await aTenantBeside(first);
    const third = await aTenantBeside(first);
    const door = await aSignInDoor({ database, ...first });
    const browser = await joined(door, first, "person-1", "admin");
    await browser.open(`${door.url}/sign-in?to=/join`);
    await browser.submit({ subject: "person-1" });
    await browser.submit({ code: await anInvite(door, second) });
    expect(await toldTo(browser, door)).toMatchObject({ tenant: `Tenant ${second.tenantId}`, role: "member" });
    // Those of others are not among them, whatever is posted.
    await joined(door, third, "person-2");
    await signIn(browser, door, "person-1", "/p/PAY");
    expect(browser.shown().url).toBe(`${door.url}/sign-in/ledger`);
    expect(browser.shown().body.match(/Tenant [0-9a-f-]+/g)).toEqual([
      `Tenant ${first.tenantId}`,
      `Tenant ${second.tenantId}`,
    ]);
    const page = browser.shown().url;
    expect((await browser.submit({ ledger: third.tenantId })).status).toBe(403);
    await browser.open(page);
    await browser.submit({ ledger: first.tenantId });
    expect(browser.shown().url).toBe(`${door.url}/p/PAY`);
    expect(await toldTo(browser, door)).toMatchObject({ tenant: `Tenant ${first.tenantId}`, role: "admin" });
    const rows = await Promise.all([first, second].map(({ tenantId }) => membersOf(door, tenantId)));
    const [one = "", other = ""] = rows.map(([row = ""]) => row);
    const marks = (row: string): readonly string[] => row.match(/[0-9a-f-]{36}|[0-9a-f]{64}/g) ?? [];
    expect(marks(one)).toHaveLength(4);
    expect(marks(one).filter((mark) => marks(other).includes(mark))).toEqual([]);
  });

  test("an admin's code raises whoever is a member already, and a member's lowers nobody", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const browser = await joined(door, tenant, "person-1");
    for (const [role, then] of [
      ["admin", "admin"],
      ["member", "admin"],
    ] as const) {
      await browser.open(`${door.url}/sign-in?to=/join`);
      await browser.submit({ subject: "person-1" });
      await browser.submit({ code: await anInvite(door, tenant, role) });
      expect(await roleOf(browser, door)).toBe(then);
    }
    expect(await membersOf(door, tenant.tenantId)).toHaveLength(1);
  });

  test("a session ends after half a day without use", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const browser = await joined(door, tenant, "person-1");
    for (let hours = 0; hours < 40; hours += 10) {
      door.clock.now += 10 * HOUR;
      expect((await browser.call(`${door.url}/api/v1/projects`)).status).toBe(200);
    }
    door.clock.now += 12 * HOUR;
    expect((await browser.call(`${door.url}/api/v1/projects`)).status).toBe(401);
  });

  test("a session ends after a week, however much it is used, and its cookie says so from the beginning", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const browser = await joined(door, tenant, "person-1");
    const { endsAt } = await toldTo(browser, door);
    expect(Date.parse(endsAt)).toBe(door.clock.now + 7 * DAY);
    for (let hours = 6; hours < 7 * 24; hours += 6) {
      door.clock.now += 6 * HOUR;
      expect(await toldTo(browser, door)).toMatchObject({ endsAt });
    }
    door.clock.now += 6 * HOUR - 1;
    expect((await browser.call(`${door.url}/api/v1/session`)).status).toBe(200);
    door.clock.now += 1;
    expect((await browser.call(`${door.url}/api/v1/session`)).status).toBe(401);
  });

  test("a token is replaced after an hour; the old one works for a minute more, and the page's proof stays good", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const browser = await joined(door, tenant, "person-1");
    const tokenOf = () => browser.cookies.get(SESSION)?.value ?? "";
    const [old, before] = [tokenOf(), await toldTo(browser, door)];
    door.clock.now += HOUR - 1;
    await toldTo(browser, door);
    expect(tokenOf()).toBe(old);
    door.clock.now += 1;
    // Two windows ask at once: one token follows, not two.
    await Promise.all([toldTo(browser, door), toldTo(browser, door)]);
    expect(tokenOf()).not.toBe(old);
    expect(await toldTo(browser, door)).toEqual(before);
    const withOld = () => browser.call(`${door.url}/api/v1/projects`, { headers: { cookie: `${SESSION}=${old}` } });
    expect((await withOld()).status).toBe(200);
    expect((await dumpTenant(database, tenant.tenantId)).match(sessionsOf(tenant))).toHaveLength(2);
    door.clock.now += 60_000;
    expect((await withOld()).status).toBe(401);
    expect((await browser.call(`${door.url}/api/v1/projects`)).status).toBe(200);
  });

  test("somebody has twenty sessions at most: the oldest makes room", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    const browsers = [await joined(door, tenant, "person-1")];
    for (let more = 0; more < 20; more += 1) {
      door.clock.now += 1;
      const browser = aBrowserAt(door);
      await signIn(browser, door, "person-1");
      browsers.push(browser);
    }
    const statuses = await Promise.all(
      browsers.map(async (one) => (await one.call(`${door.url}/api/v1/session`)).status),
    );
    expect(statuses).toEqual([401, ...Array(20).fill(200)]);
  });

  test("what is over is forgotten with the weekly release, and what still holds is not", async () => {
    const { database } = engine();
    const tenant = await aTenant(database);
    const door = await aSignInDoor({ database, ...tenant });
    await joined(door, tenant, "person-1");
    await anInvite(door, tenant);
    const rowsOf = async () =>
      (await dumpTenant(database, tenant.tenantId))
        .split("\n")
        .filter((line) => /^control\.(session|invite|route) /.test(line) && !line.includes(",name,"))
        .filter((line) => line.includes(tenant.tenantId))
        .map((line) => line.match(/^control\.(\w+)/)?.[1] ?? "")
        .sort();
    await retain(database, tenant.tenantId, door.clock.now);
    expect(await rowsOf()).toEqual(["invite", "route", "route", "session"]);
    await retain(database, tenant.tenantId, door.clock.now + 8 * DAY);
    expect(await rowsOf()).toEqual(["route"]);
  });

  /** Of the same server: one master key opens the keys of both. */
  async function aTenantBeside({ masterKey }: TestTenant): Promise<TestTenant> {
    const tenantId = randomUUID();
    const tenant = { tenantId, name: `Tenant ${tenantId}`, zone: "Europe/Berlin", isDemo: false };
    await createTenant(engine().database, tenant, masterKey, randomBytes, 0);
    return { tenantId, masterKey };
  }

  function sessionsOf({ tenantId }: TestTenant): RegExp {
    return new RegExp(`^control\\.session \\(${tenantId}`, "gm");
  }

  async function toldTo(browser: Browser, door: SignInDoor) {
    const answer = await browser.call(`${door.url}/api/v1/session`);
    return pageSession.parse(await answer.json());
  }

  async function roleOf(browser: Browser, door: SignInDoor): Promise<string> {
    return (await toldTo(browser, door)).role;
  }

  async function membersOf({ database }: SignInDoor, tenantId: string): Promise<readonly string[]> {
    const lines = (await dumpTenant(database, tenantId)).split("\n");
    return lines.filter((line) => line.startsWith(`control.member (${tenantId}`));
  }
});
