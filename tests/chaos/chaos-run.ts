/**
 * One run: a busy week in the simulated Asana while everything around the product fails, then three scenes in which one
 * guarantee stands alone. After each of them faults stop, the product gets the time that it asks for, and the ledger is held
 * against the truth.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StageMap } from "@stageledger/core";
import {
  addConnection,
  chooseProject,
  createTenant,
  inTransaction,
  listConnectedProjects,
  listDueJobs,
  MasterKey,
  openTenantSecrets,
  recordStageMap,
  removeConnection,
  removeDue,
  setDue,
  verify,
} from "@stageledger/db";
import { sql } from "kysely";
import { type FakeAsana, startFakeAsana } from "../simulators/asana/fake-asana.ts";
import { World } from "../simulators/asana/world.ts";
import { freePort } from "../support/free-port.ts";
import { type Boards, buildBoards } from "./boards.ts";
import type { Mutant } from "./child-order.ts";
import type { Children } from "./children.ts";
import { compare } from "./compare.ts";
import { Crew, type Member } from "./crew.ts";
import { Dice } from "./dice.ts";
import { type Disaster, planDisasters } from "./disasters.ts";
import { foundLedger } from "./found-ledger.ts";
import type { Servers } from "./servers.ts";
import { SharedClock } from "./shared-clock.ts";
import { Tally } from "./tally.ts";
import { Team } from "./team.ts";
import { CHAOS_TIMING } from "./timing.ts";
import { trueLedger } from "./true-ledger.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A Friday, 10:00 in Berlin. */
const BEGINS_AT = "2026-09-04T08:00:00Z";
const MONDAY = Date.parse("2026-09-07T05:00:00Z");
const DEEDS_BEFORE = 40;
const DEEDS_A_DAY = 32;
const WORKING_HOURS = 11;

/** Of a busy week. Half of the failed calls were obeyed. */
const WEEK = {
  dropped: 0.3,
  duplicated: 0.3,
  delayed: 0.4,
  delayedByMilliseconds: 3 * HOUR,
  reordered: 0.5,
  serverErrors: 0.02,
  brokenConnections: 0.02,
  laggingLists: 0.05,
};
const QUIET = {
  dropped: 0,
  duplicated: 0,
  delayed: 0,
  reordered: 0,
  serverErrors: 0,
  brokenConnections: 0,
  laggingLists: 0,
};
const OUTAGE = { serverErrors: 0.5, brokenConnections: 0.3 };
const LONGEST_STEP = HOUR;
/** Real milliseconds of a step. */
const MOST_DELIVERING = 20;
const MOST_WORKING = 3000;
const MOST_WAITING = 40;
const MOST_STALLED = 300;
const TAKE_OVER = 100;
/** Who waits for the clock, and asks nothing for so long, has nothing else to do. */
const WAITS_FOR_CLOCK = 20;
const SETTLES_WITHIN = 3 * DAY;

export interface Outcome {
  readonly minutes: number;
  readonly entries: number;
  readonly items: number;
  readonly minutesLost: number;
  readonly minutesDoubled: number;
  /** Empty when the ledger is the truth. */
  readonly differences: readonly string[];
  /** The scene in which they were seen. */
  readonly scene: string;
  readonly faults: Tally;
  /** All that happened in the simulated Asana, as JSON, a task a line. */
  readonly deeds: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  /** How many working days the week has. */
  readonly days: number;
  readonly mutant: Mutant | undefined;
}

export async function chaosRun(servers: Servers, children: Children, options: RunOptions): Promise<Outcome> {
  const run = await ChaosRun.begin(servers, children, options);
  try {
    return await run.play();
  } finally {
    await run.end();
  }
}

interface Planned {
  readonly at: number;
  /** It hits the product while it works. */
  readonly isStrike: boolean;
  readonly happen: () => void | Promise<void>;
}

class ChaosRun {
  readonly #days: number;
  readonly #servers: Servers;
  readonly #dice: Dice;
  readonly #clock: SharedClock;
  readonly #world: World;
  readonly #boards: Boards;
  readonly #team: Team;
  readonly #asana: FakeAsana;
  readonly #crew: Crew;
  readonly #children: Children;
  readonly #tenantId: string;
  readonly #connectionId: string;
  readonly #faults = new Tally();
  readonly #agenda: Planned[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #crashesBefore: number;

