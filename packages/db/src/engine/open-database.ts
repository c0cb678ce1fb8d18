import type { Database, DatabaseLocation } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";

/** @throws StageledgerError DATABASE_UNREACHABLE, DATABASE_IN_USE */
export function openDatabase(location: DatabaseLocation): Promise<Database> {
  return location.kind === "embedded"
    ? openEmbedded(location.folder)
    : openPostgres(location.url, location.maxConnections);
}
