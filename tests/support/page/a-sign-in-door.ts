/** Signing in on a free port of this machine, with a provider and browsers that keep cookies; everything ends with the test. */
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { addInvite, type Database, inTransaction, type MasterKey, type MemberRole } from "@stageledger/db";
import express from "express";
import { onTestFinished } from "vitest";
import { pageRoutes } from "../../../apps/ledger/src/page/page-routes.ts";
import { findSessionOf } from "../../../apps/ledger/src/page/session/find-session.ts";
import type { SessionContext } from "../../../apps/ledger/src/page/session/session-context.ts";
import { sessionRoutes } from "../../../apps/ledger/src/page/session/session-routes.ts";
import { signInRoutes } from "../../../apps/ledger/src/page/sign-in/sign-in-routes.ts";
import type { MadeUpPerson } from "../../simulators/oidc/made-up-people.ts";
import { type OidcProvider, startOidcProvider } from "../../simulators/oidc/oidc-provider.ts";
import type { TestTenant } from "../database/a-tenant.ts";
import { aBrowser, type Browser } from "./a-browser.ts";

export interface SignInDoor {
  readonly database: Database;
  readonly masterKey: MasterKey;
  /** Where the door really is. */
  readonly url: string;
  /** Where it believes to be. */
  readonly publicUrl: string;
  readonly provider: OidcProvider;
  readonly clock: { now: number };
  /** All that the door said of its work, as JSON. */
  readonly log: string[];
}

interface DoorOptions {
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly people?: readonly MadeUpPerson[];
  /** A public address over https, as behind a proxy; the door's own otherwise. */
  readonly publicUrl?: string;
  /** What this machine is called in its address: `localhost` is another site than the provider's 127.0.0.1. */
  readonly host?: string;
  /** How many providers there are. */
  readonly providers?: 1 | 2;
}

const CLIENT_ID = "the-ledger";
const CLIENT_SECRET = "a secret: of / the ledger's";

export async function aSignInDoor({
  database,
  masterKey,
  people,
  publicUrl,
  host = "127.0.0.1",
  providers = 1,
}: DoorOptions): Promise<SignInDoor> {
  const provider = await startOidcProvider(people === undefined ? {} : { people });
  onTestFinished(() => provider.close());
  const clock = { now: Date.now() };
  const log: string[] = [];
  const app = express();
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The door has no port.");
  const url = `http://${host}:${address.port}`;
  const context: SessionContext = {
    database,
    masterKey,
    publicUrl: publicUrl ?? url,
    now: () => clock.now,
    random: randomBytes,
    newId: randomUUID,
    log: (event, details) => void log.push(JSON.stringify([event, details])),
  };
  const settings = ["", "-2"].slice(0, providers).map((suffix, at) => {
    const clientId = `${CLIENT_ID}${suffix}`;
    const redirectUri = `${context.publicUrl}/sign-in/callback${at === 0 ? "" : "/2"}`;
    provider.register({ clientId, clientSecret: CLIENT_SECRET, redirectUri });
    return { issuer: new URL(provider.issuer), clientId, clientSecret: CLIENT_SECRET, name: `Provider ${at + 1}` };
  });
  app.use(signInRoutes(context, settings));
  app.use(sessionRoutes(context));
  app.use(pageRoutes({ ...context, findMember: (request) => findSessionOf(context, request) }));
  app.get("/", (_request, response) => void response.send('<link rel="icon" href="data:,"><title>home</title>'));
  return { database, masterKey, url, publicUrl: context.publicUrl, provider, clock, log };
}

export function aBrowserAt({ url, publicUrl }: SignInDoor): Browser {
  return aBrowser({ [publicUrl]: url });
}

/** A code that is good for a week. */
export async function anInvite(
  { database, clock }: Pick<SignInDoor, "database" | "clock">,
  { tenantId }: Pick<TestTenant, "tenantId">,
  role: MemberRole = "member",
): Promise<string> {
  const invite = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    addInvite(trx, tenantId, { role, lifeMilliseconds: 7 * 86_400_000 }, randomBytes, clock.now),
  );
  return invite.code;
}

/** Clicks on a person at the provider, and comes back. */
export async function signIn(browser: Browser, door: SignInDoor, subject: string, to = "/"): Promise<void> {
  await browser.open(`${door.publicUrl}/sign-in?${new URLSearchParams({ to })}`);
  await browser.submit({ subject });
}

/** Signs in and joins by a new code. */
export async function joined(
  door: SignInDoor,
  tenant: Pick<TestTenant, "tenantId">,
  subject: string,
  role: MemberRole = "member",
): Promise<Browser> {
  const browser = aBrowserAt(door);
  await signIn(browser, door, subject);
  await browser.submit({ code: await anInvite(door, tenant, role) });
  return browser;
}