  static async begin(servers: Servers, children: Children, { seed, days, mutant }: RunOptions): Promise<ChaosRun> {
    const dice = new Dice(seed);
    const clock = new SharedClock(join(servers.folder, `clock-${randomUUID()}`), BEGINS_AT);
    const world = new World({
      now: clock.now,
      seed,
      dials: {
        entryBells: dice.weighed({ none: 2, task: 1, entry: 1 }),
        entriesMoveModifiedAt: dice.chance(0.5),
        creationHasStory: dice.chance(0.5),
      },
    });
    const boards = buildBoards(world);
    const pause = (): void => clock.advanceTo(clock.now() + dice.between(1, 20) * 1000);
    const team = new Team(world, boards, dice, pause);
    const dials = { optFieldsAddToCompact: dice.chance(0.5), entryListsAreCompact: dice.chance(0.3) };
    const asana = await startFakeAsana(world, { seed, dials });
    const { tenantId, connectionId } = await connect(servers, boards, clock.now());
    const isOneProcess = mutant === undefined && seed % 3 === 0;
    const crew = new Crew(children, membersOf(seed, isOneProcess), {
      databaseUrl: servers.databaseUrl,
      ...(isOneProcess ? {} : { redisUrl: servers.redis.url }),
      clockPath: clock.path,
      masterKey: servers.masterKey,
      asanaUrl: asana.apiUrl,
      port: await freePort(),
      ...(mutant === undefined ? {} : { mutant }),
    });
    return new ChaosRun({
      days,
      servers,
      dice,
      clock,
      world,
      boards,
      team,
      asana,
      crew,
      children,
      tenantId,
      connectionId,
    });
  }

  private constructor(parts: {
    days: number;
    servers: Servers;
    dice: Dice;
    clock: SharedClock;
    world: World;
    boards: Boards;
    team: Team;
    asana: FakeAsana;
    crew: Crew;
    children: Children;
    tenantId: string;
    connectionId: string;
  }) {
    this.#days = parts.days;
    this.#servers = parts.servers;
    this.#dice = parts.dice;
    this.#clock = parts.clock;
    this.#world = parts.world;
    this.#boards = parts.boards;
    this.#team = parts.team;
    this.#asana = parts.asana;
    this.#crew = parts.crew;
    this.#children = parts.children;
    this.#tenantId = parts.tenantId;
    this.#connectionId = parts.connectionId;
    this.#crashesBefore = parts.children.crashes;
  }

  async play(): Promise<Outcome> {
    for (let deed = 0; deed < DEEDS_BEFORE; deed += 1) this.#team.act();
    this.#clock.advanceTo(MONDAY);
    await this.#crew.startAll();
    const scenes = {
      "the busy week": () => this.#busyWeek(),
      "acknowledged is durable": () => this.#acknowledged(),
      "the cursor is lost": () => this.#lostCursor(),
      "lists lag": () => this.#laggingLists(),
    };
    for (const [scene, play] of Object.entries(scenes)) {
      const trouble = await play();
      const outcome = await this.#outcome(scene, trouble);
      if (outcome.differences.length > 0 || scene === "lists lag") return outcome;
    }
    throw new Error("A run has a last scene.");
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#crew.killAll();
    await this.#asana.close();
    this.#clock.close();
    rmSync(this.#clock.path);
    const { database } = this.#servers;
    const [tenantId, connectionId] = [this.#tenantId, this.#connectionId];
    await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
      await removeConnection(trx, tenantId, connectionId);
      await removeDue(trx, { tenantId, connectionId, kind: "reconcile" });
      await removeDue(trx, { tenantId, connectionId, kind: "keep" });
    });
  }

