import { describe, expect, it } from "vitest";
import {
  type AsanaCredentials,
  credentialsJson,
  type OAuthCredentials,
  parseCredentials,
} from "../../../apps/asana-sync/src/asana/credentials.ts";
import {
  beginAuthorization,
  codeChallenge,
  exchangeCode,
  refreshTokens,
} from "../../../apps/asana-sync/src/asana/oauth.ts";
import { tokenSource } from "../../../apps/asana-sync/src/asana/token-source.ts";
import { aFakeAsana } from "../../support/asana/a-fake-asana.ts";
import { codedErrorOf } from "../../support/coded-error.ts";
import { codedRejection, everythingIn } from "../../support/rejection.ts";
import { type Script, scriptedServer } from "../../support/scripted-server.ts";
import { virtualPacing } from "../../support/virtual-pacing.ts";

const APP = { clientId: "12090001", clientSecret: "app-secret" };
const BACK = "http://127.0.0.1:9/back";
/** 2026-09-07T10:00:00Z */
const NOW = Date.UTC(2026, 8, 7, 10);

const oldCredentials: OAuthCredentials = {
  kind: "oauth",
  refreshToken: "refresh-1",
  accessToken: "access-1",
  expiresAt: NOW + 3_600_000,
  ...APP,
};

function options(baseUrl: string) {
  return { baseUrl, pacing: virtualPacing("2026-09-07T10:00:00Z"), signal: new AbortController().signal };
}

const tokens = (number: number, more: object = {}) => ({
  body: {
    access_token: `access-${number}`,
    token_type: "bearer",
    expires_in: 3600,
    data: { gid: "1", name: "zq001", email: "zq002" },
    ...more,
  },
});

describe("the consent", () => {
  it("is bound to who began it by S256, as in appendix B of RFC 7636", () => {
    expect(codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    );
  });

  it("is asked for at Asana, with a state and a challenge that differ each time", () => {
    // The octets of appendix B.
    const verifierOctets = [
      116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240,
      91, 88, 5, 88, 83, 132, 141, 121,
    ];
    const draws = [new Uint8Array(32).fill(255), Uint8Array.from(verifierOctets)];
    const begun = beginAuthorization(APP, BACK, (count) => draws.shift() ?? new Uint8Array(count));
    const url = new URL(begun.url);
    expect(url.origin + url.pathname).toBe("https://app.asana.com/-/oauth_authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "12090001",
      redirect_uri: BACK,
      response_type: "code",
      scope: "default",
      state: "__________________________________________8",
      code_challenge_method: "S256",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    });
    expect(begun.verifier).toBe("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    expect(begun.url).not.toContain("app-secret");
    expect(begun.url).not.toContain(begun.verifier);
  });

  it("gives tokens for code and verifier, and of the person nothing is kept", async () => {
    const { baseUrl, heard } = await scriptedServer(() => tokens(1, { refresh_token: "refresh-1" }));
    const given = await exchangeCode(APP, { code: "c0de", verifier: "v3rifier", redirectUri: BACK }, options(baseUrl));
    expect(given).toEqual(oldCredentials);
    expect(heard[0]?.path).toBe("/-/oauth_token");
    expect(Object.fromEntries(new URLSearchParams(heard[0]?.body))).toEqual({
      grant_type: "authorization_code",
      code: "c0de",
      code_verifier: "v3rifier",
      redirect_uri: BACK,
      client_id: "12090001",
      client_secret: "app-secret",
    });
  });

  it("without a refresh token would end within the hour, and is refused", async () => {
    const { baseUrl } = await scriptedServer(() => tokens(1));
    const exchange = exchangeCode(APP, { code: "c", verifier: "v", redirectUri: BACK }, options(baseUrl));
    expect((await codedRejection(exchange)).code).toBe("ASANA_WRONG_SHAPE");
  });
});

describe("a refresh", () => {
  it("keeps the old refresh token when none comes back, and takes a new one that does", async () => {
    const { baseUrl, heard } = await scriptedServer((_, number) =>
      number === 1 ? tokens(2) : tokens(3, { refresh_token: "refresh-2" }),
    );
    const second = await refreshTokens(oldCredentials, options(baseUrl));
    expect(second).toEqual({ ...oldCredentials, accessToken: "access-2" });
    const third = await refreshTokens({ ...second, expiresAt: 0 }, options(baseUrl));
    expect(third).toEqual({ ...oldCredentials, accessToken: "access-3", refreshToken: "refresh-2" });
    expect(Object.fromEntries(new URLSearchParams(heard[0]?.body))).toEqual({
      grant_type: "refresh_token",
      refresh_token: "refresh-1",
      client_id: "12090001",
      client_secret: "app-secret",
    });
  });

  it.each<[string, ReturnType<Script>, string]>([
    ["400", { status: 400, body: { error: "invalid_grant", error_description: "zq003" } }, "ASANA_UNAUTHORISED"],
    ["401", { status: 401, body: { error: "zq003" } }, "ASANA_UNAUTHORISED"],
    ["302", { status: 302, headers: { location: "https://elsewhere.example/" } }, "ASANA_UNAUTHORISED"],
    ["429", { status: 429, body: { error: "zq003" } }, "ASANA_RATE_LIMITED"],
    ["503", { status: 503, body: "zq003" }, "ASANA_UNREACHABLE"],
    ["a cut connection", "cut", "ASANA_UNREACHABLE"],
    ["no JSON", { body: "zq003" }, "ASANA_WRONG_SHAPE"],
    ["no token", { body: { expires_in: 3600, zq003: "zq003" } }, "ASANA_WRONG_SHAPE"],
  ])("that ends with %s is an error that shows no secret and quotes nothing", async (_, answer, code) => {
    const { baseUrl } = await scriptedServer(() => answer);
    const error = await codedRejection(refreshTokens(oldCredentials, options(baseUrl)));
    expect(error.code).toBe(code);
    expect(error.next).toBeTruthy();
    expect(everythingIn(error)).not.toMatch(/zq003|app-secret|refresh-1|access-1/);
  });
});

