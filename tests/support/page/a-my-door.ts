/** My time at the page's door on a free port of this machine, and members whose sessions are open already. */
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { pageSession } from "@stageledger/core/contract/page-session";
import { type Problem, problem } from "@stageledger/core/contract/problem";
import { addMember, type Database, inTransaction, openSession, openTenantSecrets } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import express, { type Router } from "express";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { type MyContext, myRoutes } from "../../../apps/ledger/src/page/my/my-routes.ts";
import { newToken } from "../../../apps/ledger/src/page/session/session-cookie.ts";
import { sessionRoutes } from "../../../apps/ledger/src/page/session/session-routes.ts";
import type { TestTenant } from "../database/a-tenant.ts";

export interface MyDoor {
  readonly url: string;
  readonly context: MyContext;
  readonly clock: { now: number };
  /** All that the door said of its work, as JSON. */
  readonly log: string[];
  readonly rung: Job[];
}

/** Ends with the test. @param more what stands at the same address */
export async function aMyDoor(
  database: Database,
  { masterKey }: Pick<TestTenant, "masterKey">,
  clock: { now: number },
  more: (context: MyContext) => readonly Router[] = () => [],
): Promise<MyDoor> {
  const app = express();
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const url = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  const rung: Job[] = [];
  const context: MyContext = {
    database,
    masterKey,
    publicUrl: url,
    now: () => clock.now,
    random: randomBytes,
    newId: randomUUID,
    ring: (job) => void rung.push(job),
    log: (event, details) => void log.push(JSON.stringify([event, details])),
  };
  app.use(sessionRoutes(context), myRoutes(context), ...more(context));
  return { url, context, clock, log, rung };
}

interface Call {
  readonly method?: string;
  readonly body?: unknown;
  /** A new one where none is said. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface SignedIn {
  readonly memberId: string;
  readonly cookie: string;
  readonly writeToken: string;
  readonly call: (path: string, call?: Call) => Promise<Response>;
  /** The answer, by its schema. */
  readonly told: <S extends z.ZodType>(schema: S, path: string, call?: Call) => Promise<z.output<S>>;
  /** The refusal, in its form. */
  readonly refused: (path: string, call?: Call) => Promise<Problem>;
}

/** A new member of the tenant, in their browser. */
export async function aSignedIn(door: MyDoor, { tenantId }: Pick<TestTenant, "tenantId">): Promise<SignedIn> {
  const { context, clock, url } = door;
  const { masterKey, database, newId } = context;
  const { token } = newToken(context, tenantId);
  const { memberId } = await inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const identity = { issuer: "https://login.invalid", subject: randomUUID() };
    const member = await addMember(trx, tenantId, { masterKey, secrets }, identity, "member", newId);
    await openSession(trx, tenantId, member.memberId, { token, sessionId: newId() }, clock.now);
    return member;
  });
  const cookie = `stageledger-session=${token}`;
  const session = await fetch(`${url}/api/v1/session`, { headers: { cookie } });
  const { writeToken } = pageSession.parse(await session.json());
  const call: SignedIn["call"] = (path, { body, method = body === undefined ? "GET" : "POST", key, headers } = {}) => {
    const own = { cookie, origin: url, "x-stageledger-write": writeToken, "idempotency-key": key ?? randomUUID() };
    const sent = new Headers();
    for (const [name, value] of Object.entries({ ...own, ...headers })) if (value !== undefined) sent.set(name, value);
    return fetch(`${url}${path}`, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  return {
    memberId,
    cookie,
    writeToken,
    call,
    told: async (schema, path, asked) => {
      const response = await call(path, asked);
      const text = await response.text();
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text}`);
      return schema.parse(JSON.parse(text));
    },
    refused: async (path, asked) => {
      const response = await call(path, asked);
      const text = await response.text();
      if (response.headers.get("content-type") !== "application/problem+json; charset=utf-8")
        throw new Error(`Not a problem: ${response.status} ${text}`);
      return problem.parse(JSON.parse(text));
    },
  };
}
