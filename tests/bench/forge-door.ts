/**
 * What logging an entry from the panel costs, token check and all, on a PostgreSQL that waits for the disk: against a bare
 * Express route that writes the same rows in one transaction, and checks nothing.
 */
import { fork } from "node:child_process";
import { hash, randomBytes, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { join } from "node:path";
import {
  addInstallation,
  createTenant,
  type Database,
  inTransaction,
  MasterKey,
  recordFacts,
  recordStageMap,
} from "@stageledger/db";
import express, { type Express } from "express";
import { sql } from "kysely";
import pg from "pg";
import { z } from "zod";
import { forgeRoutes } from "../../apps/ledger/src/forge/forge-routes.ts";
import { forgeTokenReader } from "../../apps/ledger/src/forge/token.ts";
import { APP_ID, ENVIRONMENT, type FakeForge, startFakeForge } from "../simulators/forge/fake-forge.ts";
import { aPart } from "../support/a-part.ts";
import { aStageMap } from "../support/a-stage-map.ts";
import { anItemThatWent } from "../support/an-item.ts";
import { utc } from "../support/moments.ts";
import { onAServer } from "./on-a-server.ts";
import { median, type Result } from "./result.ts";

const NOW = utc("2026-09-08T09:00");
const PEOPLE = 8;
/** A person may make sixty calls at once, and the clock stands still. */
const CALLS_A_PERSON = 50;
const PATH = "/forge/v1/items/jira:10088/entries";
const BODY = JSON.stringify({ minutes: 1, date: "2026-09-08", activity: "build" });

interface Site {
  readonly tenantId: string;
  readonly installationId: string;
}

async function aSite(database: Database, masterKey: MasterKey): Promise<Site> {
  const [tenantId, installationId] = [randomUUID(), `ari:cloud:ecosystem::installation/${randomUUID()}`];
  const tenant = { tenantId, name: `Tenant ${tenantId}`, zone: "Europe/Berlin", isDemo: false };
  await createTenant(database, tenant, masterKey, randomBytes, NOW);
  await recordStageMap(database, tenantId, aStageMap());
  const item = aPart(anItemThatWent([["2026-09-07T09:00", "Build"]], { id: "jira:10088" }));
  await recordFacts(database, tenantId, { items: [item], statuses: [], entries: [] });
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    addInstallation(trx, tenantId, installationId),
  );
  return { tenantId, installationId };
}

function ourDoor(database: Database, masterKey: MasterKey, { keysUrl }: FakeForge): Express {
  const now = (): number => NOW;
  const log = (event: string): void => void process.stderr.write(`${event}\n`);
  const readToken = forgeTokenReader({ appId: APP_ID, environment: ENVIRONMENT, keysUrl, now });
  const random = randomBytes;
  const ring = (): void => undefined;
  const context = { database, masterKey, readToken, now, newId: randomUUID, random, ring, fetch: grantingFetch, log };
  return express().use(forgeRoutes(context));
}

/** Jira is asked once a minute for a person and an issue, which is no part of what an entry costs. */
async function grantingFetch(): Promise<Response> {
  return Response.json({ permissions: { BROWSE_PROJECTS: { havePermission: true } } });
}

/** The rows of an entry, of its token and of its answer; by hand, in one transaction. */
function bareRoute(pool: pg.Pool, people: readonly Contributor[]): Express {
  let calls = 0;
  const app = express();
  app.post("/forge/v1/items/:item/entries", express.json(), async (request, response) => {
    const { minutes, date, activity } = z
      .object({ minutes: z.int(), date: z.string(), activity: z.string() })
      .parse(request.body);
    const { tenantId, contributorId } = people[calls++ % people.length] ?? { tenantId: "", contributorId: "" };
    const entryId = randomUUID();
    const entry = [tenantId, entryId, contributorId, "jira:10088", "PAY", date, minutes, activity];
    const answer = JSON.stringify({ id: entryId, minutes, date, activity });
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query("insert into control.used_token values ($1, $2, $3)", [tenantId, digest(randomUUID()), NOW]);
      await client.query(
        `insert into ledger.entry_revision (tenant_id, entry_id, number, input_hash, contributor_id, change, item_id, project,
          date, minutes, activity, visibility) values ($1, $2, 1, '', $3, 'created', $4, $5, $6, $7, $8, 'private')`,
        entry,
      );
      await client.query(
        `insert into ledger.entry (tenant_id, entry_id, number, contributor_id, item_id, project, date, minutes, activity,
          visibility) values ($1, $2, 1, $3, $4, $5, $6, $7, $8, 'private')`,
        entry,
      );
      await client.query(
        `insert into ledger.posting values ($1, $2, 1, $3, 'PAY', 'Build', $5, date_trunc('week', $4::date), 'private', $6, false)`,
        [tenantId, entryId, contributorId, date, activity, minutes],
      );
      await client.query(
        `insert into ledger.cell values ($1, date_trunc('week', $3::date), 'PAY', 'Build', $4, $2, 'private', 'in-time', $5)
          on conflict (tenant_id, week, project, stage, activity, contributor_id, visibility, kind)
          do update set minutes = cell.minutes + excluded.minutes`,
        [tenantId, contributorId, date, activity, minutes],
      );
      await client.query("insert into ledger.answered_request values ($1, $2, $3, $4, 201, $5, $6)", [
        tenantId,
        contributorId,
        digest(request.get("idempotency-key") ?? ""),
        digest(BODY),
        answer,
        NOW,
      ]);
      await client.query("commit");
    } finally {
      client.release();
    }
    response.status(201).type("json").send(answer);
  });
  return app;
}

