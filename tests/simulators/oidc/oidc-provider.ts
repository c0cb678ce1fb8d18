/** A small OpenID Connect provider on a free port of this machine: discovery, keys, one-click authorization, and a token endpoint. */
import { hash, randomUUID } from "node:crypto";
import { once } from "node:events";
import express, { type Request, type Response } from "express";
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose";
import { authorizePage } from "./authorize-page.ts";
import { MADE_UP_PEOPLE, type MadeUpPerson } from "./made-up-people.ts";

interface OidcClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Only there it sends anybody. */
  readonly redirectUri: string;
}

/** What a test has it do wrong; undefined takes a claim away. */
export interface Misbehaviour {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signs with a key that it never published. */
  readonly isForeign?: boolean;
  /** Answers at the token endpoint with this, whoever asks. */
  readonly tokenAnswer?: { readonly status: number; readonly body: string };
  /** Is gone. */
  readonly isOut?: boolean;
}

export interface OidcProvider {
  readonly issuer: string;
  /** What came to the token endpoint, and what was asked of whom. */
  readonly asked: { readonly path: string; readonly parameters: Readonly<Record<string, string>> }[];
  /** A client of its own. */
  register(client: OidcClient): void;
  misbehave(how: Misbehaviour): void;
  close(): Promise<void>;
}

interface Grant {
  readonly person: MadeUpPerson;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
  readonly scope: string;
  readonly until: number;
}

const KID = "oidc-key-1";
const CODE_SECONDS = 60;
const TOKEN_SECONDS = 300;

const ownKeys = madeOnce(() => generateKeyPair("RS256", { extractable: true }));
const foreignKeys = madeOnce(() => generateKeyPair("RS256"));

/** @param now epoch milliseconds: tokens are made at it; whoever reads them looks at this machine's clock */
export async function startOidcProvider({
  people = MADE_UP_PEOPLE,
  port = 0,
  now = Date.now,
}: {
  readonly people?: readonly MadeUpPerson[];
  readonly port?: number;
  readonly now?: () => number;
} = {}): Promise<OidcProvider> {
  const { publicKey, privateKey } = await ownKeys();
  const key = { ...(await exportJWK(publicKey)), kid: KID, alg: "RS256", use: "sig" };
  const clients = new Map<string, OidcClient>();
  const grants = new Map<string, Grant>();
  const asked: OidcProvider["asked"] = [];
  let misbehaviour: Misbehaviour = {};

  const app = express().disable("x-powered-by");
  app.use(express.urlencoded({ extended: false }));
  app.use((_request, response, next) => {
    if (misbehaviour.isOut === true) return void response.status(503).end();
    next();
  });
  app.get("/.well-known/openid-configuration", (_request, response) => {
    response.json({
      issuer: issuer(),
      authorization_endpoint: `${issuer()}/authorize`,
      token_endpoint: `${issuer()}/token`,
      jwks_uri: `${issuer()}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
      scopes_supported: ["openid", "profile", "email"],
      authorization_response_iss_parameter_supported: true,
    });
  });
  app.get("/keys", (_request, response) => void response.json({ keys: [key] }));

  app.all("/authorize", (request, response) => {
    const asks = parametersIn(request.query);
    asked.push({ path: "/authorize", parameters: asks });
    const client = clients.get(asks.client_id ?? "");
    if (client === undefined || asks.redirect_uri !== client.redirectUri) {
      return void response.status(400).send("Unknown client or redirect_uri.");
    }
    const back = new URL(client.redirectUri);
    back.searchParams.set("iss", issuer());
    if (asks.state !== undefined) back.searchParams.set("state", asks.state);
    const isSound =
      asks.response_type === "code" && asks.code_challenge_method === "S256" && asks.code_challenge !== undefined;
    if (!isSound) {
      back.searchParams.set("error", "invalid_request");
      return response.redirect(303, back.href);
    }
    if (request.method === "GET") {
      return void response.type("html").send(authorizePage(people, new URL(request.url, issuer()).search.slice(1)));
    }
    const person = people.find(({ subject }) => subject === parametersIn(request.body).subject);
    if (person === undefined) {
      back.searchParams.set("error", "access_denied");
      return response.redirect(303, back.href);
    }
    const code = randomUUID();
    grants.set(code, {
      person,
      clientId: client.clientId,
      redirectUri: client.redirectUri,
      challenge: asks.code_challenge ?? "",
      nonce: asks.nonce,
      scope: asks.scope ?? "",
      until: now() + CODE_SECONDS * 1000,
    });
    back.searchParams.set("code", code);
    response.redirect(303, back.href);
  });

  app.post("/token", async (request, response) => {
    const asks = parametersIn(request.body);
    asked.push({ path: "/token", parameters: asks });
    const { tokenAnswer } = misbehaviour;
    if (tokenAnswer !== undefined) {
      return void response.status(tokenAnswer.status).type("json").send(tokenAnswer.body);
    }
    const client = clientOf(request, asks);
    if (client === undefined) return refuse(response, 401, "invalid_client");
    const grant = grants.get(asks.code ?? "");
    grants.delete(asks.code ?? "");
    const isGood =
      asks.grant_type === "authorization_code" &&
      grant !== undefined &&
      grant.until >= now() &&
      grant.clientId === client.clientId &&
      grant.redirectUri === asks.redirect_uri &&
      hash("sha256", asks.code_verifier ?? "", "base64url") === grant.challenge;
    if (!isGood) return refuse(response, 400, "invalid_grant");
    const answer = { access_token: randomUUID(), token_type: "Bearer", expires_in: TOKEN_SECONDS };
    response.set("cache-control", "no-store").json({ ...answer, id_token: await idToken(grant) });
  });

  function clientOf({ headers }: Request, asks: Readonly<Record<string, string>>): OidcClient | undefined {
    const [, basic = ""] = /^Basic (\S+)$/u.exec(headers.authorization ?? "") ?? [];
    const [id = "", secret = ""] =
      basic === ""
        ? [asks.client_id, asks.client_secret]
        : Buffer.from(basic, "base64").toString("utf8").split(":").map(decodeURIComponent);
    const client = clients.get(id);
    return client?.clientSecret === secret ? client : undefined;
  }

  async function idToken({ person, clientId, nonce, scope }: Grant): Promise<string> {
    const seconds = Math.floor(now() / 1000);
    const claims = {
      iss: issuer(),
      sub: person.subject,
      aud: clientId,
      iat: seconds,
      exp: seconds + TOKEN_SECONDS,
      nonce,
      ...(scope.includes("profile") ? { name: person.name } : {}),
      ...(scope.includes("email") ? { email: person.email } : {}),
      ...misbehaviour.claims,
    };
    const signer: CryptoKey = misbehaviour.isForeign === true ? (await foreignKeys()).privateKey : privateKey;
    return new SignJWT(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)))
      .setProtectedHeader({ alg: "RS256", kid: KID, typ: "JWT" })
      .sign(signer);
  }

  const server = app.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The provider has no port.");
  const own = `http://127.0.0.1:${address.port}`;
  function issuer(): string {
    return own;
  }

  return {
    issuer: own,
    asked,
    register: (client) => void clients.set(client.clientId, client),
    misbehave: (how) => {
      misbehaviour = how;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}

/** Those that are said once. */
function parametersIn(said: unknown): Readonly<Record<string, string>> {
  const pairs = Object.entries(typeof said === "object" && said !== null ? said : {});
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

function madeOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
