/** What the routes for the app in Jira work with; built in one place, and handed in. */
import type { Database, KnownSecrets, MasterKey, RandomBytes } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { KnownInstallations } from "./known-installations.ts";
import type { Log } from "./problem.ts";
import type { SiteConnection } from "./site-connections.ts";
import type { ReadToken } from "./token.ts";

export interface ForgeContext {
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly readToken: ReadToken;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new UUID. */
  readonly newId: () => string;
  readonly random: RandomBytes;
  /** Told when there is something to do for a connection, and that is durable. */
  readonly ring: (job: Job) => void;
  /** Reaches Jira, to ask what a person may do there. */
  readonly fetch: typeof globalThis.fetch;
  readonly log: Log;
  /** Tells of connections to other tools than Jira; undefined where there are none. */
  tellOtherConnections?(trx: LedgerTransaction, tenantId: string, now: number): Promise<readonly SiteConnection[]>;
}

/** With what the door remembers of installations: for the app's own calls, which may end one. */
export interface ServiceContext extends ForgeContext {
  readonly installations: KnownInstallations;
}

/** With what the door remembers by itself. */
export interface DoorContext extends ForgeContext {
  readonly secrets: KnownSecrets;
}