describe("the token of a connection", () => {
  it("is the personal token as it is", async () => {
    const source = tokenSource({ kind: "token", token: "personal" }, neverSave, options("http://127.0.0.1:1"), fail);
    expect([await source(), await source("personal")]).toEqual(["personal", "personal"]);
  });

  it("is renewed a minute before it expires, once for all who ask, and kept", async () => {
    const saved: string[] = [];
    const { baseUrl, heard } = await scriptedServer(() => tokens(2));
    const settings = options(baseUrl);
    const source = tokenSource(oldCredentials, async (json) => void saved.push(json), settings, fail);
    await settings.pacing.sleep(3_539_999, settings.signal);
    expect(await source()).toBe("access-1");
    expect(heard).toHaveLength(0);
    await settings.pacing.sleep(1, settings.signal);
    expect(await Promise.all([source(), source(), source()])).toEqual(["access-2", "access-2", "access-2"]);
    expect(await source()).toBe("access-2");
    expect(heard).toHaveLength(1);
    expect(saved.map(parseCredentials)).toEqual([
      { ...oldCredentials, accessToken: "access-2", expiresAt: NOW + 3_540_000 + 3_600_000 },
    ]);
  });

  it("is renewed when it was refused, unless somebody renewed it meanwhile", async () => {
    const { baseUrl, heard } = await scriptedServer(() => tokens(2));
    const source = tokenSource(oldCredentials, async () => {}, options(baseUrl), fail);
    expect(await source("access-1")).toBe("access-2");
    expect(await source("access-1")).toBe("access-2");
    expect(heard).toHaveLength(1);
  });

  it("is asked for again after a failure", async () => {
    const { baseUrl } = await scriptedServer((_, number) => (number === 1 ? { status: 503 } : tokens(2)));
    const source = tokenSource(oldCredentials, async () => {}, options(baseUrl), fail);
    const refusals = await Promise.all([codedRejection(source("access-1")), codedRejection(source("access-1"))]);
    expect(refusals.map(({ code }) => code)).toEqual(["ASANA_UNREACHABLE", "ASANA_UNREACHABLE"]);
    expect(await source("access-1")).toBe("access-2");
  });

  it("is used also where it could not be kept", async () => {
    const unsaved: unknown[] = [];
    const { baseUrl } = await scriptedServer(() => tokens(2));
    const away = new Error("The database is away.");
    const save = () => Promise.reject(away);
    const source = tokenSource(oldCredentials, save, options(baseUrl), (error) => unsaved.push(error));
    expect(await source("access-1")).toBe("access-2");
    expect(unsaved).toEqual([away]);
  });
});

describe("the credentials as they are sealed", () => {
  it.each<AsanaCredentials>([
    { kind: "token", token: "personal" },
    oldCredentials,
    { kind: "oauth", refreshToken: "r", accessToken: "a", expiresAt: 1, clientId: "1" },
  ])("come back as they were (%#)", (credentials) => {
    expect(parseCredentials(credentialsJson(credentials))).toEqual(credentials);
  });

  it.each(["", "{zq004", '{"kind":"token","token":""}', '{"kind":"zq004"}', '{"kind":"oauth","accessToken":"zq004"}'])(
    "are missing when they cannot be read (%#), and are not quoted",
    (json) => {
      const error = codedErrorOf(() => parseCredentials(json));
      expect(error.code).toBe("ASANA_CREDENTIALS_MISSING");
      expect(everythingIn(error)).not.toContain("zq004");
    },
  );
});

describe("with the simulated Asana", () => {
  it("consent, exchange, expiry and renewal go through", async () => {
    const { clock, asana } = await aFakeAsana({ oauthApp: { ...APP, redirectUris: [BACK] } });
    const begun = beginAuthorization(APP, BACK, (count) => crypto.getRandomValues(new Uint8Array(count)), {
      baseUrl: asana.url,
    });
    const consent = await fetch(begun.url, { redirect: "manual" });
    const back = new URL(consent.headers.get("location") ?? "");
    expect(back.searchParams.get("state")).toBe(begun.state);
    const code = back.searchParams.get("code") ?? "";
    const settings = { ...options(asana.url), pacing: { ...virtualPacing("2026-09-07T10:00:00Z"), now: clock.now } };
    const given = await exchangeCode(APP, { code, verifier: begun.verifier, redirectUri: BACK }, settings);
    const source = tokenSource(given, async () => {}, settings, fail);
    expect(await source()).toBe(given.accessToken);
    clock.advance(3_600_000);
    expect(await source()).not.toBe(given.accessToken);
    asana.tokens.revoke(given.refreshToken);
    clock.advance(3_600_000);
    expect((await codedRejection(source())).code).toBe("ASANA_UNAUTHORISED");
  });
});

async function neverSave(): Promise<void> {
  throw new Error("A personal token is never renewed.");
}

function fail(error: unknown): never {
  throw new Error("It should have been saved.", { cause: error });
}
