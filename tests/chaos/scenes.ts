/** What happens in a run, scene by scene. Each says what is the matter when the product does not come to rest after it. */
import { sql } from "kysely";
import type { Course } from "./course.ts";
import type { Crew } from "./crew.ts";
import type { Dice } from "./dice.ts";
import { planDisasters } from "./disasters.ts";
import type { LedgerWatch } from "./ledger-watch.ts";
import type { Servers } from "./servers.ts";
import type { Mishap, Side } from "./side.ts";
import type { Strikes } from "./strikes.ts";
import type { Tally } from "./tally.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A Friday, 10:00 in Berlin. */
export const BEGINS_AT = "2026-09-04T08:00:00Z";
export const MONDAY = Date.parse("2026-09-07T05:00:00Z");
/** Of each side. */
const DEEDS_A_DAY = 32;
const WORKING_HOURS = 11;
const LONGEST_STEP = 25 * MINUTE;
const SETTLES_WITHIN = 3 * DAY;
/** Real milliseconds. */
const MOST_STALLED = 1500;

export interface SceneParts {
  readonly servers: Servers;
  readonly dice: Dice;
  readonly crew: Crew;
  readonly sides: readonly Side[];
  readonly watch: LedgerWatch;
  readonly course: Course;
  readonly strikes: Strikes;
  readonly faults: Tally;
  /** How many working days the week has. */
  readonly days: number;
}

/** In their order. What acknowledged work, silence and lagging lists must not do to the ledger, stands alone in each. */
export const SCENES = ["week", "acknowledged", "silence", "lag"] as const;
export type Scene = (typeof SCENES)[number];

type Play = () => Promise<string | undefined>;

export class Scenes {
  readonly #parts: SceneParts;

  constructor(parts: SceneParts) {
    this.#parts = parts;
  }

  /** @param chosen those to play, after a first look at what is there; all of them where there are none */
  inOrder(chosen: readonly Scene[]): readonly (readonly [scene: string, play: Play])[] {
    const play: Readonly<Record<Scene, Play>> = {
      week: () => this.#busyWeek(),
      acknowledged: () => this.#acknowledged(),
      silence: () => this.#silence(),
      lag: () => this.#laggingLists(),
    };
    const scenes = SCENES.filter((scene) => chosen.length === 0 || chosen.includes(scene));
    const inOrder = scenes.map((scene) => [scene, play[scene]] as const);
    return chosen.length === 0 ? inOrder : [["a first look", () => this.#settle()], ...inOrder];
  }

  async #busyWeek(): Promise<string | undefined> {
    const { dice, sides, course, strikes, days } = this.#parts;
    for (const side of sides) side.roughen();
    const end = MONDAY + days * DAY;
    for (const { at, disaster } of planDisasters(dice, MONDAY, end)) {
      course.plan(at, () => strikes.strike(disaster), true);
    }
    for (const side of sides) {
      for (const mishap of side.planMishaps(dice, MONDAY, end))
        course.plan(mishap.at, () => this.#befall(mishap), true);
      for (let deed = 0; deed < days * DEEDS_A_DAY; deed += 1) {
        const morning = MONDAY + dice.between(0, days - 1) * DAY;
        course.plan(morning + Math.floor(dice.throw() * WORKING_HOURS * HOUR), () => side.act());
      }
    }
    while (course.now < end || course.nextAt !== undefined) {
      const next = Math.min(course.nextAt ?? end, course.now + LONGEST_STEP);
      await course.tick(next, dice.chance(0.6));
    }
    await this.#calmDown();
    return this.#settle();
  }

  #befall({ kind, begin, ending }: Mishap): void {
    const { course, faults } = this.#parts;
    begin();
    faults.count(kind);
    if (ending !== undefined) course.plan(course.now + ending.afterMilliseconds, ending.end);
  }

  /** Bells alone tell what happened, and no reconcile helps: who was answered may rely on it, whatever is killed. */
  async #acknowledged(): Promise<string | undefined> {
    const { sides, crew, course, strikes } = this.#parts;
    for (const side of sides) await side.ringForEach();
    await this.#busyMinutes();
    await course.deliverDue();
    await strikes.killAndStart(crew.door);

    await this.#busyMinutes();
    await strikes.killAndStart(strikes.anyWorker());
    await strikes.emptyRedis();

    await this.#busyMinutes();
    await course.deliverAll();
    await this.#stallAndCrash();
    await course.deliverAll();
    await this.#killWhileWorking();
    await course.deliverAll();
    await this.#ringWhileWorking();
    return course.untilQuiet("bells that were acknowledged wait still", 90 * MINUTE, 3 * MINUTE);
  }

