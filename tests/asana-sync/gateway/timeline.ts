import { setImmediate } from "node:timers/promises";
import type { Pacing } from "../../../packages/sync/src/pacing.ts";

export interface Timeline extends Pacing {
  /** Lets simulated time pass, sleeper after sleeper in the order of their waking, until nobody sleeps. */
  run(): Promise<void>;
  /** The same, up to an instant (milliseconds from the start). */
  runUntil(milliseconds: number): Promise<void>;
}

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** A clock that begins at 0 and jumps to whoever wakes next: many can sleep at the same time. */
export function timeline(): Timeline {
  let now = 0;
  let sleepers: Sleeper[] = [];
  const step = async (end: number): Promise<boolean> => {
    // Whatever follows from the last waking happens first.
    await setImmediate();
    const next = sleepers.toSorted((a, b) => a.wakesAt - b.wakesAt)[0];
    if (next === undefined || next.wakesAt > end) return false;
    sleepers = sleepers.filter((other) => other !== next);
    now = Math.max(now, next.wakesAt);
    next.wake();
    return true;
  };
  const runUntil = async (end: number) => {
    for (let steps = 0; steps < 100_000; steps += 1) if (!(await step(end))) break;
    if (Number.isFinite(end)) now = Math.max(now, end);
  };
  return {
    now: () => now,
    random: () => 0,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { wakesAt: now + milliseconds, wake: resolve };
        sleepers.push(sleeper);
        signal.addEventListener("abort", () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason);
        });
      }),
    run: () => runUntil(Number.POSITIVE_INFINITY),
    runUntil,
  };
}
