/** What signing in and sessions work with; built in one place, and handed in. */
import type { Database, MasterKey, RandomBytes } from "@stageledger/db";
import type { Log } from "../../http/problem.ts";

export interface SessionContext {
  readonly database: Database;
  readonly masterKey: MasterKey;
  /** Where browsers reach this server, without a slash at its end. It decides by itself where they are sent: no request does. */
  readonly publicUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: RandomBytes;
  /** A new UUID. */
  readonly newId: () => string;
  readonly log: Log;
}
