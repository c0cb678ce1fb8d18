/** The door for Asana's webhooks on a free port of this machine, and an Asana that knocks there. */
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { addConnection, addHook, type Database, inTransaction, openTenantSecrets, removeHook } from "@stageledger/db";
import express from "express";
import { sql } from "kysely";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { hookRoutes } from "../../apps/asana-sync/src/door/hook-routes.ts";
import { hardenedServer, type ServerLimits } from "../../packages/sync/src/http/hardened-server.ts";
import type { Job } from "../../packages/sync/src/queue/job.ts";
import { aTenant, type TestTenant } from "./database/a-tenant.ts";

export const RECEIVED_AT = Date.UTC(2026, 8, 7, 9);

export interface AsanaDoor {
  readonly url: string;
  readonly port: number;
  readonly tenant: TestTenant;
  readonly connectionId: string;
  /** All that the door said of its work, as JSON. */
  readonly log: string[];
  readonly asked: readonly Job[];
  /** Requests whose headers have come. */
  readonly knocks: () => number;
  readonly clock: { now: number };
}

/** With a tenant and a connection of its own; ends with the test. */
export async function anAsanaDoor(database: Database, limits: Partial<ServerLimits> = {}): Promise<AsanaDoor> {
  const tenant = await aTenant(database);
  const connectionId = await aConnection(database, tenant);
  const clock = { now: RECEIVED_AT };
  const log: string[] = [];
  const asked: Job[] = [];
  let knocks = 0;
  const app = express();
  app.use((_request, _response, next) => {
    knocks += 1;
    next();
  });
  app.use(
    hookRoutes({
      database,
      masterKey: tenant.masterKey,
      pacing: { now: () => clock.now, random: Math.random, sleep: () => Promise.resolve() },
      random: randomBytes,
      newId: randomUUID,
      log: (event, details) => void log.push(JSON.stringify([event, details])),
      ask: (job) => void asked.push(job),
    }),
  );
  const server = hardenedServer(app, limits);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    tenant,
    connectionId,
    log,
    asked,
    knocks: () => knocks,
    clock,
  };
}

function aConnection(database: Database, { tenantId, masterKey }: TestTenant): Promise<string> {
  const connectionId = randomUUID();
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const connection = { connectionId, kind: "asana", workspace: "1200000000000001" } as const;
    await addConnection(trx, tenantId, connection, "credentials", secrets, randomBytes, RECEIVED_AT);
    return connectionId;
  });
}

export interface Webhook {
  readonly hookId: string;
  readonly token: string;
  readonly secret: string;
}

/** A path that was made for a webhook, and waits for its secret. */
export async function aPendingHook(
  database: Database,
  { tenant: { tenantId }, connectionId }: Pick<AsanaDoor, "tenant" | "connectionId">,
): Promise<Webhook> {
  const webhook = {
    hookId: randomUUID(),
    token: randomBytes(24).toString("base64url"),
    secret: "the-secret-of-the-webhook",
  };
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    addHook(
      trx,
      tenantId,
      { hookId: webhook.hookId, connectionId, sourceProject: "1200000000000077" },
      webhook.token,
      RECEIVED_AT,
    ),
  );
  return webhook;
}

/** One that has brought its secret. */
export async function aHook(database: Database, door: AsanaDoor): Promise<Webhook> {
  const webhook = await aPendingHook(database, door);
  const answer = await bringSecret(door, webhook);
  if (answer.status !== 200) throw new Error(`The handshake was answered with ${answer.status}.`);
  return webhook;
}

export function takeBack(database: Database, { tenantId }: TestTenant, { hookId }: Webhook): Promise<void> {
  return inTransaction(database, { role: "recorder", tenantId }, (trx) => removeHook(trx, tenantId, hookId));
}

export function bringSecret(
  door: AsanaDoor,
  { token, secret }: Pick<Webhook, "token" | "secret">,
  body = "{}",
): Promise<Response> {
  return knock(door, token, body, { "x-hook-secret": secret });
}

export function deliver(door: AsanaDoor, { token, secret }: Webhook, body: string | Buffer): Promise<Response> {
  return knock(door, token, body, { "x-hook-signature": signatureOf(secret, body) });
}

export function knock(
  { url }: Pick<AsanaDoor, "url">,
  token: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  return fetch(`${url}/hooks/asana/${token}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(body),
  });
}

/** By the specification: HMAC-SHA256 of the bytes, in hexadecimal digits. */
export function signatureOf(secret: string, body: string | Buffer): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

/** A task that was moved into a section. */
export function aDelivery(...gids: readonly string[]): string {
  return JSON.stringify({ events: gids.map((gid) => anEvent(gid)) });
}

export function anEvent(gid: string) {
  return {
    user: { gid: "1200000000000009", resource_type: "user" },
    created_at: "2026-09-07T08:59:58.500Z",
    action: "added",
    resource: { gid, resource_type: "task", resource_subtype: "default_task" },
    parent: { gid: "1200000000000055", resource_type: "section" },
  };
}

const bellRow = z.object({
  bell_id: z.string(),
  connection: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number()])),
  received_at_ms: z.number(),
  state: z.string(),
  attempts: z.number(),
  due_at_ms: z.number(),
  error_code: z.string().nullable(),
  transaction: z.string(),
});

/** All rows of the tenant's inbox, and by which transaction each came. */
export function inboxOf(database: Database, { tenantId }: TestTenant): Promise<readonly z.infer<typeof bellRow>[]> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const { rows } = await sql`
      select bell_id, connection, fields, received_at_ms, state, attempts, due_at_ms, error_code, xmin::text as transaction
      from inbox.bell where tenant_id = ${tenantId}::uuid`.execute(trx);
    return z.array(bellRow).parse(rows);
  });
}

/** Code and shape of a refusal. */
export async function problemOf(response: Response): Promise<{ readonly status: number; readonly code: string }> {
  const text = await response.text();
  const problem = z
    .strictObject({
      type: z.string().startsWith("urn:stageledger:error:"),
      title: z.string().min(1),
      status: z.literal(response.status),
      code: z.string(),
      detail: z.string().min(1),
    })
    .parse(JSON.parse(text));
  if (response.headers.get("content-type") !== "application/problem+json; charset=utf-8")
    throw new Error(`Not a problem: ${response.headers.get("content-type")}`);
  return { status: response.status, code: problem.code };
}
