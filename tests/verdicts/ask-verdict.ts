/** The only place where the acceptance touches the verdict. */
import type { ItemFacts, Stage, Verdict } from "@stageledger/core";

/** What a project manager's run would hand over. */
interface Question {
  readonly items: readonly ItemFacts[];
  readonly stages: readonly Stage[];
  /** Name of the commitment stage. */
  readonly commitment: string;
  /** Epoch milliseconds: midnight UTC at the end of the window's last week. */
  readonly asOf: number;
  /** Seed of the resampling. */
  readonly seed: number;
}

/** A rule taken out of the verdict, to see that the acceptance notices. */
export type Ablation = "parked" | "ceiling";

export interface Answer {
  /** Logical stage that the verdict names, as constraint or candidate. */
  readonly named: string | null;
  /** Logical stage that B2 names on the window as it is, before resampling. */
  readonly namedWithoutResampling: string | null;
  readonly outcome: Verdict["outcome"];
  readonly because: Verdict["because"];
  /** Share of resamples that named the same stage, 0 to 1. */
  readonly share: number;
}

export type AskVerdict = (question: Question, without?: Ablation) => Answer;

export const askVerdict: AskVerdict = () => {
  throw new Error("askVerdict is not wired to the core yet");
};
