/** What the routes for the app in Jira work with; built in one place, and handed in. */
import type { Database, KnownSecrets, MasterKey, RandomBytes } from "@stageledger/db";
import type { Job } from "@stageledger/sync";
import type { Log } from "../http/problem.ts";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { KnownInstallations } from "./known-installations.ts";
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
  /** What is connected besides Jira; undefined where nothing can be. */
  readonly others?: OtherTools;
}

/** Other tools that people work in, as far as who administers the site in Jira has to do with them. */
export interface OtherTools {
  /** Inside a transaction of role recorder. @param now epoch milliseconds */
  tellConnections(trx: LedgerTransaction, tenantId: string, now: number): Promise<readonly SiteConnection[]>;
  /**
   * A project of theirs is another of the ledger's from now on. Inside a transaction of role recorder that holds the tenant.
   *
   * @returns what there is to do for it once that is durable
   */
  countProjectAs(trx: LedgerTransaction, tenantId: string, counted: CountedProject): Promise<Job>;
}

interface CountedProject {
  readonly connectionId: string;
  /** With the source's prefix, such as `asana:700`. */
  readonly sourceProject: string;
  /** What the ledger calls it from now on. */
  readonly project: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** With what the door remembers of installations: for the app's own calls, which may end one. */
export interface ServiceContext extends ForgeContext {
  readonly installations: KnownInstallations;
}

/** What the routes for people work with, by whichever door they come: with what the door remembers by itself. */
export interface DoorContext extends Omit<ForgeContext, "readToken" | "fetch"> {
  readonly secrets: KnownSecrets;
}
