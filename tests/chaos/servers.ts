/** The real servers of all runs: PostgreSQL with a migrated database, and Redis. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, MasterKey, openDatabase } from "@stageledger/db";
import { migratedServerData } from "../support/database/migrated-data.ts";
import { type PostgresServer, startPostgres } from "../support/database/postgres-server.ts";
import { openRedis, type RedisServer } from "../support/redis-server.ts";

export interface Servers {
  /** For what a run writes; gone with the servers. */
  readonly folder: string;
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly masterKey: string;
  close(): Promise<void>;
}

/** @throws Error that says what is missing */
export async function startServers(): Promise<Servers> {
  const redis = await openRedis();
  if (typeof redis === "string") throw new Error(redis);
  const folder = mkdtempSync(join(tmpdir(), "stageledger-chaos-"));
  const postgres = await startPostgres(folder, { like: await migratedServerData() });
  const databaseUrl = `${postgres.url}/postgres`;
  const database = await openDatabase({ kind: "postgres", url: databaseUrl });
  return {
    folder,
    postgres,
    redis,
    databaseUrl,
    database,
    masterKey: MasterKey.generate(randomBytes),
    close: async () => {
      await database.close();
      await Promise.all([postgres.stop(), redis.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
