/** Who calls, proved by the token that Forge sends along: an RS256 signature by Forge, made for our app and this environment. */
import { StageledgerError } from "@stageledger/core";
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";

export interface ForgeTokenOptions {
  /** Our app's id: whom the token has to be made for. Of our configuration, or any Forge app's token would do. */
  readonly appId: string;
  /** The environment that this server is for, such as PRODUCTION. */
  readonly environment: string;
  /** Where Forge publishes its keys. */
  readonly keysUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Lives at the edge only: neither stored nor logged. */
export interface ProvedToken {
  readonly installationId: string;
  /** Undefined when no person calls: an event, a schedule. */
  readonly accountId: string | undefined;
  /** The kind of the app's module that calls, such as `jira:issueContext`; undefined where it is not told. */
  readonly moduleType: string | undefined;
  /** Where Forge says that the site's REST interface is; undefined where it does not say. */
  readonly apiBaseUrl: string | undefined;
  readonly tokenId: string;
  /** Epoch milliseconds; afterwards it is refused. */
  readonly expiresAt: number;
}

/** @throws StageledgerError TOKEN_REFUSED, TOKEN_KEYS_UNREACHABLE */
export type ReadToken = (token: string) => Promise<ProvedToken>;

const ISSUER = "forge/invocation-token";
const TOLERANCE_SECONDS = 5;
/** Forge's own live for less than a minute; a far end would let a stolen one be used for as long. */
const LONGEST_LIFE_SECONDS = 24 * 3600;
const SECOND_MILLISECONDS = 1000;
const MOST_TOKEN_CHARACTERS = 16_384;
const MOST_URL_CHARACTERS = 2000;
const KEYS_TIMEOUT_MILLISECONDS = 5000;

const id = z.string().min(1).max(500);
/** What can come as text is told as an object elsewhere, and the other way round: both are read. */
const claimsSchema = z.object({
  jti: id,
  exp: z.number(),
  iat: z.number(),
  app: z.object({
    installationId: id,
    apiBaseUrl: z.string().max(MOST_URL_CHARACTERS).optional().catch(undefined),
    module: z
      .union([id, z.object({ type: id }).transform(({ type }) => type)])
      .nullish()
      .catch(undefined),
    environment: z.union([id, z.object({ type: id }).transform(({ type }) => type)]),
  }),
  principal: z.union([id, z.object({ accountId: id }).transform(({ accountId }) => accountId)]).nullish(),
});

/** Keys are fetched when they are first needed, kept for some minutes, and fetched anew for a key that is not among them. */
export function forgeTokenReader({ appId, environment, keysUrl, now }: ForgeTokenOptions): ReadToken {
  const keys = keysOf(keysUrl);
  return async (token) => {
    if (token.length > MOST_TOKEN_CHARACTERS) throw refused();
    const claims = claimsSchema.safeParse(await verified(token, keys, appId, now()));
    if (!claims.success) throw refused();
    const { jti, exp, iat, app, principal } = claims.data;
    if (iat > now() / SECOND_MILLISECONDS + TOLERANCE_SECONDS || exp - iat > LONGEST_LIFE_SECONDS) throw refused();
    if (app.environment.toLowerCase() !== environment.toLowerCase()) throw refused();
    return {
      installationId: app.installationId,
      apiBaseUrl: app.apiBaseUrl,
      moduleType: app.module ?? undefined,
      accountId: principal == null ? undefined : bareAccount(principal),
      tokenId: jti,
      expiresAt: (exp + TOLERANCE_SECONDS) * SECOND_MILLISECONDS,
    };
  };
}

async function verified(token: string, keys: JWTVerifyGetKey, audience: string, now: number): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["RS256"],
      issuer: ISSUER,
      audience,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ["exp", "iat", "jti"],
    });
    return payload;
  } catch (error) {
    if (error instanceof StageledgerError) throw error;
    // Not handed on as a cause: it may hold the token.
    throw refused();
  }
}

/** What cannot be fetched now is another matter than a key that is not there. */
function keysOf(url: string): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), { timeoutDuration: KEYS_TIMEOUT_MILLISECONDS });
  return async (header, token) => {
    // Without a name the one key that fits would do, and a name is what tells an old key from a new one.
    if (header?.kid === undefined) throw refused();
    return remote(header, token).catch((error: unknown) => {
      throw keyFailure(error);
    });
  };
}

function keyFailure(cause: unknown): StageledgerError {
  if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) return refused();
  return new StageledgerError("TOKEN_KEYS_UNREACHABLE", "The keys of Forge cannot be fetched now.", {
    next: "Try again in a moment.",
    cause,
  });
}

/** The same person, however the id is written. */
function bareAccount(principal: string): string {
  return principal.replace(/^ari:cloud:identity::user\//u, "");
}

function refused(): StageledgerError {
  return new StageledgerError("TOKEN_REFUSED", "This call is not proved to come from Jira.", {
    next: "Reload the page; if it stays so, an admin should check the server's FORGE_APP_ID and FORGE_ENVIRONMENT.",
  });
}
