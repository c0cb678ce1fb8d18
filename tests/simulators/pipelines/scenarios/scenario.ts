/** A scenario: a line, and what it stands for in the acceptance. */
import type { Line } from "../line.ts";

/** The families of the acceptance (tests/verdicts/gates.ts); "weak-spot" counts in the overall figures only, "few-finishes" must always be refused. */
export type Family =
  | "capacity"
  | "rework"
  | "starved-downstream"
  | "pile"
  | "pull-system"
  | "under-loaded"
  | "batch-only"
  | "dead-pile"
  | "few-finishes"
  | "weak-spot"
  /** B6: stage moves can't tell. Shown for honesty, counted nowhere. */
  | "never-knowable";

export interface Scenario {
  readonly name: string;
  readonly family: Family;
  /** What the team's trouble is, in a sentence. */
  readonly story: string;
  readonly line: Line;
}

/** History before the window: twice as long as it, so that queues have their usual length. */
export const WEEKS = 26;
export const WINDOW_WEEKS = 8;
/** Every team lets some items jump the queue. */
export const EXPEDITED = 0.1;
