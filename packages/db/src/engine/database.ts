/** Where a ledger's data lives. Everything above works the same on both engines. */
import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";

export type DatabaseLocation =
  | { readonly kind: "embedded"; readonly folder: string }
  | { readonly kind: "postgres"; readonly url: string; readonly maxConnections?: number };

export interface Database {
  readonly kind: "embedded" | "postgres";
  readonly kysely: Kysely<Schema>;
  close(): Promise<void>;
}
