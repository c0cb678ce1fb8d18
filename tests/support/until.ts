import { setTimeout as delay } from "node:timers/promises";

const LOOK_EVERY_MILLISECONDS = 5;

/** Waits for something that happens by itself; fails, and says what was waited for, when it does not. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  withinMilliseconds = 10_000,
): Promise<void> {
  const giveUpAt = Date.now() + withinMilliseconds;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`Waited ${withinMilliseconds} ms in vain for this: ${what}.`);
    await delay(LOOK_EVERY_MILLISECONDS);
  }
}