  async #busyWeek(): Promise<string | undefined> {
    Object.assign(this.#asana.chaos.dials, WEEK);
    const end = MONDAY + this.#days * DAY;
    for (const { at, disaster } of planDisasters(this.#dice, MONDAY, end)) {
      this.#plan(at, () => this.#strike(disaster), true);
    }
    for (let deed = 0; deed < this.#days * DEEDS_A_DAY; deed += 1) {
      const morning = MONDAY + this.#dice.between(0, this.#days - 1) * DAY;
      this.#plan(morning + Math.floor(this.#dice.throw() * WORKING_HOURS * HOUR), () => this.#team.act());
    }
    while (this.#clock.now() < end || this.#agenda.length > 0) {
      const next = Math.min(this.#agenda[0]?.at ?? end, this.#clock.now() + LONGEST_STEP);
      await this.#tick(next, this.#dice.chance(0.6));
    }
    await this.#calmDown();
    return this.#settle();
  }

  /** Bells alone tell what happened, and no reconcile helps: who was answered 200 may rely on it, whatever is killed. */
  async #acknowledged(): Promise<string | undefined> {
    this.#asana.webhooks.dials.eventsPerPost = 2;
    this.#world.dials.entryBells = "task";
    await this.#busyMinutes();
    await this.#asana.deliverDue();
    await this.#killAndStart(this.#crew.door);

    await this.#busyMinutes();
    await this.#killAndStart(this.#anyWorker());
    await this.#emptyRedis();

    await this.#busyMinutes();
    await this.#deliverAll();
    await this.#stallAndCrash();
    await this.#deliverAll();
    await this.#ringWhileWorking();
    return this.#untilQuiet("bells that were acknowledged wait still", 90 * MINUTE, 3 * MINUTE);
  }

  async #busyMinutes(): Promise<void> {
    for (let deed = 0; deed < 3; deed += 1) {
      this.#team.planAhead();
      this.#team.move();
      await this.#tick(this.#clock.now() + this.#dice.between(20, 60) * 1000, this.#dice.chance(0.3));
    }
  }

