/** Lets simulated time go on: what is due happens, the sources ring, and the product works in the meantime. */
import { setTimeout as delay } from "node:timers/promises";
import type { Crew } from "./crew.ts";
import type { Dice } from "./dice.ts";
import type { LedgerWatch } from "./ledger-watch.ts";
import type { SharedClock } from "./shared-clock.ts";
import type { Side } from "./side.ts";

const MINUTE = 60_000;

/** Real milliseconds of a step. */
const MOST_DELIVERING = 20;
const MOST_WORKING = 3000;
const MOST_WAITING = 40;
const TAKE_OVER = 100;
/** Who waits for the clock, and asks nothing for so long, has nothing else to do. */
const WAITS_FOR_CLOCK = 20;

interface Planned {
  readonly at: number;
  /** It hits the product while it works. */
  readonly isStrike: boolean;
  readonly happen: () => void | Promise<void>;
}

export interface CourseParts {
  readonly dice: Dice;
  readonly clock: SharedClock;
  readonly crew: Crew;
  readonly sides: readonly Side[];
  readonly watch: LedgerWatch;
}

export class Course {
  readonly #parts: CourseParts;
  readonly #agenda: Planned[] = [];
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(parts: CourseParts) {
    this.#parts = parts;
  }

  get now(): number {
    return this.#parts.clock.now();
  }

  /** When the next thing happens that was planned. */
  get nextAt(): number | undefined {
    return this.#agenda[0]?.at;
  }

  plan(at: number, happen: Planned["happen"], isStrike = false): void {
    const place = this.#agenda.findIndex((planned) => planned.at > at);
    this.#agenda.splice(place === -1 ? this.#agenda.length : place, 0, { at, isStrike, happen });
  }

  /** Lets the clock go on, and everything happen that is due by then. */
  async tick(to: number, waitsForWork: boolean): Promise<void> {
    const { clock, sides, dice } = this.#parts;
    clock.advanceTo(to);
    for (const side of sides) side.goOn();
    const due = this.#agenda.filter(({ at }) => at <= to);
    this.#agenda.splice(0, due.length);
    for (const { isStrike, happen } of due) if (!isStrike) await happen();
    const delivered = this.#follow(this.deliverDue());
    for (const { isStrike, happen } of due) {
      if (!isStrike) continue;
      await this.#anyMoment();
      await happen();
    }
    await Promise.race([delivered, delay(MOST_DELIVERING)]);
    await delay(dice.between(0, 4));
    if (waitsForWork) await this.work();
  }

  async deliverDue(): Promise<void> {
    await Promise.all(this.#parts.sides.map((side) => side.deliverDue()));
  }

  /** As far as it comes in real milliseconds. */
  async deliverFor(mostMilliseconds: number): Promise<void> {
    await Promise.race([this.#follow(this.deliverDue()), delay(mostMilliseconds)]);
  }

  /** Until nothing is tried again any more. */
  async deliverAll(): Promise<void> {
    for (let minutes = 0; minutes < 30 && !this.#isDelivered(); minutes += 1) {
      await this.tick(this.now + MINUTE, true);
    }
  }

  /** What is on its way comes to its end. */
  async arrive(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** Lets the product work, in real time, until it has done what it does or waits for the clock. */
  async work(): Promise<void> {
    const { crew } = this.#parts;
    const giveUpAt = performance.now() + MOST_WORKING;
    let seen = this.#calls();
    let since = performance.now();
    while (crew.isBusy && performance.now() < giveUpAt) {
      await delay(3);
      const calls = this.#calls();
      if (calls > seen) since = performance.now();
      seen = calls;
      if (crew.isWaiting && performance.now() - since > WAITS_FOR_CLOCK) return;
    }
  }

  /** Until calls of the product wait for the clock to go on, in the midst of a job. */
  async untilItWaits(): Promise<void> {
    const giveUpAt = performance.now() + MOST_WORKING;
    while (!this.#parts.crew.isWaiting && performance.now() < giveUpAt) await delay(3);
  }

  /** @returns what is the matter when it does not come */
  async untilQuiet(
    trouble: string,
    withinMilliseconds: number,
    stepMilliseconds: number,
    isSo: () => boolean | Promise<boolean> = () => true,
  ): Promise<string | undefined> {
    const { crew, watch } = this.#parts;
    const giveUpAt = this.now + withinMilliseconds;
    let quietLooks = 0;
    while (quietLooks < 2) {
      if (this.now > giveUpAt) return trouble;
      const areBellsWaiting = await watch.areBellsWaiting();
      const isQuiet = this.#isDelivered() && !areBellsWaiting && (await isSo());
      quietLooks = isQuiet ? quietLooks + 1 : 0;
      await this.tick(this.now + (isQuiet ? MINUTE : stepMilliseconds), true);
      // Redis gives the job of a killed worker to another by its own clock.
      if (areBellsWaiting && !crew.isBusy) await delay(TAKE_OVER);
    }
    return undefined;
  }

  /** Somewhere in the work that goes on: after so many more calls to the sources, whichever process makes them. */
  async #anyMoment(): Promise<void> {
    const calls = this.#calls() + this.#parts.dice.between(0, 25);
    const giveUpAt = performance.now() + MOST_WAITING;
    while (this.#calls() < calls && performance.now() < giveUpAt) await delay(1);
  }

  #isDelivered(): boolean {
    return this.#parts.sides.every(({ isDelivered }) => isDelivered);
  }

  #calls(): number {
    return this.#parts.sides.reduce((sum, { calls }) => sum + calls, 0);
  }

  #follow<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    void work.catch(() => undefined).then(() => this.#underWay.delete(work));
    return work;
  }
}
