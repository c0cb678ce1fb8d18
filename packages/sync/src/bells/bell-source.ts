/** What the work on bells needs of a source. */
import type { ErrorCode } from "@stageledger/core";
import type { Bell } from "@stageledger/db";

export interface BellSource<Desk> {
  /** Undefined when there is no such connection, it is off, or it is another source's. */
  readonly open: (tenantId: string, connectionId: string) => Promise<Desk | undefined>;
  /** How the bells are answered. Rounds go one after the other; what is in one round goes side by side. */
  readonly plan: (desk: Desk, bells: readonly Bell[]) => readonly (readonly BellErrand[])[];
  /** What passes by itself, or when somebody mends the connection: the bell is as good afterwards as it was before. */
  readonly passing: ReadonlySet<ErrorCode>;
  /** Failures that somebody has to mend, and that the connection shows. */
  readonly problems: ReadonlySet<string>;
}

/** One thing to look at, for the bells that rang about it. */
export interface BellErrand {
  readonly bells: readonly Bell[];
  /** Settles the bells in the transaction that records the answer. */
  readonly run: () => Promise<void>;
}
