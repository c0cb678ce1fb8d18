/** The verdict (B1–B7, docs/flow-rules.md). */
import type { FindingKind } from "./data-quality.ts";
import type { Figure } from "./figure.ts";

export type BoardStyle = "merged" | "separate";

/** Outcome of B2 and B3. "none": no clear constraint or refused; `because` says which. */
export interface Verdict {
  readonly outcome: "constraint" | "candidate" | "none";
  /** Which rule named it, or why none is named. */
  readonly because:
    | "ceiling"
    | "queue"
    | "policy-queue"
    | "too-few-finishes"
    | "batch"
    | "no-clear-constraint"
    | "unstable";
  /** Name of the logical stage; null when none is named. */
  readonly stage: string | null;
  /** One sentence: what is so. */
  readonly sentence: string;
  /** Sentences it rests on, most telling first. */
  readonly evidence: readonly string[];
  /** The first test that failed, its value and its gate; null when a stage is named. */
  readonly failedTest: { readonly test: string; readonly value: number; readonly gate: number } | null;
  /** Resamples that named the same stage (B3), of how many. */
  readonly resamples: { readonly same: number; readonly of: number; readonly seed: number };
  /** "thin data" under 20 finishes. */
  readonly thin: boolean;
  readonly finishes: number;
  readonly boardStyle: BoardStyle;
  readonly boardNote: string;
  /** Measured accuracy for this board style with the base-rate note (B5); null when no stage is named. */
  readonly accuracyNote: string | null;
  /** Per logical stage, in flow order. */
  readonly stages: readonly StageEvidence[];
  /** The stage with the next largest share. */
  readonly second: { readonly stage: string; readonly share: number } | null;
  /** Keys of the items that sit in the named stage now, natural order, first 20, and how many there are. */
  readonly items: { readonly count: number; readonly keys: readonly string[] };
  /** Parked items (B1): always listed. */
  readonly parked: { readonly count: number; readonly keys: readonly string[] };
  /** What to try first, or null. */
  readonly tryFirst: string | null;
  readonly rule: string;
  readonly mapVersion: number;
  /** Kinds of data-quality findings that touch the verdict (B5). */
  readonly findings: readonly FindingKind[];
}

/** B1 for one logical stage: a waiting stage belongs to the stage that it feeds. */
export interface StageEvidence {
  readonly stage: string;
  readonly waitingStages: readonly string[];
  /** Mean items in the stage over the sampled hours. */
  readonly meanItems: number;
  readonly variance: number;
  readonly share: number;
  /** Share of hours with at least one item. */
  readonly full: number;
  /** Share of hours with at least one item in its waiting stage; null on a merged stage. */
  readonly queue: number | null;
  readonly limitHint: Figure;
}
