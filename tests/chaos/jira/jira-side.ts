/** The simulated Jira site with our app in it, and a team that works there. */
import { randomBytes, randomUUID } from "node:crypto";
import {
  addConnection,
  addInstallation,
  setDue,
  setNativeWorklogs,
  setWantedProjects,
  type TenantSecrets,
} from "@stageledger/db";
import { type FakeForge, startFakeForge } from "../../simulators/forge/fake-forge.ts";
import { ForgeApp } from "../../simulators/jira/forge-app.ts";
import { type FakeJiraSite, startFakeJiraSite } from "../../simulators/jira/site.ts";
import { World } from "../../simulators/jira/world.ts";
import { Dice } from "../dice.ts";
import { times } from "../disasters.ts";
import type { Mishap, Side } from "../side.ts";
import type { SideSurroundings } from "../side-surroundings.ts";
import type { StatusesByStage } from "../stages.ts";
import { Tally } from "../tally.ts";
import type { TrueLedger } from "../true-ledger.ts";
import { DoorCalls } from "./door-calls.ts";
import { Panel } from "./panel.ts";
import { buildSite, type SitePlan } from "./site-plan.ts";
import { JiraTeam } from "./team.ts";
import { trueJiraLedger } from "./true-ledger.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of a busy week. */
const ROUGH = {
  dropped: 0.3,
  duplicated: 0.3,
  delayed: 0.4,
  delayedByMilliseconds: 3 * HOUR,
  reordered: 0.5,
  oversized: 0.05,
  lostAnswers: 0.1,
  serverErrors: 0.02,
  brokenConnections: 0.02,
};
const CALM = {
  dropped: 0,
  duplicated: 0,
  delayed: 0,
  reordered: 0,
  oversized: 0,
  lostAnswers: 0,
  serverErrors: 0,
  brokenConnections: 0,
};
/** Most calls fail. */
const OUTAGE = { serverErrors: 0.5, brokenConnections: 0.3 };
/** How far the search is behind in a busy week. */
const LAG = 5 * MINUTE;
const LIMITS = ["jira-burst-based", "jira-quota-tenant-based", "jira-quota-global-based"] as const;
/** Time goes on in leaps here: a call's proof must not lapse while the call is on its way. Longer ones than a day are refused. */
const PROOF_SECONDS = 23 * 3600;
const NOBODY = "http://127.0.0.1:9";

interface Parts {
  readonly world: World;
  readonly plan: SitePlan;
  readonly team: JiraTeam;
  readonly jira: FakeJiraSite;
  readonly forge: FakeForge;
  readonly app: ForgeApp;
  readonly calls: DoorCalls;
  readonly panel: Panel;
  readonly faults: Tally;
  readonly ledgerUrl: string;
}

export class JiraSide implements Side {
  readonly source = "jira";
  readonly connectionId: string = randomUUID();
  readonly #parts: Parts;
  readonly #closed = new Set<string>();
  #isInstalled = false;
  #deliveries = 0;

  static async begin({ seed, clock, pause, port }: SideSurroundings): Promise<JiraSide> {
    // Of its own, so that the other side's week is the same with and without this one.
    const dice = new Dice(seed + 1_000_000);
    const world = new World({
      now: clock.now,
      seed,
      dials: {
        worklogsTouchIssue: dice.chance(0.5),
        migrationMovesUpdated: dice.chance(0.5),
        issueDeletionListsWorklogs: dice.chance(0.5),
      },
    });
    const plan = buildSite(world);
    const team = new JiraTeam(world, plan, dice, pause);
    const jira = await startFakeJiraSite({
      world,
      seed,
      dials: {
        searchPagesShift: dice.chance(0.5),
        searchPageSize: dice.between(3, 20),
        changelogPageSize: dice.between(3, 20),
        changedWorklogsPageSize: dice.between(3, 20),
        worklogPageSize: dice.between(1, 5),
      },
    });
    const forge = await startFakeForge(clock.now);
    const ledgerUrl = `http://127.0.0.1:${port}`;
    const installationId = `ari:cloud:ecosystem::installation/${randomUUID()}`;
    const patient = patientForge(forge, clock.now);
    const app = new ForgeApp(jira, patient, { ledgerUrl, installationId, wrapsBody: dice.chance(0.5) });
    const faults = new Tally();
    const calls = new DoorCalls({ jira, forge: patient, installationId, ledgerUrl, dice, faults });
    const panel = new Panel(calls, faults);
    return new JiraSide({ world, plan, team, jira, forge, app, calls, panel, faults, ledgerUrl });
  }

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  get statuses(): StatusesByStage {
    return this.#parts.plan.statuses;
  }

