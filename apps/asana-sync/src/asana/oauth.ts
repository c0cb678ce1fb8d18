/** Asana's OAuth 2.0: from a person's consent to tokens (RFC 6749 with PKCE, RFC 7636), and from a refresh token to a new one. */
import { createHash } from "node:crypto";
import { StageledgerError } from "@stageledger/core";
import type { Pacing } from "@stageledger/sync";
import { z } from "zod";
import { jsonOrUndefined } from "../json-or-undefined.ts";
import { CONNECT_AGAIN, wrongShape } from "./asana-error.ts";
import type { OAuthCredentials } from "./credentials.ts";

export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
}

export interface OAuthOptions {
  /** Without a slash at its end. */
  readonly baseUrl?: string;
  readonly pacing: Pacing;
  /** Ends the call. */
  readonly signal: AbortSignal;
}

export interface Authorization {
  /** Where the person says yes. */
  readonly url: string;
  /** Comes back with the code; another one means that somebody else began. */
  readonly state: string;
  /** Proves that whoever exchanges the code also began. Kept to ourselves until then. */
  readonly verifier: string;
}

const ASANA = "https://app.asana.com";
const TOKEN_CALL = "POST /-/oauth_token";
const TIMEOUT_MILLISECONDS = 30_000;

/**
 * @param random that many random bytes
 * @param scope by default all that the app may do: Asana's narrower ones cover neither events nor sections
 */
export function beginAuthorization(
  { clientId }: OAuthApp,
  redirectUri: string,
  random: (count: number) => Uint8Array,
  { baseUrl = ASANA, scope = "default" }: { readonly baseUrl?: string; readonly scope?: string } = {},
): Authorization {
  const state = base64Url(random(32));
  const verifier = base64Url(random(32));
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope,
    state,
    code_challenge_method: "S256",
    code_challenge: codeChallenge(verifier),
  });
  return { url: `${baseUrl}/-/oauth_authorize?${query}`, state, verifier };
}

/** S256 of RFC 7636. */
export function codeChallenge(verifier: string): string {
  return createHash("sha256").update(verifier, "ascii").digest("base64url");
}

/** @throws StageledgerError ASANA_UNAUTHORISED (code used, expired or not ours), ASANA_RATE_LIMITED, ASANA_UNREACHABLE,
 * ASANA_WRONG_SHAPE */
export async function exchangeCode(
  app: OAuthApp,
  { code, verifier, redirectUri }: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
  options: OAuthOptions,
): Promise<OAuthCredentials> {
  const grant = { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: redirectUri };
  const tokens = await askForTokens(app, grant, options);
  if (!tokens.refresh_token) throw wrongShape(TOKEN_CALL, "refresh_token");
  return credentialsOf(app, tokens, tokens.refresh_token, options.pacing);
}

/**
 * New tokens. Asana gives the refresh token only once, with the code: the old one stays good, unless a new one comes.
 *
 * @throws StageledgerError ASANA_UNAUTHORISED (the person took the consent back), ASANA_RATE_LIMITED, ASANA_UNREACHABLE,
 * ASANA_WRONG_SHAPE
 */
export async function refreshTokens(credentials: OAuthCredentials, options: OAuthOptions): Promise<OAuthCredentials> {
  const grant = { grant_type: "refresh_token", refresh_token: credentials.refreshToken };
  const tokens = await askForTokens(credentials, grant, options);
  return credentialsOf(credentials, tokens, tokens.refresh_token || credentials.refreshToken, options.pacing);
}

/** The answer also names the person, which is not read. */
const tokensSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().nullish(),
});
type Tokens = z.infer<typeof tokensSchema>;

async function askForTokens(
  { clientId, clientSecret }: OAuthApp,
  grant: Readonly<Record<string, string>>,
  { baseUrl = ASANA, signal }: OAuthOptions,
): Promise<Tokens> {
  const secret: Record<string, string> = clientSecret === undefined ? {} : { client_secret: clientSecret };
  const { status, text } = await post(
    `${baseUrl}/-/oauth_token`,
    new URLSearchParams({ ...grant, client_id: clientId, ...secret }),
    signal,
  );
  if (status === 429) {
    throw new StageledgerError("ASANA_RATE_LIMITED", `Asana gives no new token now (${status}, ${TOKEN_CALL}).`, {
      next: "It is tried again by itself.",
    });
  }
  if (status >= 500) throw unreachable(`it answered ${status}`);
  if (status !== 200) {
    throw new StageledgerError("ASANA_UNAUTHORISED", `Asana refuses to give a token (${status}, ${TOKEN_CALL}).`, {
      next: CONNECT_AGAIN,
    });
  }
  const parsed = tokensSchema.safeParse(jsonOrUndefined(text));
  if (parsed.success) return parsed.data;
  throw wrongShape(TOKEN_CALL, parsed.error.issues[0]?.path.map(String).join(".") ?? "");
}

async function post(
  url: string,
  body: URLSearchParams,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  try {
    const answer = await fetch(url, {
      method: "POST",
      body,
      // A redirect would lead the app's secret elsewhere.
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    return { status: answer.status, text: await answer.text() };
  } catch (cause) {
    signal.throwIfAborted();
    throw unreachable(timeout.aborted ? "it did not answer in time" : "the connection failed or broke off", cause);
  }
}

function credentialsOf(app: OAuthApp, tokens: Tokens, refreshToken: string, pacing: Pacing): OAuthCredentials {
  return {
    kind: "oauth",
    refreshToken,
    accessToken: tokens.access_token,
    expiresAt: pacing.now() + tokens.expires_in * 1000,
    clientId: app.clientId,
    ...(app.clientSecret === undefined ? {} : { clientSecret: app.clientSecret }),
  };
}

function unreachable(why: string, cause?: unknown): StageledgerError {
  return new StageledgerError("ASANA_UNREACHABLE", `Asana could not be reached (${TOKEN_CALL}): ${why}.`, {
    next: "Is the network (proxy, firewall) up? https://status.asana.com shows outages. It is tried again by itself.",
    cause,
  });
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
