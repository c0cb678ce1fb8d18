/** The panel's door on a free port of this machine, with a tenant that has an item, and a Forge that calls there. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Problem } from "@stageledger/core/contract/problem";
import { problem } from "@stageledger/core/contract/problem";
import {
  addInstallation,
  chooseProject,
  type Database,
  ensureContributors,
  inTransaction,
  issueLinkCode,
  listConnections,
  openTenantSecrets,
  recordFacts,
  recordStageMap,
} from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import express from "express";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { forgeRoutes } from "../../../apps/ledger/src/forge/forge-routes.ts";
import { forgeTokenReader } from "../../../apps/ledger/src/forge/token.ts";
import { connectSite } from "../../../apps/ledger/src/jira-sync/connect/connect-site.ts";
import { asanaInJira } from "../../../apps/ledger/src/main/asana-in-jira.ts";
import {
  APP_ID,
  ENVIRONMENT,
  type FakeForge,
  startFakeForge,
  type TokenOverrides,
} from "../../simulators/forge/fake-forge.ts";
import { aStageMap } from "../a-stage-map.ts";
import { aTenant, type TestTenant } from "../database/a-tenant.ts";
import { utc } from "../moments.ts";
import { aJiraOfRights, type JiraOfRights, userTokenOf } from "./a-jira-of-rights.ts";

/** A Tuesday: 2026-09-08, 11:00 in Berlin. */
export const NOW = utc("2026-09-08T09:00");
export const ITEM = "jira:10088";

export interface ForgeDoor {
  readonly url: string;
  readonly forge: FakeForge;
  readonly tenant: TestTenant;
  readonly installationId: string;
  /** All that the door said of its work, as JSON. */
  readonly log: string[];
  readonly clock: { now: number };
  readonly jira: JiraOfRights;
  /** What the door asked to be done. */
  readonly rung: Job[];
}

/** Ends with the test. PAY-88 is in Review since 7 Sep, PAY-89 in Backlog. */
export async function aForgeDoor(database: Database): Promise<ForgeDoor> {
  const clock = { now: NOW };
  const log: string[] = [];
  const rung: Job[] = [];
  const jira = await aJiraOfRights();
  const forge = await startFakeForge(() => clock.now);
  onTestFinished(() => forge.close());
  const { tenant, installationId } = await aTenantWithItems(database);
  const door = { forge, tenant, installationId, log, clock, jira, rung };
  return { ...door, url: await aDoorOf(door, database) };
}

/** Another process of the same server. */
export async function aSecondDoor(door: ForgeDoor, database: Database): Promise<ForgeDoor> {
  return { ...door, url: await aDoorOf(door, database) };
}

/** A door to a ledger that is there already, for people of a site of its own. Nothing is read of that site. */
export async function aDoorTo(tenant: TestTenant, database: Database, now: number): Promise<ForgeDoor> {
  const door = await aForgeDoor(database);
  door.clock.now = now;
  const installationId = `ari:cloud:ecosystem::installation/${randomUUID()}`;
  await bindSite({ tenant, installationId }, database);
  return aSecondDoor({ ...door, tenant, installationId }, database);
}

async function aDoorOf(
  { forge, tenant, log, clock, rung }: Omit<ForgeDoor, "url">,
  database: Database,
): Promise<string> {
  const app = express();
  app.use(
    forgeRoutes({
      database,
      masterKey: tenant.masterKey,
      readToken: forgeTokenReader({
        appId: APP_ID,
        environment: ENVIRONMENT,
        keysUrl: forge.keysUrl,
        now: () => clock.now,
      }),
      now: () => clock.now,
      newId: randomUUID,
      random: randomBytes,
      ring: (job) => void rung.push(job),
      fetch,
      log: (event, details) => void log.push(JSON.stringify([event, details])),
      others: asanaInJira(undefined, randomUUID),
    }),
  );
  const server = app.listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return `http://127.0.0.1:${port}`;
}

/** A tenant with two items, and the installation whose people log into it. */
export async function aTenantWithItems(
  database: Database,
  [first, second]: readonly [string, string] = [ITEM, "jira:10089"],
): Promise<{ readonly tenant: TestTenant; readonly installationId: string }> {
  const tenant = await aTenant(database);
  const { tenantId } = tenant;
  const installationId = `ari:cloud:ecosystem::installation/${randomUUID()}`;
  await recordStageMap(database, tenantId, aStageMap());
  await recordFacts(database, tenantId, {
    statuses: [],
    entries: [],
    items: [
      anItemPart(first, "PAY-88", [
        ["2026-09-04T09:00", "Backlog", "Build"],
        ["2026-09-07T09:00", "Build", "Review"],
      ]),
      anItemPart(second, "PAY-89", []),
    ],
  });
  await bindSite({ tenant, installationId }, database);
  return { tenant, installationId };
}

/** The installation's people log into the tenant's ledger; nothing is read of the site. */
export function bindSite(
  { tenant: { tenantId }, installationId }: { readonly tenant: TestTenant; readonly installationId: string },
  database: Database,
): Promise<void> {
  return inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    addInstallation(trx, tenantId, installationId),
  );
}

