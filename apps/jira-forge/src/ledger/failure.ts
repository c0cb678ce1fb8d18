/** Why the ledger did not do what was asked, and how sure that is. */
import type { TimerAnswer } from "@stageledger/core/contract/timer";

export interface Failure {
  /** The ledger's own (docs/errors.md), or one of {@link OWN_CODES} for what never came to it. */
  readonly code: string;
  /** False where it may have been done all the same: the answer was lost, not the call. */
  readonly isCertain: boolean;
  /** The ledger's words, for codes that have none here. */
  readonly detail?: string | undefined;
  readonly next?: string | undefined;
  /** Which part of what was asked it is about, such as `body.changes.2`. */
  readonly at?: string | undefined;
  /** With TIMER_RUNNING: the one that runs. */
  readonly timer?: TimerAnswer | undefined;
}

export const OWN_CODES = {
  /** Nobody answered: the person is offline, or the ledger is. */
  unreached: "LEDGER_UNREACHED",
  /** Somebody may still answer, and nobody waits any longer. */
  late: "LEDGER_LATE",
  /** Jira, or what stands before the ledger, did not let the call through. */
  forbidden: "LEDGER_FORBIDDEN",
  /** Something answered that is not the ledger that this app was made for. */
  unreadable: "LEDGER_UNREADABLE",
  /** Jira did not take the copy of an entry, or a change of it. */
  copyRefused: "COPY_REFUSED",
  /** Jira did not say whether it did. */
  copyUnreached: "COPY_UNREACHED",
} as const;

export type Outcome<A> =
  | { readonly isDone: true; readonly answer: A }
  | { readonly isDone: false; readonly failure: Failure };
