/**
 * What the door for Asana costs on a PostgreSQL that waits for the disk: against a route that only verifies and answers, and
 * against one insert a request. Asana is a process of its own with 50 connections that are kept alive.
 */
import { fork } from "node:child_process";
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { join } from "node:path";
import { addConnection, addHook, appendBells, type Database, inTransaction, openTenantSecrets } from "@stageledger/db";
import express, { type Express } from "express";
import { sql } from "kysely";
import { z } from "zod";
import { hookRoutes } from "../../apps/asana-sync/src/door/hook-routes.ts";
import { readDelivery } from "../../apps/asana-sync/src/door/read-delivery.ts";
import { isSignedBy } from "../../apps/asana-sync/src/door/signature.ts";
import { hardenedServer } from "../../packages/sync/src/http/hardened-server.ts";
import { realPacing } from "../../packages/sync/src/pacing.ts";
import { aTenant, type TestTenant } from "../support/database/a-tenant.ts";
import { onAServer } from "./on-a-server.ts";
import { median, type Result } from "./result.ts";

const CONNECTIONS = 50;
const WARM_UP_MILLISECONDS = 1000;
const MEASURED_MILLISECONDS = 3000;
const DIFFERENT_REQUESTS = 500;
const TOKEN = "the-path-of-the-webhook";
const SECRET = "the-secret-of-the-webhook";
const PATH = `/hooks/asana/${TOKEN}`;

interface Webhook extends TestTenant {
  readonly hookId: string;
}

async function aWebhook(database: Database): Promise<Webhook> {
  const tenant = await aTenant(database);
  const { tenantId, masterKey } = tenant;
  const [connectionId, hookId] = [randomUUID(), randomUUID()];
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    await addConnection(
      trx,
      tenantId,
      { connectionId, kind: "asana", workspace: "1" },
      "none",
      secrets,
      randomBytes,
      0,
    );
    await addHook(trx, tenantId, { hookId, connectionId, sourceProject: "1200000000000077" }, TOKEN, 0);
  });
  return { ...tenant, hookId };
}

/** (a) Proves the sender and answers; keeps nothing. */
function verifyOnly(): Express {
  const app = express();
  app.post("/hooks/asana/:token", express.raw({ type: "*/*" }), (request, response) => {
    const isSigned = isSignedBy(SECRET, request.body, request.get("x-hook-signature") ?? "");
    response.status(isSigned ? 200 : 401).end();
  });
  return app;
}

/** (b) The product. */
function ourDoor(database: Database, { masterKey }: Webhook): Express {
  const app = express();
  const log = (event: string): void => void process.stderr.write(`${event}\n`);
  const ids = { random: randomBytes, newId: randomUUID };
  app.use(hookRoutes({ database, masterKey, pacing: realPacing, ...ids, log, ask: () => undefined }));
  return app;
}

/** (c) The same insert, for each request by itself. */
function oneInsertARequest(database: Database, { tenantId, hookId }: Webhook): Express {
  const app = express();
  app.post("/hooks/asana/:token", express.raw({ type: "*/*" }), async (request, response) => {
    const isSigned = isSignedBy(SECRET, request.body, request.get("x-hook-signature") ?? "");
    if (!isSigned) return void response.status(401).end();
    const { bells } = readDelivery(request.body);
    const rung = bells.map((fields) => ({ bellId: randomUUID(), hookId, fields }));
    await appendBells(database, tenantId, rung, Date.now());
    response.status(200).end();
  });
  return app;
}

/** Deliveries of one event, as Asana writes them. */
function requests(): string[] {
  return Array.from({ length: DIFFERENT_REQUESTS }, (_, place) => {
    const event = {
      user: { gid: "1200000000000009", resource_type: "user" },
      created_at: "2026-09-07T08:59:58.500Z",
      action: "added",
      resource: { gid: String(1_200_000_000_001_000 + place), resource_type: "task", resource_subtype: "default_task" },
      parent: { gid: "1200000000000055", resource_type: "section" },
    };
    const body = JSON.stringify({ events: [event] });
    const signature = createHmac("sha256", SECRET).update(body).digest("hex");
    const head = ["host: door", "content-type: application/json", `content-length: ${body.length}`];
    return [`POST ${PATH} HTTP/1.1`, ...head, `x-hook-signature: ${signature}`, "", body].join("\r\n");
  });
}

const told = z.object({ perSecond: z.number(), sent: z.number() });

/** Answers a second. @throws Error when one was not 200 */
async function answersASecond(server: Server): Promise<z.infer<typeof told>> {
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const child = fork(join(import.meta.dirname, "knock-at-door.ts"));
  const ended = new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`The deliveries ended with ${code}.`))));
  });
  const answer = new Promise<unknown>((resolve) => child.once("message", resolve));
  const times = { warmUpMilliseconds: WARM_UP_MILLISECONDS, milliseconds: MEASURED_MILLISECONDS };
  child.send({ port, requests: requests(), connections: CONNECTIONS, ...times });
  await ended;
  return told.parse(await answer);
}

async function measure(app: Express): Promise<z.infer<typeof told>> {
  const server = hardenedServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await answersASecond(server);
  } finally {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}

/** Measures a door that keeps what it answers 200 for, and sees that it did. */
async function measureDurable(database: Database, app: Express): Promise<number> {
  await sql`truncate inbox.bell`.execute(database.kysely);
  await sql`checkpoint`.execute(database.kysely);
  const { perSecond, sent } = await measure(app);
  const { rows } = await sql<{ bells: number }>`select count(*) as bells from inbox.bell`.execute(database.kysely);
  if (rows[0]?.bells !== sent) throw new Error(`${sent} deliveries were answered, ${rows[0]?.bells} bells are there.`);
  return perSecond;
}

async function shakeHands(app: Express): Promise<void> {
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const headers = { "x-hook-secret": SECRET };
  const { status } = await fetch(`http://127.0.0.1:${port}${PATH}`, { method: "POST", headers, body: "{}" });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  if (status !== 200) throw new Error(`The handshake was answered with ${status}.`);
}

export function asanaDoorSpeed(rounds: number): Promise<readonly Result[]> {
  return onAServer(
    async (database) => {
      const webhook = await aWebhook(database);
      const bare = verifyOnly();
      const door = ourDoor(database, webhook);
      const single = oneInsertARequest(database, webhook);
      await shakeHands(door);
      const toBare: number[] = [];
      const toSingle: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const { perSecond: answered } = await measure(bare);
        const kept = await measureDurable(database, door);
        const keptSingly = await measureDurable(database, single);
        toBare.push(kept / answered);
        toSingle.push(kept / keptSingly);
        const figures = [answered, kept, keptSingly].map((figure) => Math.round(figure));
        process.stderr.write(
          `answers a second: bare ${figures[0]}, door ${figures[1]}, one insert each ${figures[2]}\n`,
        );
      }
      return [
        {
          name: "deliveries that Asana's door makes durable, in speed",
          ratio: median(toBare),
          limit: { atLeast: 0.4 },
          baseline: "an Express route that only verifies the signature and answers",
        },
        {
          name: "the same, in speed",
          ratio: median(toSingle),
          limit: { atLeast: 3 },
          baseline: "one insert a request",
        },
      ];
    },
    { isDurable: true },
  );
}