type Move = readonly [at: string, from: string, to: string];

export function anItemPart(id: string, key: string, moves: readonly Move[]) {
  return {
    id,
    createdAt: utc("2026-09-01T09:00"),
    changes: moves.map(([at, from, to], i) => ({ at: utc(at), sequence: i + 1, index: 0, from, to })),
    blocks: [],
    otherActivity: [],
    hasHistory: true,
    isTruncated: false,
    snapshot: {
      updatedAt: utc("2026-09-07T10:00"),
      key,
      project: "PAY",
      currentStatus: moves.at(-1)?.[2] ?? "Backlog",
      resolution: undefined,
      isSubtask: false,
      parentId: undefined,
    },
  };
}

interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Undefined: a new one. */
  readonly key?: string;
  readonly token?: string;
  readonly overrides?: TokenOverrides;
}

/** Somebody at the panel. */
export interface Person {
  call(path: string, call?: Call): Promise<Response>;
  /** The answer, which has to be a good one. */
  told<T extends z.ZodType>(schema: T, path: string, call?: Call): Promise<z.output<T>>;
  /** The refusal, which has to be one. */
  refused(path: string, call?: Call): Promise<Problem>;
  token(overrides?: TokenOverrides): Promise<string>;
}

export function aPerson(
  {
    url,
    forge,
    installationId,
    jira,
  }: Pick<ForgeDoor, "url" | "forge" | "installationId"> & Partial<Pick<ForgeDoor, "jira">>,
  accountId: string = `account-${randomUUID()}`,
): Person {
  const token = (overrides?: TokenOverrides): Promise<string> =>
    forge.mint({ installationId, accountId, ...(jira && { apiBaseUrl: jira.url }) }, overrides);
  const call = async (path: string, sent: Call = {}): Promise<Response> => {
    const { method = sent.body === undefined ? "GET" : "POST", body, headers = {}, key = randomUUID() } = sent;
    return fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${sent.token ?? (await token(sent.overrides))}`,
        "x-forge-oauth-user": userTokenOf(accountId),
        ...(method === "GET" ? {} : { "idempotency-key": key }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  };
  return {
    call,
    token,
    told: async (schema, path, sent) => {
      const response = await call(path, sent);
      const text = await response.text();
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text}`);
      return schema.parse(JSON.parse(text));
    },
    refused: async (path, sent) => problemOf(await call(path, sent)),
  };
}

/** The app itself, as it calls in nobody's name. */
export function aService(
  door: Pick<ForgeDoor, "url" | "forge" | "installationId" | "jira">,
): Pick<Person, "call" | "told" | "refused"> {
  const { call, told, refused } = aPerson(door);
  const token = async (sent: Call): Promise<string> =>
    sent.token ??
    door.forge.mint(
      { installationId: door.installationId, accountId: undefined, apiBaseUrl: door.jira.url },
      sent.overrides,
    );
  return {
    call: async (path, sent = {}) => call(path, { ...sent, token: await token(sent) }),
    told: async (schema, path, sent = {}) => told(schema, path, { ...sent, token: await token(sent) }),
    refused: async (path, sent = {}) => refused(path, { ...sent, token: await token(sent) }),
  };
}

/** From now on the door's site is read, too. Returns the id of the connection. */
export async function connectTheSite(
  { tenant, installationId, clock }: ForgeDoor,
  database: Database,
): Promise<string> {
  const { tenantId, masterKey } = tenant;
  const surroundings = { database, masterKey, random: randomBytes, newId: randomUUID, now: () => clock.now };
  await connectSite(surroundings, tenantId, { installationId, nameByKey: {}, takesWorklogs: undefined });
  const connections = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    listConnections(trx, tenantId),
  );
  return connections.find(({ workspace }) => workspace === installationId)?.connectionId ?? "";
}

/** Of the door's site this project is read from now on, as that of the ledger. Returns the id of the connection. */
export async function readTheProject(
  door: ForgeDoor,
  database: Database,
  sourceProject: string,
  project: string,
): Promise<string> {
  const { tenantId } = door.tenant;
  const connectionId = await connectTheSite(door, database);
  await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    chooseProject(trx, tenantId, "jira:", { connectionId, sourceProject, project, stageField: undefined }),
  );
  return connectionId;
}

/** A link code of somebody whom another tool has proved. */
export function codeFromElsewhere(
  { tenant: { tenantId, masterKey }, clock }: ForgeDoor,
  database: Database,
): Promise<string> {
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const accounts = [{ source: "asana", account: "asana-ada" }];
    const [found] = await ensureContributors(trx, tenantId, secrets, accounts, randomUUID);
    if (found?.kind !== "found") throw new Error("Nobody was found.");
    return (await issueLinkCode(trx, tenantId, found.contributorId, randomBytes, clock.now)).code;
  });
}

/** A refusal in its form. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  if (response.headers.get("content-type") !== "application/problem+json; charset=utf-8")
    throw new Error(`Not a problem: ${response.status} ${text}`);
  const told = problem.parse(JSON.parse(text));
  if (told.status !== response.status) throw new Error(`It says ${told.status} and is ${response.status}.`);
  return told;
}