  get order(): Side["order"] {
    return { forgeKeysUrl: this.#parts.forge.keysUrl };
  }

  get calls(): number {
    return this.#parts.jira.requests.length;
  }

  get isDelivered(): boolean {
    const { app, calls } = this.#parts;
    return app.waiting === 0 && calls.isIdle && this.#deliveries === 0;
  }

  get faults(): Readonly<Record<string, number>> {
    const all = new Tally();
    all.addAll(this.#parts.faults.counts);
    all.addAll(this.#parts.jira.faults.table);
    return all.counts;
  }

  get troubles(): readonly string[] {
    return this.#parts.calls.troubles;
  }

  async connect(
    trx: Parameters<Side["connect"]>[0],
    tenantId: string,
    secrets: TenantSecrets,
    now: number,
  ): Promise<void> {
    const { connectionId } = this;
    const { app, plan } = this.#parts;
    const { installationId } = app;
    const connection = { connectionId, kind: "jira", workspace: installationId } as const;
    await addConnection(trx, tenantId, connection, "", secrets, randomBytes, now);
    await addInstallation(trx, tenantId, installationId);
    await setNativeWorklogs(trx, tenantId, true);
    const nameByKey = Object.fromEntries(plan.chosen.map(({ key, project }) => [key, project]));
    await setWantedProjects(trx, tenantId, connectionId, { takesAll: false, nameByKey });
    await setDue(trx, { tenantId, connectionId, kind: "reconcile", dueAt: now });
  }

  act(): void {
    this.#parts.team.act();
  }

  planAhead(): void {
    this.#parts.team.planAhead();
  }

  move(): void {
    this.#parts.team.move();
  }

  work(): void {
    this.#parts.team.work();
  }

  logDirectly(): void {
    this.#parts.team.logByPanel();
  }

  goOn(): void {}

  async deliverDue(): Promise<void> {
    const { app, calls, panel, team } = this.#parts;
    this.#deliveries += 1;
    try {
      if (this.#isInstalled) await Promise.all([app.deliverDue(), calls.sendDue()]);
      else {
        this.#isInstalled = true;
        team.begin(panel);
        await app.install();
      }
    } finally {
      this.#deliveries -= 1;
    }
  }

  roughen(): void {
    const { jira } = this.#parts;
    Object.assign(jira.chaos.dials, ROUGH);
    jira.dials.searchLagMilliseconds = LAG;
    this.#loseAnswers();
  }

  calm(): void {
    const { jira, calls } = this.#parts;
    Object.assign(jira.chaos.dials, CALM);
    jira.limits.storm(0, 0);
    jira.dials.searchLagMilliseconds = 0;
    calls.lostAnswers = 0;
    calls.repeated = 0;
  }

  /** With a token that is good for as long as that lasts: a connection that waited for one is compared as a whole. */
  async ringForEach(): Promise<void> {
    const { app, world, team } = this.#parts;
    app.dials.eventsPerPush = 2;
    world.dials.worklogsTouchIssue = false;
    team.everythingIsKnown();
    this.#loseAnswers();
    await app.bringToken();
  }

  fallSilent(): void {
    const { jira, team } = this.#parts;
    jira.chaos.dials.dropped = 1;
    team.takeBackOne();
    team.mirrorOne();
  }

  forget(): boolean {
    return false;
  }

  lag(): void {
    this.#parts.jira.dials.searchLagMilliseconds = DAY;
    this.#parts.team.removeOneWithHours();
  }

  storm(calls: number, retryAfterSeconds: number): void {
    this.#parts.jira.limits.storm(calls, retryAfterSeconds);
  }

  planMishaps(dice: Dice, from: number, to: number): readonly Mishap[] {
    const { plan, jira, forge, app, ledgerUrl } = this.#parts;
    const several = (fewest: number, most: number, make: () => Omit<Mishap, "at">): Mishap[] =>
      times(dice, fewest, most, from, to).map((at) => ({ at, ...make() }));
    const { serverErrors, brokenConnections } = ROUGH;
    return [
      ...several(2, 4, () => {
        const project = dice.pick(plan.chosen)?.id ?? "";
        const status = dice.chance(0.6) ? 404 : 403;
        return {
          kind: "project closed to the app",
          begin: () => {
            this.#closed.add(project);
            jira.rights.closedStatus = status;
            jira.rights.closeToApp(project);
          },
          ending: { afterMilliseconds: dice.between(1, 20) * HOUR, end: () => jira.rights.openToApp(project) },
        };
      }),
      ...several(3, 6, () => {
        const [calls, seconds, reason] = [dice.between(5, 60), dice.between(1, 240), dice.pick(LIMITS)];
        return { kind: "429 storm", begin: () => jira.limits.storm(calls, seconds, reason) };
      }),
      ...several(1, 2, () => ({
        kind: "Jira outage",
        begin: () => void Object.assign(jira.chaos.dials, OUTAGE),
        ending: {
          afterMilliseconds: dice.between(10, 150) * MINUTE,
          end: () => void Object.assign(jira.chaos.dials, { serverErrors, brokenConnections }),
        },
      })),
      ...several(1, 2, () => ({ kind: "tokens revoked", begin: () => jira.tokens.revokeAll() })),
      // Long enough for the token to lapse.
      ...several(1, 2, () => ({
        kind: "Forge away",
        begin: () => {
          app.dials.ledgerUrl = NOBODY;
        },
        ending: {
          afterMilliseconds: dice.between(70, 400) * MINUTE,
          end: () => {
            app.dials.ledgerUrl = ledgerUrl;
          },
        },
      })),
      ...several(1, 2, () => ({
        kind: "Forge's keys away",
        begin: () => forge.setOutage(true),
        ending: { afterMilliseconds: dice.between(5, 40) * MINUTE, end: () => forge.setOutage(false) },
      })),
    ];
  }

  truth(secrets: TenantSecrets): TrueLedger {
    const { world, plan, team, panel } = this.#parts;
    const deeds = { world, plan, buried: team.buried, closed: this.#closed, panelEntries: [...panel.entries.values()] };
    return trueJiraLedger(deeds, (worklog) => secrets.entryId("jira-worklog", worklog));
  }

  deeds(): readonly string[] {
    const { world, panel } = this.#parts;
    return [...world.issues.values()].map(({ id, createdAt, parent, state }) => {
      const ofIssue = (one: { readonly issue: string }): boolean => one.issue === id;
      return JSON.stringify({
        ...{ id, createdAt, parent, project: state.project, isDeleted: state.isDeleted },
        statuses: world.statusMoves.filter(ofIssue).map(({ at, to, isTold }) => [at, to, isTold]),
        projects: world.projectMoves.filter(ofIssue).map(({ at, from, to }) => [at, from, to]),
        worklogs: [...world.worklogs.values()]
          .filter(ofIssue)
          .map(({ comment: _, properties, ...worklog }) => ({ ...worklog, isMirror: properties.size > 0 })),
        removals: world.worklogRemovals.filter(ofIssue).map(({ id: worklog, at }) => [worklog, at]),
        panel: [...panel.entries.values()].filter(ofIssue),
      });
    });
  }

  /** Of people at the panel, all of whose calls somebody repeats. */
  #loseAnswers(): void {
    const { calls } = this.#parts;
    calls.lostAnswers = 0.5;
    calls.repeated = 1;
  }

  async close(): Promise<void> {
    await Promise.all([this.#parts.jira.close(), this.#parts.forge.close()]);
  }
}

function patientForge(forge: FakeForge, now: () => number): FakeForge {
  return {
    ...forge,
    mint: (claims, overrides = {}) => {
      const exp = Math.floor(now() / 1000) + PROOF_SECONDS;
      return forge.mint(claims, { ...overrides, claims: { exp, ...overrides.claims } });
    },
  };
}
