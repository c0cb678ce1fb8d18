import type { Pacing } from "../../apps/ledger/src/jira/site/pacing.ts";

export interface VirtualPacing extends Pacing {
  /** Milliseconds of each wait, in order. */
  readonly waits: readonly number[];
}

/** A clock that only waiting moves, and that waits no real time. Chance always gives the same number. */
export function virtualPacing(startsAt: string, random = 0): VirtualPacing {
  let now = Date.parse(startsAt);
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    random: () => random,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
}
