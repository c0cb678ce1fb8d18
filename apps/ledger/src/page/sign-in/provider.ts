/** One provider that signs people in, by OpenID Connect: authorization code, PKCE, state and nonce. All that is taken from it is who somebody is. */
import { StageledgerError } from "@stageledger/core";
import type { Identity } from "@stageledger/db";
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { Log } from "../../http/problem.ts";
import type { ProviderSettings } from "./sign-in-settings.ts";

/** What proves that an answer belongs to a question of the same browser. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const TIMEOUT_SECONDS = 8;
/** Who somebody is; neither their name nor their address. */
const SCOPE = "openid";
/** Of the library's codes those that say: not now. */
const NOT_NOW = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
]);

export class Provider {
  readonly name: string;
  readonly #settings: ProviderSettings;
  /** Where it sends people back to. Each provider has its own, so that none can pass off another's answer. */
  readonly #callback: string;
  readonly #log: Log;
  #known: Promise<Configuration> | undefined;

  /** @param callback an address of ours */
  constructor(settings: ProviderSettings, callback: string, log: Log) {
    this.name = settings.name;
    this.#settings = settings;
    this.#callback = callback;
    this.#log = log;
  }

  /** @throws StageledgerError SIGN_IN_UNREACHABLE */
  async begin(): Promise<{ readonly address: string; readonly checks: Checks }> {
    const configuration = await this.#configuration();
    const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const address = buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback,
      scope: SCOPE,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: "S256",
    });
    return { address: address.href, checks };
  }

  /**
   * @param query what it sent along with the browser
   * @throws StageledgerError SIGN_IN_REFUSED, SIGN_IN_UNREACHABLE
   */
  async finish(query: string, { state, nonce, verifier }: Checks): Promise<Identity> {
    const configuration = await this.#configuration();
    try {
      const told = await authorizationCodeGrant(configuration, new URL(`${this.#callback}${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = told.claims();
      if (claims === undefined) throw signInRefused();
      return { issuer: claims.iss, subject: claims.sub };
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #configuration(): Promise<Configuration> {
    this.#known ??= this.#discover();
    return this.#known;
  }

  async #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    try {
      return await discovery(issuer, clientId, clientSecret, undefined, {
        timeout: TIMEOUT_SECONDS,
        // Its signature is looked at, too, though the token comes straight from the provider.
        execute: [enableNonRepudiationChecks, ...(issuer.protocol === "http:" ? [allowInsecureRequests] : [])],
      });
    } catch (error) {
      // Asked anew by whoever comes next.
      this.#known = undefined;
      this.#log("sign-in provider unreachable", { cause: codeOf(error) });
      throw unreachable(error);
    }
  }

  /** What the library and the provider say may quote who somebody is: of it only the library's own code is kept. */
  #failure(error: unknown): StageledgerError {
    if (error instanceof StageledgerError) return error;
    const cause = codeOf(error);
    this.#log("sign-in failed", { cause });
    const isFetch = error instanceof TypeError && error.message === "fetch failed";
    return isFetch || NOT_NOW.has(cause) ? unreachable(error) : signInRefused();
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ClientError) return error.code ?? "OAUTH_UNKNOWN";
  return error instanceof Error ? error.name : "unknown";
}

export function signInRefused(): StageledgerError {
  return new StageledgerError("SIGN_IN_REFUSED", "Signing in did not work, or took too long.", {
    next: "Sign in again, in one window, from the ledger's own page.",
  });
}

function unreachable(cause: unknown): StageledgerError {
  return new StageledgerError("SIGN_IN_UNREACHABLE", "Whoever signs people in cannot be reached now.", {
    next: "Try again in a moment. If it stays so, whoever runs the ledger should look at OIDC_ISSUER.",
    cause: cause instanceof Error ? cause.name : undefined,
  });
}
