import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { aFakeAsana } from "../../support/asana/a-fake-asana.ts";
import { askAsana } from "../../support/asana/ask-asana.ts";
import type { FakeAsana } from "./fake-asana.ts";

const APP = { clientId: "12090001", clientSecret: "app-secret", redirectUris: ["http://127.0.0.1:9/back"] };
const VERIFIER = "a-verifier-of-at-least-forty-three-characters-x";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

const given = z.object({ access_token: z.string(), refresh_token: z.string().optional(), expires_in: z.number() });

describe("OAuth", () => {
  test("a code for the verifier of its challenge gives a token that opens the API for an hour", async () => {
    const { clock, asana } = await aFakeAsana({ oauthApp: APP });
    const { code, state } = await agree(asana);
    expect(state).toBe("state-1");
    const { access_token: token, expires_in } = given.parse((await exchange(asana, code)).json);
    expect(expires_in).toBe(3600);
    expect((await askAsana(asana.apiUrl, "/users/me", { token })).status).toBe(200);
    clock.advance(3_600_000 - 1);
    expect((await askAsana(asana.apiUrl, "/users/me", { token })).status).toBe(200);
    clock.advance(1);
    expect((await askAsana(asana.apiUrl, "/users/me", { token })).status).toBe(401);
  });

  test("a wrong verifier, a used code and another redirect address are refused", async () => {
    const { asana } = await aFakeAsana({ oauthApp: APP });
    expect((await exchange(asana, (await agree(asana)).code, { code_verifier: "wrong" })).status).toBe(400);
    const elsewhere = { redirect_uri: "http://127.0.0.1:9/elsewhere" };
    expect((await exchange(asana, (await agree(asana)).code, elsewhere)).status).toBe(400);
    const { code } = await agree(asana);
    expect((await exchange(asana, code)).status).toBe(200);
    expect((await exchange(asana, code)).status).toBe(400);
    expect((await exchange(asana, code, { client_secret: "wrong" })).status).toBe(400);
  });

  test("a refresh gives a new access token and no refresh token; the old one stays good", async () => {
    const { asana } = await aFakeAsana({ oauthApp: APP });
    const first = given.parse((await exchange(asana, (await agree(asana)).code)).json);
    const refresh = () =>
      post(asana, { ...CLIENT, grant_type: "refresh_token", refresh_token: first.refresh_token ?? "" });
    const second = given.parse((await refresh()).json);
    expect(second.refresh_token).toBeUndefined();
    expect(second.access_token).not.toBe(first.access_token);
    expect((await refresh()).status).toBe(200);
    asana.tokens.refreshGivesToken = true;
    expect(given.parse((await refresh()).json).refresh_token).toEqual(expect.any(String));
    asana.tokens.revoke(first.refresh_token ?? "");
    expect((await refresh()).status).toBe(400);
  });

  test("an unknown app or redirect address gets no code", async () => {
    const { asana } = await aFakeAsana({ oauthApp: APP });
    const status = async (change: Record<string, string>) => (await authorize(asana, change)).status;
    expect(await status({})).toBe(302);
    expect(await status({ client_id: "other" })).toBe(400);
    expect(await status({ redirect_uri: "https://elsewhere.example/" })).toBe(400);
    expect(await status({ code_challenge_method: "plain" })).toBe(400);
  });
});

const CLIENT = { client_id: APP.clientId, client_secret: APP.clientSecret };
const REDIRECT_URI = APP.redirectUris[0] ?? "";

async function authorize(asana: FakeAsana, change: Record<string, string>): Promise<Response> {
  const query = new URLSearchParams({
    client_id: APP.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: "code",
    state: "state-1",
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    ...change,
  });
  return fetch(`${asana.url}/-/oauth_authorize?${query}`, { redirect: "manual" });
}

async function agree(asana: FakeAsana): Promise<{ code: string; state: string | null }> {
  const back = new URL((await authorize(asana, {})).headers.get("location") ?? "");
  expect(back.href.startsWith(REDIRECT_URI)).toBe(true);
  return { code: back.searchParams.get("code") ?? "", state: back.searchParams.get("state") };
}

async function exchange(asana: FakeAsana, code: string, change: Record<string, string> = {}) {
  return post(asana, {
    ...CLIENT,
    grant_type: "authorization_code",
    redirect_uri: REDIRECT_URI,
    code,
    code_verifier: VERIFIER,
    ...change,
  });
}

async function post(asana: FakeAsana, form: Record<string, string>): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(`${asana.url}/-/oauth_token`, { method: "POST", body: new URLSearchParams(form) });
  return { status: answer.status, json: await answer.json() };
}
