/** What the parts of Jira's side work with; built in one place, and handed in. */
import type { Database, MasterKey } from "@stageledger/db";
import type { Log, Pacing } from "@stageledger/sync";
import type { OpenGateway } from "./jira/gateway-opener.ts";

export interface JiraSyncContext {
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly pacing: Pacing;
  /** A new UUID. */
  readonly newId: () => string;
  readonly log: Log;
  readonly openGateway: OpenGateway;
  readonly timing: JiraTiming;
}

/** All in milliseconds. */
export interface JiraTiming {
  /** Between two reconciles of a connection. */
  readonly reconcileEvery: number;
  /** Between two looks at all issues of a project. */
  readonly sweepEvery: number;
}

const HOUR = 3_600_000;

export const DEFAULT_JIRA_TIMING: JiraTiming = { reconcileEvery: HOUR, sweepEvery: 24 * HOUR };
