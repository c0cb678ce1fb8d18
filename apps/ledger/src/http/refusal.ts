import { StageledgerError } from "@stageledger/core";
import type { TimerAnswer } from "@stageledger/core/contract/timer";

/** What a refusal tells beside its code. */
export interface RefusalDetails {
  /** Where in the request the first fault lies. Names members of ours only. */
  readonly at?: string;
  readonly timer?: TimerAnswer;
}

/** An error with more to tell than its words. */
export class Refusal extends StageledgerError {
  readonly details: RefusalDetails;

  constructor(error: StageledgerError, details: RefusalDetails) {
    super(error.code, error.message, error.next === undefined ? {} : { next: error.next });
    this.details = details;
  }
}