  /** Until nothing is tried again any more. */
  async #deliverAll(): Promise<void> {
    for (let minutes = 0; minutes < 30 && !this.#isDelivered(); minutes += 1) {
      await this.#tick(this.#clock.now() + MINUTE, true);
    }
  }

  #isDelivered(): boolean {
    return this.#asana.webhooks.all().every(({ waiting }) => waiting.every(({ event }) => event === undefined));
  }

  /** The database hangs while bells come in; then it crashes, and with it whoever has not been answered yet. */
  async #stallAndCrash(): Promise<void> {
    const { database, postgres } = this.#servers;
    const { promise: isCrashed, resolve: crashed } = Promise.withResolvers<void>();
    await new Promise<void>((stalled) => {
      const holding = database.kysely.transaction().execute(async (trx) => {
        await sql`lock table inbox.bell in access exclusive mode`.execute(trx);
        stalled();
        await isCrashed;
      });
      holding.catch(() => undefined);
    });
    for (let deed = 0; deed < 5; deed += 1) this.#team.planAhead();
    await Promise.race([this.#follow(this.#asana.deliverDue()), delay(MOST_STALLED)]);
    await this.#crew.kill(this.#crew.door);
    this.#faults.count(`${this.#crew.door} killed`);
    await postgres.crash();
    this.#faults.count("PostgreSQL crashed");
    crashed();
    await this.#crew.startAll();
  }

  /** Bells come in while the worker waits in the midst of a job: they are none of those that it has read. */
  async #ringWhileWorking(): Promise<void> {
    await this.#work();
    this.#asana.limits.storm(1, 30);
    this.#faults.count("429 storm");
    this.#team.planAhead();
    await this.#asana.deliverDue();
    const giveUpAt = performance.now() + MOST_WORKING;
    while (!this.#crew.isWaiting && performance.now() < giveUpAt) await delay(3);
    this.#team.planAhead();
    this.#team.planAhead();
    await this.#asana.deliverDue();
  }

  /** Nothing rings, and Asana does not know the cursor any more: only a look at everything finds what happened. */
  async #lostCursor(): Promise<string | undefined> {
    this.#asana.chaos.dials.dropped = 1;
    for (const worker of this.#crew.workers) {
      await this.#crew.kill(worker);
      this.#faults.count(`${worker} killed`);
    }
    for (let deed = 0; deed < 12; deed += 1) {
      if (this.#dice.chance(0.8)) this.#team.move();
      else this.#team.work();
      await this.#tick(this.#clock.now() + this.#dice.between(1, 10) * MINUTE, false);
    }
    this.#asana.eventLog.forgetCursors();
    this.#faults.count("cursors forgotten");
    Object.assign(this.#asana.chaos.dials, QUIET);
    await this.#crew.startAll();
    const since = this.#clock.now();
    return this.#untilQuiet("no reconcile came to an end", DAY / 2, 15 * MINUTE, () => this.#reconciledSince(since));
  }

  /** Every list leaves out a row that is there, and a task goes for good: its hours stay, and so does everything else. */
  async #laggingLists(): Promise<string | undefined> {
    this.#asana.chaos.dials.laggingLists = 1;
    this.#team.removeOneWithHours();
    this.#asana.eventLog.forgetCursors();
    const since = this.#clock.now();
    return this.#untilQuiet("no reconcile came to an end", DAY / 2, 15 * MINUTE, () => this.#reconciledSince(since));
  }

  /** Everything is up, nothing fails any more, and who was away is back. */
  async #calmDown(): Promise<void> {
    await Promise.all(this.#underWay);
    Object.assign(this.#asana.chaos.dials, QUIET);
    this.#asana.limits.storm(0, 0);
    this.#team.bringBack(true);
    await this.#crew.startAll();
  }

  /** Until every project was looked at, and a reconcile after that had nothing left to do. */
  async #settle(): Promise<string | undefined> {
    const calmSince = this.#clock.now();
    let sweptAt: number | undefined;
    return this.#untilQuiet("it does not settle", SETTLES_WITHIN, 20 * MINUTE, async () => {
      if (sweptAt === undefined && (await this.#sweptSince(calmSince))) sweptAt = this.#clock.now();
      return sweptAt !== undefined && (await this.#reconciledSince(sweptAt));
    });
  }

  /** @returns what is the matter when it does not come */
  async #untilQuiet(
    trouble: string,
    withinMilliseconds: number,
    stepMilliseconds: number,
    isSo: () => boolean | Promise<boolean> = () => true,
  ): Promise<string | undefined> {
    const giveUpAt = this.#clock.now() + withinMilliseconds;
    let quietLooks = 0;
    while (quietLooks < 2) {
      if (this.#clock.now() > giveUpAt) return trouble;
      const areBellsWaiting = await this.#areBellsWaiting();
      const isQuiet = this.#isDelivered() && !areBellsWaiting && (await isSo());
      quietLooks = isQuiet ? quietLooks + 1 : 0;
      await this.#tick(this.#clock.now() + (isQuiet ? MINUTE : stepMilliseconds), true);
      // Redis gives the job of a killed worker to another by its own clock.
      if (areBellsWaiting && !this.#crew.isBusy) await delay(TAKE_OVER);
    }
    return undefined;
  }

  /** Lets the clock go on, and everything happen that is due by then. */
  async #tick(to: number, waitsForWork: boolean): Promise<void> {
    this.#clock.advanceTo(to);
    this.#team.bringBack();
    const due = this.#agenda.filter(({ at }) => at <= to);
    this.#agenda.splice(0, due.length);
    for (const { isStrike, happen } of due) if (!isStrike) await happen();
    const delivered = this.#follow(this.#asana.deliverDue());
    for (const { isStrike, happen } of due) {
      if (!isStrike) continue;
      await this.#anyMoment();
      await happen();
    }
    await Promise.race([delivered, delay(MOST_DELIVERING)]);
    await delay(this.#dice.between(0, 4));
    if (waitsForWork) await this.#work();
  }

  /** Lets the product work, in real time, until it has done what it does or waits for the clock. */
  async #work(): Promise<void> {
    const { requests } = this.#asana;
    const giveUpAt = performance.now() + MOST_WORKING;
    let seen = requests.length;
    let since = performance.now();
    while (this.#crew.isBusy && performance.now() < giveUpAt) {
      await delay(3);
      if (requests.length > seen) since = performance.now();
      seen = requests.length;
      if (this.#crew.isWaiting && performance.now() - since > WAITS_FOR_CLOCK) return;
    }
  }

  /** Somewhere in the work that goes on: after so many more calls to Asana, whichever process makes them. */
  async #anyMoment(): Promise<void> {
    const { requests } = this.#asana;
    const calls = requests.length + this.#dice.between(0, 25);
    const giveUpAt = performance.now() + MOST_WAITING;
    while (requests.length < calls && performance.now() < giveUpAt) await delay(1);
  }

  #plan(at: number, happen: Planned["happen"], isStrike = false): void {
    const place = this.#agenda.findIndex((planned) => planned.at > at);
    this.#agenda.splice(place === -1 ? this.#agenda.length : place, 0, { at, isStrike, happen });
  }

  #follow<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    void work.catch(() => undefined).then(() => this.#underWay.delete(work));
    return work;
  }

  #anyWorker(): Member {
    return this.#dice.pick(this.#crew.workers) ?? "worker";
  }

  async #strike(disaster: Disaster): Promise<void> {
    switch (disaster.kind) {
      case "receiver killed":
        return this.#killFor(this.#crew.door, disaster.awayMilliseconds);
      case "worker killed": {
        const everybody = this.#crew.workers;
        const struck = disaster.awayMilliseconds > DAY ? everybody : [this.#anyWorker()];
        for (const worker of struck) await this.#killFor(worker, disaster.awayMilliseconds);
        return;
      }
      case "worker frozen": {
        if (this.#crew.workers.length < 2) return;
        const goOn = await this.#crew.freeze(this.#anyWorker());
        if (goOn === undefined) return;
        this.#plan(this.#clock.now() + disaster.lastsMilliseconds, goOn);
        break;
      }
      case "tasks hidden": {
        const tasks = this.#team.hide(disaster.count, disaster.status);
        this.#plan(this.#clock.now() + disaster.lastsMilliseconds, () => {
          for (const task of tasks) this.#world.restoreAccess(task);
        });
        break;
      }
      case "Redis emptied":
        return this.#emptyRedis();
      case "Redis killed": {
        const { redis } = this.#servers;
        await redis.kill();
        if (disaster.awayMilliseconds === 0) await redis.start();
        else this.#plan(this.#clock.now() + disaster.awayMilliseconds, () => redis.start());
        break;
      }
      case "PostgreSQL crashed":
        await this.#servers.postgres.crash();
        break;
      case "429 storm":
        this.#asana.limits.storm(disaster.requests, disaster.retryAfterSeconds);
        break;
      case "Asana outage":
        Object.assign(this.#asana.chaos.dials, OUTAGE);
        this.#plan(this.#clock.now() + disaster.lastsMilliseconds, () => {
          const { serverErrors, brokenConnections } = WEEK;
          Object.assign(this.#asana.chaos.dials, { serverErrors, brokenConnections });
        });
        break;
      case "cursors forgotten":
        this.#asana.eventLog.forgetCursors();
        break;
    }
    this.#faults.count(disaster.kind);
  }

  async #killFor(member: Member, awayMilliseconds: number): Promise<void> {
    if (!(await this.#crew.kill(member))) return;
    this.#faults.count(awayMilliseconds > DAY ? `${member} killed, a day away` : `${member} killed`);
    if (awayMilliseconds > 0) this.#plan(this.#clock.now() + awayMilliseconds, () => this.#crew.start(member));
    else await this.#crew.startNow(member);
  }

  async #emptyRedis(): Promise<void> {
    // One that is away now is empty as well.
    await this.#servers.redis.command("FLUSHALL").catch(() => undefined);
    this.#faults.count("Redis emptied");
  }

  async #killAndStart(member: Member): Promise<void> {
    await this.#crew.kill(member);
    this.#faults.count(`${member} killed`);
    await this.#crew.startAll();
  }

  /** Bells that nobody has answered yet. */
  #areBellsWaiting(): Promise<boolean> {
    const tenantId = this.#tenantId;
    return inTransaction(this.#servers.database, { role: "recorder", tenantId }, async (trx) => {
      const waiting = await trx
        .selectFrom("inbox.bell")
        .where("state", "=", "new")
        .select("bell_id")
        .limit(1)
        .execute();
      return waiting.length > 0;
    });
  }

  async #sweptSince(instant: number): Promise<boolean> {
    const projects = await inTransaction(
      this.#servers.database,
      { role: "recorder", tenantId: this.#tenantId },
      (trx) => listConnectedProjects(trx, this.#tenantId, "asana:", this.#connectionId),
    );
    return projects.every(({ sweptAt }) => sweptAt !== undefined && sweptAt >= instant);
  }

  /** One that began then, or later, has ended. */
  async #reconciledSince(instant: number): Promise<boolean> {
    const due = await listDueJobs(this.#servers.database);
    return due.some(
      ({ tenantId, kind, dueAt }) =>
        tenantId === this.#tenantId && kind === "reconcile" && dueAt - CHAOS_TIMING.reconcileEvery >= instant,
    );
  }

  async #outcome(scene: string, trouble: string | undefined): Promise<Outcome> {
    const { database, masterKey } = this.#servers;
    const tenantId = this.#tenantId;
    const truth = trueLedger(this.#world, this.#boards, this.#team);
    const secrets = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
      openTenantSecrets(trx, tenantId, MasterKey.parse(masterKey)),
    );
    const found = await foundLedger(database, tenantId);
    const comparison = compare(truth, found, (gid) => secrets.entryId("asana-entry", gid));
    const unsound = await verify(database, tenantId);
    const crashes = this.#children.crashes - this.#crashesBefore;
    const faults = new Tally();
    faults.addAll(this.#faults.counts);
    faults.addAll(this.#asana.faults.table);
    return {
      minutes: [...truth.entries.values()].reduce((sum, { minutes }) => sum + minutes, 0),
      entries: truth.entries.size,
      items: truth.items.size,
      minutesLost: comparison.minutesLost,
      minutesDoubled: comparison.minutesDoubled,
      differences: [
        ...(trouble === undefined ? [] : [trouble]),
        ...comparison.differences,
        ...unsound.map(({ kind, what, expected, found: has }) => `verify: ${kind} ${what} is ${has}, not ${expected}`),
        ...(crashes === 0 ? [] : [`${crashes} processes ended by themselves`]),
      ],
      scene,
      faults,
      deeds: this.#team.deedsByTask(),
    };
  }
}

/** Of three weeks one is played by a single process, one by three. */
function membersOf(seed: number, isOneProcess: boolean): readonly Member[] {
  if (isOneProcess) return ["receiver and worker in one"];
  return seed % 3 === 2 ? ["receiver", "worker", "other worker"] : ["receiver", "worker"];
}

/** A tenant whose connection is as somebody left it who has just connected. */
async function connect(
  { database, masterKey }: Servers,
  { workspace, chosen, stages }: Boards,
  now: number,
): Promise<{ readonly tenantId: string; readonly connectionId: string }> {
  const tenantId = randomUUID();
  const connectionId = randomUUID();
  const key = MasterKey.parse(masterKey);
  const tenant = { tenantId, name: `Tenant ${tenantId}`, zone: "Europe/Berlin", isDemo: false };
  await createTenant(database, tenant, key, randomBytes, now);
  await recordStageMap(database, tenantId, new StageMap(stages));
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, key);
    const credentials = JSON.stringify({ kind: "token", token: "personal-token" });
    const connection = { connectionId, kind: "asana", workspace } as const;
    await addConnection(trx, tenantId, connection, credentials, secrets, randomBytes, now);
    for (const { gid, project, field } of chosen) {
      await chooseProject(trx, tenantId, "asana:", {
        connectionId,
        sourceProject: gid,
        project,
        stageField: field?.gid,
      });
    }
    for (const kind of ["keep", "reconcile"]) await setDue(trx, { tenantId, connectionId, kind, dueAt: now });
  });
  return { tenantId, connectionId };
}
