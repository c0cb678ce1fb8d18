/**
 * A line: the team as it really works. The log never shows servers, work hours or windows;
 * they are what the causal truth changes. All times are working hours.
 */

/** A step of the work, with its own queue in front. */
export interface LineStage {
  readonly name: string;
  /** Items that can be worked on at once. */
  readonly servers: number;
  /** Later values of `servers`, by week from the start. */
  readonly serversFrom?: readonly { readonly week: number; readonly servers: number }[];
  /** Mean hours of work a visit takes, and its coefficient of variation (log-normal). */
  readonly workHours: number;
  readonly cv: number;
  /** Pull limit: items that may be in the stage, queue included. What is ready for a full stage stays where it was. */
  readonly limit?: number;
  /** Share of visits that fail and send the item back to `to`. */
  readonly rework?: { readonly probability: number; readonly to: string };
  /** Share of visits that stop half-way for something outside; the server turns to other work meanwhile. */
  readonly blocked?: { readonly probability: number; readonly meanHours: number; readonly cv: number };
  /** Work starts only when a window opens, then on everything that is there (a release train). */
  readonly window?: { readonly everyHours: number };
  /** Share of items that nobody ever takes up here, though no one says so. */
  readonly abandoned?: number;
  /** Items put here at the start of a week and never touched. */
  readonly dumped?: { readonly week: number; readonly count: number };
}

/** How items reach the first stage. */
type Arrivals =
  | {
      readonly kind: "poisson";
      readonly perWeek: number;
      readonly from?: readonly { readonly week: number; readonly perWeek: number }[];
    }
  /** The backlog never runs out: an item is pulled whenever the first stage is below its limit. */
  | { readonly kind: "endless" };

export interface Line {
  readonly stages: readonly LineStage[];
  readonly arrivals: Arrivals;
  /** Finished work is moved to Done only at these intervals (late closing: the work was over before). */
  readonly closingEveryHours?: number;
  /** Mean hours until someone notices a free place below a limit and fills it; 0 by default. */
  readonly pullLagHours?: number;
  /** Share of items that jump every queue. */
  readonly expedited: number;
  /** Those items also enter stages that stand at their limit. */
  readonly expeditedPassLimits?: boolean;
}

/** What an item does in a stage: stands in its queue, or is in work (also when blocked or held by a full next stage). */
export type Phase = "waiting" | "working";

export interface Step {
  readonly stage: number;
  readonly phase: Phase;
  readonly atHours: number;
}

/** One item's true way through the line. */
export interface ItemPath {
  readonly index: number;
  readonly createdHours: number;
  readonly steps: readonly Step[];
  readonly blocks: readonly { readonly fromHours: number; readonly toHours: number }[];
  /** When the work was over; undefined while it is not. */
  readonly finishedHours: number | undefined;
  /** When it was moved to Done: later than `finishedHours` under late closing. */
  readonly closedHours: number | undefined;
}

export interface LineRun {
  readonly line: Line;
  readonly seed: number;
  readonly weeks: number;
  readonly items: readonly ItemPath[];
}
