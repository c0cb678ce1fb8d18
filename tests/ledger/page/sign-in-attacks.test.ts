/** What somebody tries who is not, or not where, they should be: all of it is refused, and none of it begins a session. */
import { randomBytes, randomUUID } from "node:crypto";
import { pageProjects } from "@stageledger/core/contract/page-projects";
import { pageSession } from "@stageledger/core/contract/page-session";
import { problem } from "@stageledger/core/contract/problem";
import { describe, expect, test } from "vitest";
import { sealText } from "../../../apps/ledger/src/page/session/sealed-text.ts";
import type { Misbehaviour } from "../../simulators/oidc/oidc-provider.ts";
import { aTenant } from "../../support/database/a-tenant.ts";
import { onPostgres } from "../../support/database/engines.ts";
import type { Browser } from "../../support/page/a-browser.ts";
import { aPaymentsLedger } from "../../support/page/a-payments-ledger.ts";
import {
  aBrowserAt,
  anInvite,
  aSignInDoor,
  joined,
  type SignInDoor,
  signIn,
} from "../../support/page/a-sign-in-door.ts";

const SESSION = "stageledger-session";
const ARRIVED = "stageledger-arrived";
const UNDER_WAY = "stageledger-sign-in";

onPostgres((engine) => {
  async function aDoor(options: { readonly providers?: 1 | 2 } = {}) {
    const { database } = engine();
    const tenant = await aTenant(database);
    return { tenant, door: await aSignInDoor({ database, masterKey: tenant.masterKey, ...options }) };
  }

  /** Somebody who was sent back, and whose browser has not followed yet: the address it would open. */
  async function sentBack(door: SignInDoor, subject = "person-1"): Promise<{ browser: Browser; callback: URL }> {
    const browser = aBrowserAt(door);
    await browser.open(`${door.url}/sign-in`);
    browser.stopAt(/\/sign-in\/callback/);
    await browser.submit({ subject });
    browser.stopAt(undefined);
    return { browser, callback: new URL(browser.shown().url) };
  }

  async function expectNobody(browser: Browser, door: SignInDoor): Promise<void> {
    const answer = await browser.call(`${door.url}/api/v1/session`);
    expect(problem.parse(await answer.json())).toMatchObject({ status: 401, code: "SIGN_IN_NEEDED" });
    expect(browser.cookies.has(SESSION)).toBe(false);
  }

  async function expectRefused(browser: Browser, door: SignInDoor, url: URL | string): Promise<void> {
    const shown = await browser.open(String(url));
    expect(shown.status).toBe(403);
    expect(shown.body).toContain("SIGN_IN_REFUSED");
    await expectNobody(browser, door);
  }

  describe("an answer of the provider's", () => {
    test.each<[string, (callback: URL) => void]>([
      ["with another state", (callback) => callback.searchParams.set("state", "x".repeat(43))],
      ["without a state", (callback) => callback.searchParams.delete("state")],
      ["with a state twice", (callback) => callback.searchParams.append("state", "another")],
      ["of another issuer", (callback) => callback.searchParams.set("iss", "https://evil.example")],
      ["that does not say whose it is", (callback) => callback.searchParams.delete("iss")],
      ["with a code that it never gave", (callback) => callback.searchParams.set("code", randomUUID())],
      ["that says no", (callback) => callback.searchParams.set("error", "access_denied")],
    ])("%s", async (_case, change) => {
      const { door } = await aDoor();
      const { browser, callback } = await sentBack(door);
      change(callback);
      await expectRefused(browser, door, callback);
    });

    test("that is brought by another browser than the one that began", async () => {
      const { door } = await aDoor();
      const { callback } = await sentBack(door);
      await expectRefused(aBrowserAt(door), door, callback);
    });

    test("that is brought by another browser, in which a signing in of its own is under way", async () => {
      const { door } = await aDoor();
      const attacker = await sentBack(door, "person-2");
      const victim = await sentBack(door, "person-1");
      await expectRefused(victim.browser, door, attacker.callback);
    });

    test("that is brought twice", async () => {
      const { door } = await aDoor();
      const { browser, callback } = await sentBack(door);
      const kept = browser.cookies.get(UNDER_WAY);
      expect((await browser.open(callback.href)).url).toBe(`${door.url}/join`);
      await expectRefused(browser, door, callback);
      // Even with what the browser was told to forget.
      if (kept !== undefined) browser.cookies.set(UNDER_WAY, kept);
      await expectRefused(browser, door, callback);
    });

    test("that comes more than ten minutes later", async () => {
      const { door } = await aDoor();
      const { browser, callback } = await sentBack(door);
      door.clock.now += 10 * 60_000;
      await expectRefused(browser, door, callback);
    });

    test("whose code was given for another proof (PKCE)", async () => {
      const { door } = await aDoor();
      // The attacker has got hold of the victim's code, and brings it with their own state.
      const victim = await sentBack(door, "person-1");
      const attacker = await sentBack(door, "person-2");
      const stolen = victim.callback.searchParams.get("code") ?? "";
      attacker.callback.searchParams.set("code", stolen);
      await expectRefused(attacker.browser, door, attacker.callback);
      expect(door.provider.asked.at(-1)?.parameters).toMatchObject({ code: stolen });
    });

    test("of one provider, at the address that belongs to another", async () => {
      const { door } = await aDoor({ providers: 2 });
      const browser = aBrowserAt(door);
      await browser.open(`${door.url}/sign-in?provider=2`);
      browser.stopAt(/\/sign-in\/callback/);
      await browser.submit({ subject: "person-1" });
      browser.stopAt(undefined);
      const callback = new URL(browser.shown().url);
      expect(callback.pathname).toBe("/sign-in/callback/2");
      callback.pathname = "/sign-in/callback";
      await expectRefused(browser, door, callback);
    });
  });

  describe("an ID token", () => {
    test.each<[string, Misbehaviour]>([
      ["with another nonce", { claims: { nonce: "another" } }],
      ["without a nonce", { claims: { nonce: undefined } }],
      ["for another client", { claims: { aud: "somebody-else" } }],
      ["of another issuer", { claims: { iss: "https://evil.example" } }],
      ["that has expired", { claims: { exp: 1_700_000_000 } }],
      ["of nobody", { claims: { sub: undefined } }],
      ["signed with a key that the provider never published", { isForeign: true }],
      ["that is not there", { tokenAnswer: { status: 200, body: '{"access_token":"a","token_type":"Bearer"}' } }],
    ])("%s", async (_case, how) => {
      const { door } = await aDoor();
      const { browser, callback } = await sentBack(door);
      door.provider.misbehave(how);
      await expectRefused(browser, door, callback);
    });

    test("is not asked for where the provider is gone: that is said, and can be tried again", async () => {
      const { door } = await aDoor();
      door.provider.misbehave({ isOut: true });
      const browser = aBrowserAt(door);
      const shown = await browser.open(`${door.url}/sign-in`);
      expect(shown.status).toBe(503);
      expect(shown.body).toContain("SIGN_IN_UNREACHABLE");
      door.provider.misbehave({});
      await signIn(browser, door, "person-1");
      expect(browser.shown().url).toBe(`${door.url}/join`);
    });
  });

  test("what is asked of the provider: a code, with PKCE, for the scope openid and nothing more", async () => {
    const { door } = await aDoor();
    await sentBack(door);
    const [asked] = door.provider.asked;
    expect(asked?.parameters).toEqual({
      response_type: "code",
      client_id: "the-ledger",
      redirect_uri: `${door.url}/sign-in/callback`,
      scope: "openid",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
  });

  describe("a link that would lead elsewhere after signing in leads home", () => {
    test.each([
      "https://evil.example/",
      "//evil.example/projects/PAY",
      "/\\evil.example/",
      "\\\\evil.example",
      "/\t/evil.example",
      "/.//evil.example",
      "/..//evil.example/",
      "javascript:alert(1)",
      "evil.example",
      "/sign-out",
      "/sign-in?to=/",
      "/Sign-In?to=/",
      "/SIGN-OUT",
      `/${"x".repeat(1024)}`,
    ])("%s", async (to) => {
      const { door, tenant } = await aDoor();
      await joined(door, tenant, "person-1");
      const browser = aBrowserAt(door);
      await signIn(browser, door, "person-1", to);
      expect(browser.shown()).toMatchObject({ url: `${door.url}/`, body: expect.stringMatching(/home/) });
      expect(browser.trail.every((at) => [door.url, door.provider.issuer].includes(new URL(at).origin))).toBe(true);
    });
  });

  describe("a session", () => {
    test("that was there before is none after signing in: nobody can plant one", async () => {
      const { door, tenant } = await aDoor();
      const attacker = await joined(door, tenant, "person-2");
      const planted = attacker.cookies.get(SESSION);
      const victim = aBrowserAt(door);
      if (planted !== undefined) victim.cookies.set(SESSION, planted);
      await signIn(victim, door, "person-1");
      await victim.submit({ code: await anInvite(door, tenant, "admin") });
      expect(victim.cookies.get(SESSION)?.value).not.toBe(planted?.value);
      expect(await roleOf(victim, door)).toBe("admin");
      // The one that was planted ended with it.
      expect((await attacker.call(`${door.url}/api/v1/session`)).status).toBe(401);
    });

    test.each<[string, (token: string) => string]>([
      ["with one letter changed", (token) => `${token.slice(0, 60)}${token[60] === "A" ? "B" : "A"}${token.slice(61)}`],
      ["cut short", (token) => token.slice(0, -4)],
      ["with something behind it", (token) => `${token}AAAA`],
      ["that is empty", () => ""],
      ["that is no token", () => "null"],
    ])("is not had by a cookie %s", async (_case, change) => {
      const { door, tenant } = await aDoor();
      const browser = await joined(door, tenant, "person-1");
      const token = browser.cookies.get(SESSION)?.value ?? "";
      const answer = await aBrowserAt(door).call(`${door.url}/api/v1/session`, {
        headers: { cookie: `${SESSION}=${change(token)}` },
      });
      expect(answer.status).toBe(401);
    });

    test("is not had where two cookies of the name come: one of them is somebody else's", async () => {
      const { door, tenant } = await aDoor();
      const [mine, theirs] = [await joined(door, tenant, "person-1"), await joined(door, tenant, "person-2")];
      const tokens = [theirs, mine].map(({ cookies }) => `${SESSION}=${cookies.get(SESSION)?.value}`);
      const answer = await mine.call(`${door.url}/api/v1/session`, { headers: { cookie: tokens.join("; ") } });
      expect(answer.status).toBe(401);
    });

    test("of one tenant shows nothing of another's: a project there is as unknown as one that is not there", async () => {
      const { database } = engine();
      const theirs = await aPaymentsLedger(database);
      const { door, tenant } = await aDoor();
      const browser = await joined(door, tenant, "person-1", "admin");
      const refusalOf = async (project: string): Promise<unknown> => {
        const answer = await browser.call(`${door.url}/api/v1/projects/${project}/report`);
        return problem.parse(await answer.json());
      };
      const theirDoor = await aSignInDoor({ database, masterKey: theirs.masterKey });
      const member = await joined(theirDoor, theirs, "person-3");
      const { projects } = pageProjects.parse(await (await member.call(`${theirDoor.url}/api/v1/projects`)).json());
      expect(projects.length).toBeGreaterThan(0);
      for (const { project } of projects) {
        expect((await member.call(`${theirDoor.url}/api/v1/projects/${project}/report`)).status).toBe(200);
        expect(await refusalOf(project)).toMatchObject({ status: 404, code: "PROJECT_UNKNOWN" });
        expect(await refusalOf(project)).toEqual(await refusalOf("Nowhere"));
      }
      const listed = await browser.call(`${door.url}/api/v1/projects`);
      expect(await listed.json()).toMatchObject({ tenant: `Tenant ${tenant.tenantId}`, projects: [] });
    });

    test("ends with signing out, also for whoever copied its cookie", async () => {
      const { door, tenant } = await aDoor();
      const browser = await joined(door, tenant, "person-1");
      const copied = browser.cookies.get(SESSION)?.value;
      await browser.open(`${door.url}/sign-out`);
      const shown = await browser.submit({});
      expect(shown.body).toContain("You are signed out");
      await expectNobody(browser, door);
      const answer = await browser.call(`${door.url}/api/v1/session`, { headers: { cookie: `${SESSION}=${copied}` } });
      expect(answer.status).toBe(401);
    });
  });

  describe("whoever comes to the browser next has to prove who they are", () => {
    async function expectProofNeeded(browser: Browser, door: SignInDoor): Promise<void> {
      expect([...browser.cookies.keys()]).toEqual([]);
      browser.stopAt(/authorize/);
      for (const path of ["/sign-in/ledger", "/join"]) {
        await browser.open(`${door.url}${path}`);
        expect(new URL(browser.shown().url).origin).toBe(door.provider.issuer);
      }
      browser.stopAt(undefined);
    }

    test("once somebody has signed out who was choosing another ledger", async () => {
      const { door, tenant } = await aDoor();
      const browser = await joined(door, tenant, "person-1", "admin");
      await browser.open(`${door.url}/sign-in?choose=1`);
      await browser.submit({ subject: "person-1" });
      expect(browser.shown().url).toBe(`${door.url}/sign-in/ledger`);
      expect(browser.cookies.has(ARRIVED)).toBe(true);
      await browser.open(`${door.url}/sign-out`);
      await browser.submit({});
      await expectProofNeeded(browser, door);
    });

    test("once somebody has signed out who was on the way to the provider, and cannot come back by the old way", async () => {
      const { door, tenant } = await aDoor();
      const browser = await joined(door, tenant, "person-1", "admin");
      await browser.open(`${door.url}/sign-in`);
      browser.stopAt(/\/sign-in\/callback/);
      await browser.submit({ subject: "person-1" });
      browser.stopAt(undefined);
      const callback = browser.shown().url;
      await browser.open(`${door.url}/sign-out`);
      await browser.submit({});
      await expectRefused(browser, door, callback);
      await expectProofNeeded(browser, door);
    });

    test("once somebody asked to be signed out who had not come as far as a ledger", async () => {
      const { door } = await aDoor();
      const browser = aBrowserAt(door);
      await signIn(browser, door, "person-1");
      expect(browser.cookies.has(ARRIVED)).toBe(true);
      expect((await browser.open(`${door.url}/sign-out`)).body).toContain("You are signed out");
      await expectProofNeeded(browser, door);
    });

    test("five minutes after somebody left it without choosing", async () => {
      const { door } = await aDoor();
      const browser = aBrowserAt(door);
      await signIn(browser, door, "person-1");
      door.clock.now += 5 * 60_000;
      browser.cookies.delete(UNDER_WAY);
      expect(browser.cookies.has(ARRIVED)).toBe(true);
      browser.stopAt(/authorize/);
      await browser.open(`${door.url}/sign-in/ledger`);
      expect(new URL(browser.shown().url).origin).toBe(door.provider.issuer);
    });

    test("a session that begins leaves nothing else of the signing in", async () => {
      const { door, tenant } = await aDoor();
      const browser = await joined(door, tenant, "person-1");
      await browser.open(`${door.url}/sign-in?choose=1`);
      await browser.submit({ subject: "person-1" });
      expect(browser.cookies.has(ARRIVED)).toBe(true);
      // Signs in once more in another tab, without choosing.
      await signIn(browser, door, "person-1");
      expect([...browser.cookies.keys()]).toEqual([SESSION]);
    });
  });

  test("a member who follows a link to joining is asked for the code, in whichever letters the link is written", async () => {
    const { door, tenant } = await aDoor();
    await joined(door, tenant, "person-1");
    const browser = aBrowserAt(door);
    await signIn(browser, door, "person-1", "/Join");
    expect(browser.shown()).toMatchObject({ url: `${door.url}/Join`, body: expect.stringContaining('name="code"') });
  });

  test("what we sealed when its form was another is as good as nothing, and no fault of ours", async () => {
    const { door, tenant } = await aDoor();
    const sealed = (purpose: string) => sealText({ ...tenant, random: randomBytes }, purpose, '{"form":"of old"}');
    const call = (path: string, cookie: string) =>
      fetch(`${door.url}${path}`, { headers: { cookie }, redirect: "manual" });
    expect((await call("/api/v1/session", `${SESSION}=${sealed("token of a session")}`)).status).toBe(401);
    expect((await call("/sign-in/callback", `${UNDER_WAY}=${sealed("cookie sign-in")}`)).status).toBe(403);
    const guest = await call("/sign-in/ledger", `${ARRIVED}=${sealed("cookie arrived")}`);
    expect(guest.headers.get("location")).toBe(`${door.url}/sign-in?choose=1`);
  });

  describe("a call that changes something, with the cookie of whoever is signed in", () => {
    test.each<[string, (told: { url: string; token: string }) => Record<string, string>]>([
      ["from another site", ({ token }) => ({ origin: "https://evil.example", "x-stageledger-write": token })],
      ["from the same host at another port", ({ url, token }) => ({ origin: `${url}0`, "x-stageledger-write": token })],
      ["from nowhere", ({ token }) => ({ "x-stageledger-write": token })],
      ["from a page of no origin", ({ token }) => ({ origin: "null", "x-stageledger-write": token })],
      ["without the page's proof", ({ url }) => ({ origin: url })],
      ["with a proof that is none", ({ url, token }) => ({ origin: url, "x-stageledger-write": token.toLowerCase() })],
    ])("%s", async (_case, headersOf) => {
      const { door, tenant } = await aDoor();
      const browser = await joined(door, tenant, "person-1");
      const token = await writeTokenOf(browser, door);
      const answer = await browser.call(`${door.url}/sign-out`, {
        method: "POST",
        headers: { accept: "application/json", ...headersOf({ url: door.url, token }) },
      });
      expect(problem.parse(await answer.json())).toMatchObject({ status: 403, code: "CALL_FROM_ELSEWHERE" });
      expect(await roleOf(browser, door)).toBe("member");
      const own = { origin: door.url, "x-stageledger-write": token };
      expect((await browser.call(`${door.url}/sign-out`, { method: "POST", headers: own })).status).toBe(200);
      await expectNobody(browser, door);
    });

    test("with the proof of another session", async () => {
      const { door, tenant } = await aDoor();
      const [mine, theirs] = [await joined(door, tenant, "person-1"), await joined(door, tenant, "person-2")];
      const headers = { origin: door.url, "x-stageledger-write": await writeTokenOf(theirs, door) };
      const answer = await mine.call(`${door.url}/sign-out`, { method: "POST", headers });
      expect(answer.status).toBe(403);
      expect(await roleOf(mine, door)).toBe("member");
    });

    test("joining: nobody is made to join somebody else's ledger by another site", async () => {
      const { door, tenant } = await aDoor();
      const victim = aBrowserAt(door);
      await signIn(victim, door, "person-1");
      const code = await anInvite(door, tenant);
      for (const headers of [{ origin: "https://evil.example" }, { origin: door.url }]) {
        const body = new URLSearchParams({ code });
        const answer = await victim.call(`${door.url}/join`, { method: "POST", body, headers });
        expect(answer.status).toBe(403);
      }
      await expectNobody(victim, door);
      await victim.submit({ code });
      expect(await roleOf(victim, door)).toBe("member");
    });
  });

  describe("an invite code", () => {
    test("joins one person: the second is refused, whoever it is", async () => {
      const { door, tenant } = await aDoor();
      const code = await anInvite(door, tenant);
      const [first, second] = [aBrowserAt(door), aBrowserAt(door)];
      await signIn(first, door, "person-1");
      await signIn(second, door, "person-2");
      await first.submit({ code });
      expect(await roleOf(first, door)).toBe("member");
      const shown = await second.submit({ code });
      expect(shown.status).toBe(404);
      expect(shown.body).toContain("INVITE_UNKNOWN");
      await expectNobody(second, door);
    });

    test("joins one of two who bring it at the same moment", async () => {
      const { door, tenant } = await aDoor();
      const code = await anInvite(door, tenant);
      const browsers = [aBrowserAt(door), aBrowserAt(door)];
      for (const [at, browser] of browsers.entries()) await signIn(browser, door, `person-${at + 1}`);
      const shown = await Promise.all(browsers.map((browser) => browser.submit({ code })));
      expect(shown.map(({ status }) => status).sort()).toEqual([200, 404]);
    });

    test("is good for a week and not a moment longer; typed in small letters without dashes it is the same", async () => {
      const { door, tenant } = await aDoor();
      const codes = [await anInvite(door, tenant), await anInvite(door, tenant)];
      door.clock.now += 7 * 86_400_000;
      const browser = aBrowserAt(door);
      await signIn(browser, door, "person-1");
      await browser.submit({ code: codes[0]?.toLowerCase().replaceAll("-", " ") ?? "" });
      expect(await roleOf(browser, door)).toBe("member");
      const late = aBrowserAt(door);
      await signIn(late, door, "person-2");
      door.clock.now += 1;
      const shown = await late.submit({ code: codes[1] ?? "" });
      expect(shown).toMatchObject({ status: 404, body: expect.stringContaining("INVITE_UNKNOWN") });
      await expectNobody(late, door);
    });

    test("is not guessed: after ten in a row there is a pause", async () => {
      const { door } = await aDoor();
      const browser = aBrowserAt(door);
      await signIn(browser, door, "person-1");
      const page = browser.shown();
      const statuses: number[] = [];
      for (let guess = 0; guess < 11; guess += 1) {
        await browser.open(page.url);
        statuses.push((await browser.submit({ code: `GUESS-${guess}` })).status);
      }
      expect(statuses).toEqual([...Array(10).fill(404), 429]);
    });

    test("is of no use to whoever has not signed in", async () => {
      const { door, tenant } = await aDoor();
      const browser = aBrowserAt(door);
      const body = new URLSearchParams({ code: await anInvite(door, tenant) });
      const headers = { origin: door.url, accept: "application/json" };
      const answer = await browser.call(`${door.url}/join`, { method: "POST", body, headers });
      expect(problem.parse(await answer.json())).toMatchObject({ status: 401, code: "SIGN_IN_NEEDED" });
    });

    test("what a browser kept of a signing in opens each ledger once, also when somebody kept a copy of it", async () => {
      const { door, tenant } = await aDoor();
      const browser = aBrowserAt(door);
      await signIn(browser, door, "person-1");
      const copy = new Map(browser.cookies);
      const shown = browser.shown();
      await browser.submit({ code: await anInvite(door, tenant) });
      const thief = aBrowserAt(door);
      for (const [name, cookie] of copy) thief.cookies.set(name, cookie);
      await thief.open(shown.url);
      const code = await anInvite(door, tenant, "admin");
      expect((await thief.submit({ code })).status).toBe(401);
      expect(await roleOf(browser, door)).toBe("member");
      // The code was not used up by that.
      const owner = aBrowserAt(door);
      await signIn(owner, door, "person-2");
      await owner.submit({ code });
      expect(await roleOf(owner, door)).toBe("admin");
    });
  });

  async function roleOf(browser: Browser, door: SignInDoor): Promise<string> {
    const answer = await browser.call(`${door.url}/api/v1/session`);
    return pageSession.parse(await answer.json()).role;
  }

  async function writeTokenOf(browser: Browser, door: SignInDoor): Promise<string> {
    const answer = await browser.call(`${door.url}/api/v1/session`);
    return pageSession.parse(await answer.json()).writeToken;
  }
});