  async #busyMinutes(): Promise<void> {
    const { dice, sides, course } = this.#parts;
    for (let deed = 0; deed < 3; deed += 1) {
      for (const side of sides) {
        side.planAhead();
        side.move();
        side.logDirectly();
      }
      await course.tick(course.now + dice.between(20, 60) * 1000, dice.chance(0.3));
    }
  }

  /** The database hangs while bells come in; then it crashes, and with it whoever has not been answered yet. */
  async #stallAndCrash(): Promise<void> {
    const { servers, crew, sides, course, strikes } = this.#parts;
    const { promise: isCrashed, resolve: crashed } = Promise.withResolvers<void>();
    await new Promise<void>((stalled) => {
      const holding = servers.database.kysely.transaction().execute(async (trx) => {
        await sql`lock table inbox.bell in access exclusive mode`.execute(trx);
        stalled();
        await isCrashed;
      });
      holding.catch(() => undefined);
    });
    for (const side of sides) for (let deed = 0; deed < 5; deed += 1) side.planAhead();
    await course.deliverFor(MOST_STALLED);
    await strikes.kill(crew.door);
    await strikes.crashPostgres();
    crashed();
    await crew.startAll();
  }

  /** A worker is killed in the midst of a job, with what it read and has not recorded. */
  async #killWhileWorking(): Promise<void> {
    const { crew, strikes } = this.#parts;
    await this.#stopInAJob();
    for (const worker of crew.workers) await strikes.kill(worker);
    await crew.startAll();
  }

  /** Bells come in while the worker waits in the midst of a job: they are none of those that it has read. */
  async #ringWhileWorking(): Promise<void> {
    await this.#stopInAJob();
    for (const side of this.#parts.sides) {
      side.planAhead();
      side.planAhead();
    }
    await this.#parts.course.deliverDue();
  }

  async #stopInAJob(): Promise<void> {
    const { sides, course, faults } = this.#parts;
    await course.work();
    for (const side of sides) {
      side.storm(1, 30);
      faults.count("429 storm");
      side.planAhead();
    }
    await course.deliverDue();
    await course.untilItWaits();
  }

  /** Nothing rings, and what remembers where the product's reading was has forgotten: only a look finds what happened. */
  async #silence(): Promise<string | undefined> {
    const { dice, crew, sides, watch, course, strikes, faults } = this.#parts;
    for (const side of sides) side.fallSilent();
    for (const worker of crew.workers) await strikes.kill(worker);
    for (let deed = 0; deed < 12; deed += 1) {
      for (const side of sides) {
        if (dice.chance(0.6)) side.move();
        else side.work();
      }
      await course.tick(course.now + dice.between(1, 10) * MINUTE, false);
    }
    for (const side of sides) if (side.forget()) faults.count("cursors forgotten");
    for (const side of sides) side.calm();
    await crew.startAll();
    const since = course.now;
    return course.untilQuiet("no reconcile came to an end", DAY / 2, 15 * MINUTE, () => watch.reconciledSince(since));
  }

  /** Lists show what was, and a thing goes for good: its hours stay, and so does everything else. */
  async #laggingLists(): Promise<string | undefined> {
    const { sides, watch, course } = this.#parts;
    for (const side of sides) {
      side.lag();
      side.forget();
    }
    const since = course.now;
    return course.untilQuiet("no sweep came to an end", DAY, 20 * MINUTE, () => watch.sweptSince(since));
  }

  /** Everything is up, nothing fails any more, and who was away is back. */
  async #calmDown(): Promise<void> {
    const { crew, sides, course } = this.#parts;
    await course.arrive();
    for (const side of sides) {
      side.calm();
      side.goOn(true);
    }
    await crew.startAll();
  }

  /** Until every project was looked at, and a reconcile after that had nothing left to do. */
  async #settle(): Promise<string | undefined> {
    const { watch, course } = this.#parts;
    const calmSince = course.now;
    let sweptAt: number | undefined;
    return course.untilQuiet("it does not settle", SETTLES_WITHIN, 20 * MINUTE, async () => {
      if (sweptAt === undefined && (await watch.sweptSince(calmSince))) sweptAt = course.now;
      return sweptAt !== undefined && (await watch.reconciledSince(sweptAt));
    });
  }
}
