/** The token of a connection, renewed before it expires. */
import type { TokenSource } from "./asana-calls.ts";
import { type AsanaCredentials, credentialsJson, type OAuthCredentials } from "./credentials.ts";
import { type OAuthOptions, refreshTokens } from "./oauth.ts";

/** An access token is renewed so long before its end, so that it does not expire on the way. */
const RENEW_BEFORE_MILLISECONDS = 60_000;

/**
 * A personal access token stays as it is. An access token is renewed when it is about to expire or was refused; who asks
 * meanwhile waits for the same renewal.
 *
 * @param save keeps the renewed credentials, before anybody gets their token. Where it fails the token is used all the same: the
 * one that was saved before can still be renewed.
 * @param onUnsaved told when it failed
 */
export function tokenSource(
  credentials: AsanaCredentials,
  save: (json: string) => Promise<void>,
  options: OAuthOptions,
  onUnsaved: (error: unknown) => void,
): TokenSource {
  if (credentials.kind === "token") return async () => credentials.token;
  let current: OAuthCredentials = credentials;
  let renewal: Promise<void> | undefined;

  const renew = async () => {
    current = await refreshTokens(current, options);
    await save(credentialsJson(current)).catch(onUnsaved);
  };

  return async (refused) => {
    const isEnding = current.expiresAt - RENEW_BEFORE_MILLISECONDS <= options.pacing.now();
    if (isEnding || current.accessToken === refused) {
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
    }
    await renewal;
    return current.accessToken;
  };
}
