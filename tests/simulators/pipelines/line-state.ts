/** What a running simulation keeps: items under way, stages as they stand, events to come. */
import type { LineStage, Step } from "./line.ts";

export interface Item {
  readonly index: number;
  readonly createdHours: number;
  readonly expedited: boolean;
  readonly steps: Step[];
  readonly blocks: { fromHours: number; toHours: number }[];
  /** Visits per stage so far; part of every draw's address. */
  readonly visits: number[];
  finishedHours: number | undefined;
  closedHours: number | undefined;
}

export interface Visit {
  readonly item: Item;
  readonly visit: number;
  /** Hours of work still to do. */
  leftHours: number;
  /** Hours that a block will hold it half-way; 0 when none will. */
  blockHours: number;
}

export interface StageState {
  readonly stage: LineStage;
  servers: number;
  busy: number;
  /** Items in the stage, queue and held ones included: what the pull limit counts. */
  present: number;
  readonly queue: Visit[];
  /** Done with this stage, kept back by the limit of the next. */
  readonly held: Item[];
}

export type LineEvent =
  | { readonly kind: "arrival" }
  | { readonly kind: "work-paused"; readonly stage: number; readonly visit: Visit }
  | { readonly kind: "work-done"; readonly stage: number; readonly visit: Visit }
  | { readonly kind: "unblocked"; readonly stage: number; readonly visit: Visit }
  | { readonly kind: "pull"; readonly stage: number }
  | { readonly kind: "window"; readonly stage: number }
  | { readonly kind: "servers"; readonly stage: number; readonly servers: number }
  | { readonly kind: "dump"; readonly stage: number; readonly count: number };
