/** Where a ledger's data lives, and how it is opened. Everything above works the same on both engines. */
import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";

export type DatabaseLocation =
  | { readonly kind: "embedded"; readonly folder: string }
  | { readonly kind: "postgres"; readonly url: string; readonly maxConnections?: number };

export interface Database {
  readonly kind: "embedded" | "postgres";
  readonly kysely: Kysely<Schema>;
  close(): Promise<void>;
}

/** @throws StageledgerError DATABASE_UNREACHABLE, DATABASE_IN_USE */
export function openDatabase(location: DatabaseLocation): Promise<Database> {
  return location.kind === "embedded"
    ? openEmbedded(location.folder)
    : openPostgres(location.url, location.maxConnections);
}
