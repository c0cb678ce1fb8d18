/** What the panel's routes work with; built in one place, and handed in. */
import type { Database, MasterKey } from "@stageledger/db";
import type { Log } from "./problem.ts";
import type { ReadToken } from "./token.ts";

export interface ForgeContext {
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly readToken: ReadToken;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new UUID. */
  readonly newId: () => string;
  readonly log: Log;
}
