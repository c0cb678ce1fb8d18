import { createHash, randomBytes } from "node:crypto";
import { type Answer, ok } from "./answer.ts";

const ACCESS_SECONDS = 3600;

export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
}

/** Whoever agrees in the browser. */
type Owner = () => { readonly gid: string; readonly name: string; readonly email: string };

interface Grant {
  readonly redirectUri: string;
  readonly challenge: string | undefined;
}

/** Who may call: personal tokens that last, and OAuth tokens of one app, whose access ends after an hour. */
export class Tokens {
  /** Whether a refresh gives a refresh token again; without one the old stays good. */
  refreshGivesToken = false;
  readonly #now: () => number;
  readonly #app: OAuthApp;
  readonly #validUntilByToken = new Map<string, number>();
  readonly #grantByCode = new Map<string, Grant>();
  readonly #refreshTokens = new Set<string>();
  readonly #user: Owner;

  constructor(now: () => number, app: OAuthApp, personalTokens: readonly string[], user: Owner) {
    this.#now = now;
    this.#app = app;
    this.#user = user;
    for (const token of personalTokens) this.#validUntilByToken.set(token, Number.POSITIVE_INFINITY);
  }

  isGood(token: string): boolean {
    return this.#now() < (this.#validUntilByToken.get(token) ?? 0);
  }

  /** As if its owner had revoked it in Asana. */
  revoke(token: string): void {
    this.#validUntilByToken.delete(token);
    this.#refreshTokens.delete(token);
  }

  /** GET /-/oauth_authorize: a person who agrees at once, sent back with a code and the state. */
  authorize(query: URLSearchParams): Answer {
    const redirectUri = query.get("redirect_uri") ?? "";
    const isKnown = query.get("client_id") === this.#app.clientId && this.#app.redirectUris.includes(redirectUri);
    const method = query.get("code_challenge_method");
    const challenge = query.get("code_challenge") ?? undefined;
    if (!isKnown || query.get("response_type") !== "code") return refuse("invalid_request");
    if (challenge !== undefined && method !== "S256") return refuse("invalid_request");
    const code = randomBytes(12).toString("hex");
    this.#grantByCode.set(code, { redirectUri, challenge });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", query.get("state") ?? "");
    return { status: 302, headers: { location: back.href } };
  }

  /** POST /-/oauth_token. A code is good once, with the verifier of its challenge. */
  give(form: URLSearchParams): Answer {
    const isApp = form.get("client_id") === this.#app.clientId && form.get("client_secret") === this.#app.clientSecret;
    if (!isApp) return refuse("invalid_client");
    switch (form.get("grant_type")) {
      case "authorization_code":
        return this.#exchange(form);
      case "refresh_token":
        if (!this.#refreshTokens.has(form.get("refresh_token") ?? "")) return refuse("invalid_grant");
        return this.#grant(this.refreshGivesToken);
      default:
        return refuse("unsupported_grant_type");
    }
  }

  /** POST /-/oauth_revoke: a refresh token and with it all access. */
  takeBack(form: URLSearchParams): Answer {
    this.revoke(form.get("token") ?? "");
    return ok({});
  }

  #exchange(form: URLSearchParams): Answer {
    const code = form.get("code") ?? "";
    const grant = this.#grantByCode.get(code);
    this.#grantByCode.delete(code);
    const verifier = createHash("sha256").update(form.get("code_verifier") ?? "");
    const isProven = grant?.challenge === undefined || grant.challenge === verifier.digest("base64url");
    if (grant === undefined || !isProven || grant.redirectUri !== form.get("redirect_uri"))
      return refuse("invalid_grant");
    return this.#grant(true);
  }

  #grant(withRefreshToken: boolean): Answer {
    const accessToken = `access-${randomBytes(12).toString("hex")}`;
    this.#validUntilByToken.set(accessToken, this.#now() + ACCESS_SECONDS * 1000);
    const { gid, name, email } = this.#user();
    const given = { access_token: accessToken, token_type: "bearer", expires_in: ACCESS_SECONDS };
    const data = { id: gid, gid, name, email };
    if (!withRefreshToken) return ok({ ...given, data });
    const refreshToken = `refresh-${randomBytes(12).toString("hex")}`;
    this.#refreshTokens.add(refreshToken);
    return ok({ ...given, refresh_token: refreshToken, data });
  }
}

function refuse(error: string): Answer {
  return { status: 400, json: { error, error_description: "The request was refused." } };
}
