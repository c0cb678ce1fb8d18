/** Forge as a remote sees it: it signs who calls, and publishes the keys that prove it. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";

export const APP_ID = "ari:cloud:ecosystem::app/11111111-2222-3333-4444-555555555555";
export const ENVIRONMENT = "PRODUCTION";

const LIFE_SECONDS = 25;
const KID = "forge-key-1";

interface TokenClaims {
  readonly installationId: string;
  /** Undefined: an event or a schedule calls, and no person. */
  readonly accountId: string | undefined;
  /** Of the Jira site that the app is installed in; nowhere unless said. */
  readonly apiBaseUrl?: string;
  /** What calls; unless said the panel, and where no person calls a trigger. */
  readonly module?: { readonly type: string; readonly key: string };
}

const TRIGGER = { type: "core:trigger", key: "events" } as const;
const PANEL = { type: "jira:issueContext", key: "panel" } as const;
const NOWHERE = "https://api.example.invalid/ex/jira/0000";

/** What a test says otherwise; undefined takes a claim away. */
export interface TokenOverrides {
  readonly header?: Partial<Record<keyof JWTHeaderParameters, string | undefined>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signs with a key that Forge never published. */
  readonly isForeign?: boolean;
}

/** On a free port of this machine. */
export interface FakeForge {
  readonly keysUrl: string;
  /** How often the keys were fetched. */
  readonly keyRequests: () => number;
  /** The public key, as text that somebody could sign with. */
  readonly publicKeyText: () => Promise<string>;
  /** From now on the keys are answered with a 503, or again. */
  setOutage(isOut: boolean): void;
  mint(claims: TokenClaims, overrides?: TokenOverrides): Promise<string>;
  /** The claims of a token as minted, for those who sign it otherwise. */
  claimsOf(claims: TokenClaims, overrides?: TokenOverrides): Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** A key pair takes longer to make than most tests: all fake Forges of a process sign with the same. */
const ownKeys = madeOnce(() => generateKeyPair("RS256", { extractable: true }));
const foreignKeys = madeOnce(() => generateKeyPair("RS256"));

function madeOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** @param now epoch milliseconds: tokens are minted at it */
export async function startFakeForge(now: () => number): Promise<FakeForge> {
  const pair = await ownKeys();
  const publicKey = { ...(await exportJWK(pair.publicKey)), kid: KID, alg: "RS256", use: "sig" };
  let isOut = false;
  let keyRequests = 0;
  const server = createServer((_request, response) => {
    keyRequests += 1;
    response.statusCode = isOut ? 503 : 200;
    response.setHeader("content-type", "application/json").end(JSON.stringify(isOut ? {} : { keys: [publicKey] }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake Forge has no port.");

  function claimsOf(
    {
      installationId,
      accountId,
      apiBaseUrl = NOWHERE,
      module = accountId === undefined ? TRIGGER : PANEL,
    }: TokenClaims,
    { claims = {} }: TokenOverrides = {},
  ) {
    const seconds = Math.floor(now() / 1000);
    return {
      iss: "forge/invocation-token",
      aud: APP_ID,
      jti: randomUUID(),
      iat: seconds,
      nbf: seconds,
      exp: seconds + LIFE_SECONDS,
      app: {
        id: APP_ID,
        version: "1",
        installationId,
        apiBaseUrl,
        environment: { type: ENVIRONMENT, id: "ari:cloud:ecosystem::environment/1/2" },
        module,
      },
      ...(accountId === undefined ? {} : { principal: accountId }),
      ...claims,
    };
  }

  return {
    keysUrl: `http://127.0.0.1:${address.port}/.well-known/jwks.json`,
    keyRequests: () => keyRequests,
    publicKeyText: async () => JSON.stringify(await exportJWK(pair.publicKey)),
    setOutage: (out) => {
      isOut = out;
    },
    claimsOf,
    mint: async (claims, overrides = {}) =>
      new SignJWT(withoutUndefined(claimsOf(claims, overrides)))
        .setProtectedHeader({ typ: "JWT", ...withoutUndefined({ kid: KID, ...overrides.header }), alg: "RS256" })
        .sign((overrides.isForeign === true ? await foreignKeys() : pair).privateKey),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function withoutUndefined<T>(members: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
