/**
 * All that an installation is, with nothing of ours left out: a simulated Jira, the app's functions that tell of its changes, the
 * ledger's door, and the jobs that read the site by the token that the app brought. Forge and Jira are the only stand-ins.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { createTenant, type Database, inTransaction, listConnections, MasterKey, release } from "@stageledger/db";
import { connectSite } from "../../../apps/ledger/src/jira-sync/connect/connect-site.ts";
import { DEFAULT_JIRA_TIMING, type JiraSyncContext } from "../../../apps/ledger/src/jira-sync/context.ts";
import { gatewayOpener } from "../../../apps/ledger/src/jira-sync/jira/gateway-opener.ts";
import { processLimiters } from "../../../apps/ledger/src/jira-sync/jira/process-limiter.ts";
import { reconcileJira } from "../../../apps/ledger/src/jira-sync/reconcile/reconcile.ts";
import { answerJiraBells } from "../../../apps/ledger/src/jira-sync/work/answer-bells.ts";
import { JiraDesks } from "../../../apps/ledger/src/jira-sync/work/connection-desk.ts";
import { eventPayload } from "../../simulators/jira/event-payload.ts";
import { Resources } from "../../simulators/jira/resources.ts";
import { aForgeDoor, aPerson, aSecondDoor, type ForgeDoor } from "../forge/a-forge-door.ts";
import { aFakeJiraSite, type JiraInTest } from "../jira/a-fake-jira-site.ts";
import { anAppBefore } from "./an-app-before.ts";
import type { ForgeRuntime } from "./forge-runtime.ts";
import type { Send } from "./open-page.ts";

export interface WholeInstallation {
  readonly site: JiraInTest;
  readonly door: ForgeDoor;
  readonly forge: ForgeRuntime;
  readonly tenantName: string;
  /** As the variable of the command line holds it. */
  readonly masterKeyText: string;
  /** Moves every clock there is. */
  advanceTo(instant: number): void;
  /** The app brings its hourly token, tells of all that happened, and the ledger looks at it in Jira. */
  catchUp(): Promise<void>;
  /** Looks at all of the site, as the ledger does each day. */
  compare(): Promise<void>;
  release(): Promise<void>;
  /** The way of somebody's calls, with the tokens that Forge and this Jira give that person. */
  wayOf(accountId: string): () => Send;
  userTokenOf(accountId: string): string;
}

const INSTALLED = { eventType: "avi:forge:installed:app", id: "any" };
const CLOUD = "0000";

/** The Jira project PAY is the ledger's Payments. Nothing is read yet, and there are no stages. */
export async function aWholeInstallation(database: Database, startsAt: string): Promise<WholeInstallation> {
  const site = await aFakeJiraSite({ startsAt, isRefereed: false, cloudId: CLOUD });
  const { clock, jira, world } = site;
  const any = await aForgeDoor(database);
  const [tenantId, installationId] = [randomUUID(), `ari:cloud:ecosystem::installation/${randomUUID()}`];
  const tenantName = `Tenant ${tenantId}`;
  const masterKeyText = MasterKey.generate(randomBytes);
  const masterKey = MasterKey.parse(masterKeyText);
  const newTenant = { tenantId, name: tenantName, zone: "Europe/Berlin", isDemo: false };
  await createTenant(database, newTenant, masterKey, randomBytes, clock.now());
  const atSite = { ...any.jira, url: jira.apiBaseUrl };
  const door = await aSecondDoor({ ...any, tenant: { tenantId, masterKey }, installationId, jira: atSite }, database);
  door.clock.now = clock.now();
  const surroundings = { database, masterKey, random: randomBytes, newId: randomUUID, now: clock.now };
  const wanted = { installationId, nameByKey: { PAY: "Payments" }, takesWorklogs: false };
  await connectSite(surroundings, tenantId, wanted);
  const [connection] = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    listConnections(trx, tenantId),
  );
  const job = { tenantId, connectionId: connection?.connectionId ?? "" };
  const context = syncContext(database, masterKey, site);
  const desks = new JiraDesks(context);
  const { signal } = new AbortController();
  const forge = anAppBefore(door, () => jira.tokens.giveSystemToken());
  const told: object[] = [];
  const resources = new Resources(world);
  world.listen((event) => void told.push(eventPayload(event, resources)));
  const bringToken = (): Promise<void> => forge.happen(INSTALLED);
  const userTokenOf = (accountId: string): string => jira.tokens.giveUserToken(accountId);
  return {
    ...{ site, door, forge, tenantName, masterKeyText, userTokenOf },
    advanceTo: (instant) => {
      clock.advanceTo(instant);
      door.clock.now = clock.now();
    },
    catchUp: async () => {
      await bringToken();
      for (const event of told.splice(0)) await forge.happen(event);
      await forge.deliver();
      await answerJiraBells(context, desks, job, signal);
    },
    compare: async () => {
      await bringToken();
      await reconcileJira(context, desks, job, signal, { isFull: true, onProgress: () => undefined });
      await answerJiraBells(context, desks, job, signal);
    },
    release: async () => void (await release(database, tenantId, masterKey, clock.now())),
    wayOf: (accountId) => () => async (call) =>
      aPerson(door, accountId).call(call.path, {
        method: methodOf(call.method),
        headers: { ...call.headers, "x-forge-oauth-user": userTokenOf(accountId) },
        ...(call.body === undefined ? {} : { body: call.body }),
      }),
  };
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

function methodOf(text: string): (typeof METHODS)[number] {
  const method = METHODS.find((one) => one === text);
  if (method === undefined) throw new Error(`No call has the method ${text}.`);
  return method;
}

function syncContext(database: Database, masterKey: MasterKey, { clock }: JiraInTest): JiraSyncContext {
  const pacing = {
    now: clock.now,
    random: () => 0,
    sleep: async (milliseconds: number) => clock.advance(milliseconds),
  };
  const limiters = processLimiters(pacing, {
    pointsAnHour: { bell: 1_000_000_000, sweep: 1_000_000_000 },
    callsASecond: 1_000_000,
  });
  return {
    ...{ database, masterKey, pacing, newId: randomUUID, log: () => undefined, timing: DEFAULT_JIRA_TIMING },
    openGateway: gatewayOpener({ limiters, pacing, signal: new AbortController().signal }),
  };
}