function digest(text: string): Uint8Array {
  return hash("sha256", text, "buffer");
}

/** Of each person one call after the other, of all at the same time. @param sites each person's own */
function lanesOf(forge: FakeForge, sites: readonly Site[], calls: number): Promise<string[][]> {
  return Promise.all(
    sites.map(({ installationId }, person) =>
      Promise.all(
        Array.from({ length: calls }, async () => {
          const token = await forge.mint({ installationId, accountId: `person-${person}` });
          const head = ["host: door", "content-type: application/json", `content-length: ${BODY.length}`];
          const proof = [
            `authorization: Bearer ${token}`,
            `idempotency-key: ${randomUUID()}`,
            "x-forge-oauth-user: token",
          ];
          return [`POST ${PATH} HTTP/1.1`, ...head, ...proof, "", BODY].join("\r\n");
        }),
      ),
    ),
  );
}

/** Calls a second. @throws Error when one was not 201 */
async function callsASecond(app: Express, lanes: readonly (readonly string[])[]): Promise<number> {
  const server: Server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const child = fork(join(import.meta.dirname, "call-in-turn.ts"));
  const ended = new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`The calls ended with ${code}.`))));
  });
  const answer = new Promise<unknown>((resolve) => child.once("message", resolve));
  child.send({ port, lanes });
  await ended;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const { milliseconds } = z.object({ milliseconds: z.number() }).parse(await answer);
  return (lanes.flat().length / milliseconds) * 1000;
}

interface Contributor {
  readonly tenantId: string;
  readonly contributorId: string;
}

async function contributorsOf({ kysely }: Database, sites: readonly Site[]): Promise<readonly Contributor[]> {
  const ids = JSON.stringify(sites.map(({ tenantId }) => tenantId));
  const { rows } = await sql<Contributor>`
    select tenant_id as "tenantId", contributor_id as "contributorId" from ledger.contributor
    where tenant_id in (select json_array_elements_text(${ids}::json)::uuid)`.execute(kysely);
  return rows;
}

export function forgeDoorSpeed(rounds: number): Promise<readonly Result[]> {
  return onAServer(
    async (database, _folder, url) => {
      const forge = await startFakeForge(() => NOW);
      const pool = new pg.Pool({ connectionString: url, max: 10 });
      // The server's end may come before that of a connection that was let go of.
      pool.on("error", () => undefined);
      const masterKey = MasterKey.parse(MasterKey.generate(randomBytes));

      /** The door's speed over the bare route's. */
      async function ratio(ledgers: number): Promise<number> {
        const known = await Promise.all(Array.from({ length: ledgers }, () => aSite(database, masterKey)));
        const sites = Array.from({ length: PEOPLE }, (_, person) => known.slice(person % ledgers)[0] ?? []).flat();
        const door = ourDoor(database, masterKey, forge);
        await callsASecond(door, await lanesOf(forge, sites, 2));
        const bare = bareRoute(pool, await contributorsOf(database, known));
        await callsASecond(bare, await lanesOf(forge, sites, 2));
        const written = await callsASecond(bare, await lanesOf(forge, sites, CALLS_A_PERSON));
        const logged = await callsASecond(door, await lanesOf(forge, sites, CALLS_A_PERSON));
        process.stderr.write(
          `entries a second into ${ledgers} ledgers: bare ${Math.round(written)}, door ${Math.round(logged)}\n`,
        );
        return logged / written;
      }

      try {
        const [apart, together]: [number[], number[]] = [[], []];
        for (let round = 0; round < rounds; round += 1) {
          apart.push(await ratio(PEOPLE));
          together.push(await ratio(1));
        }
        return [
          {
            name: `entries that ${PEOPLE} people log from the panel, each into a ledger of their own, in speed`,
            ratio: median(apart),
            limit: { atLeast: 0.5 },
            baseline: "a bare Express route that writes the same rows in one transaction",
          },
          {
            name: "the same into one ledger, in speed",
            ratio: median(together),
            limit: { atLeast: 0.5 },
            baseline: "that route",
          },
        ];
      } finally {
        await pool.end();
        await forge.close();
      }
    },
    { isDurable: true },
  );
}
