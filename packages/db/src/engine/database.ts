/** Where a ledger's data lives. Everything above works the same on both engines. */
import type { Kysely, Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { ServerConnection } from "./server-connection.ts";

export type DatabaseLocation =
  | { readonly kind: "embedded"; readonly folder: string }
  | { readonly kind: "postgres"; readonly url: string; readonly maxConnections?: number };

export type Database = EmbeddedDatabase | ServerDatabase;

interface OpenDatabase {
  readonly kysely: Kysely<Schema>;
  close(): Promise<void>;
}

/** Takes one statement at a time. */
export interface EmbeddedDatabase extends OpenDatabase {
  readonly kind: "embedded";
}

/** Takes statements while it works on the ones before. */
export interface ServerDatabase extends OpenDatabase {
  readonly kind: "postgres";
  /** One of the pool's, to be released by whoever asked. */
  connect(): Promise<ServerConnection>;
  /** What builds statements that are sent over the connection at once; whoever asks has begun the transaction. */
  transactionOn(connection: ServerConnection): Transaction<Schema>;
}
