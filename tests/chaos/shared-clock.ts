/**
 * Simulated time that several processes share: eight bytes of a file, which the harness writes and its children read. So
 * outages and back-off of hours pass in milliseconds, for all of them alike.
 */
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import type { Pacing } from "../../packages/sync/src/pacing.ts";
import { SimulatedClock } from "../simulators/asana/simulated-clock.ts";

const BYTES = 8;
/** Real time between two looks at the clock of whoever sleeps. */
const LOOK_EVERY_MILLISECONDS = 3;

/** The harness's end. */
export class SharedClock {
  readonly path: string;
  readonly #clock: SimulatedClock;
  readonly #file: number;

  /** @param startsAt ISO 8601 */
  constructor(path: string, startsAt: string) {
    this.path = path;
    this.#clock = new SimulatedClock(startsAt);
    this.#file = openSync(path, "w");
    this.#write();
  }

  /** Epoch milliseconds. */
  readonly now = (): number => this.#clock.now();

  /** Never back. */
  advanceTo(instant: number): void {
    this.#clock.advanceTo(instant);
    this.#write();
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(): void {
    const bytes = Buffer.alloc(BYTES);
    bytes.writeDoubleLE(this.#clock.now());
    writeSync(this.#file, bytes, 0, BYTES, 0);
  }
}

/**
 * A child's end: its clock is the file, and its sleep looks at it every few milliseconds. Chance is the machine's.
 *
 * @param onSleepers told how many sleep, whenever that changes
 */
export function sharedPacing(path: string, onSleepers: (count: number) => void = () => undefined): Pacing {
  const file = openSync(path, "r");
  const bytes = Buffer.alloc(BYTES);
  const now = (): number => {
    readSync(file, bytes, 0, BYTES, 0);
    return bytes.readDoubleLE();
  };
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  setInterval(() => {
    if (sleepers.size === 0) return;
    const instant = now();
    for (const sleeper of sleepers) if (sleeper.until <= instant) sleeper.wake();
  }, LOOK_EVERY_MILLISECONDS);
  return {
    now,
    random: Math.random,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const rise = (): void => {
          sleepers.delete(sleeper);
          signal.removeEventListener("abort", giveUp);
          onSleepers(sleepers.size);
        };
        const giveUp = (): void => {
          rise();
          reject(signal.reason);
        };
        const sleeper = {
          until: now() + milliseconds,
          wake: () => {
            rise();
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener("abort", giveUp, { once: true });
        onSleepers(sleepers.size);
      }),
  };
}
