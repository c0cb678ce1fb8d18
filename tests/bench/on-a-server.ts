/** A migrated PostgreSQL of its own for one benchmark, gone afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, migrate, openDatabase } from "@stageledger/db";
import { startPostgres } from "../support/database/postgres-server.ts";

/** @param work its folder can be read by the server @param options isDurable: commits wait for the disk */
export async function onAServer<T>(
  work: (database: Database, folder: string, url: string) => Promise<T>,
  options: { readonly isDurable?: boolean } = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "stageledger-bench-"));
  const server = await startPostgres(folder, options);
  try {
    const url = `${server.url}/postgres`;
    const database = await openDatabase({ kind: "postgres", url });
    try {
      await migrate(database, 0);
      return await work(database, folder, url);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
