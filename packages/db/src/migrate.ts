/** Brings a database to the schema that this code knows. Forward only. */
import { StageledgerError } from "@stageledger/core";
import { type Kysely, sql } from "kysely";
import { guardAppendOnly } from "./append-only.ts";
import { distributeTables } from "./distribute.ts";
import type { Database } from "./engine/database.ts";
import { MIGRATIONS } from "./migrations/all.ts";
import type { Migration } from "./migrations/migration.ts";
import type { Schema } from "./schema.ts";

/** Two processes that migrate at once take turns. Any number does that nobody else uses. */
const MIGRATION_LOCK = "4920240977611263";

/**
 * Applies what is missing, each step in a transaction of its own, so that a killed run goes on where it stopped. Returns
 * the steps that were applied.
 *
 * @param now epoch milliseconds
 * @throws StageledgerError DATABASE_NEWER
 */
export async function migrate({ kysely }: Database, now: number): Promise<readonly Migration[]> {
  await kysely.transaction().execute(async (trx) => {
    await lockMigrations(trx);
    await sql`create schema if not exists control`.execute(trx);
    await sql`create table if not exists control.migration (
      number integer primary key,
      name text not null,
      applied_at_ms bigint not null
    )`.execute(trx);
  });
  const applied: Migration[] = [];
  for (const migration of MIGRATIONS) {
    const isNew = await kysely.transaction().execute((trx) => apply(trx, migration, now));
    if (isNew) applied.push(migration);
  }
  await kysely.transaction().execute(async (trx) => {
    await lockMigrations(trx);
    await distributeTables(trx);
    await guardAppendOnly(trx);
  });
  return applied;
}

/**
 * Refuses a database whose schema is not the one that this code knows.
 *
 * @throws StageledgerError DATABASE_NEWER, DATABASE_NOT_MIGRATED
 */
export async function requireCurrentSchema({ kysely }: Database): Promise<void> {
  const { rows } = await sql<{ found: string | null }>`select to_regclass('control.migration')::text as found`.execute(
    kysely,
  );
  const applied = rows[0]?.found == null ? 0 : await latestApplied(kysely);
  refuseNewer(applied);
  if (applied < latestKnown()) {
    throw new StageledgerError("DATABASE_NOT_MIGRATED", "The database's schema is older than this version needs.", {
      next: "Run: stageledger migrate",
    });
  }
}

async function apply(trx: Kysely<Schema>, migration: Migration, now: number): Promise<boolean> {
  await lockMigrations(trx);
  const latest = await latestApplied(trx);
  refuseNewer(latest);
  if (latest >= migration.number) return false;
  for (const statement of migration.statements) await sql.raw(statement).execute(trx);
  await trx
    .insertInto("control.migration")
    .values({ number: migration.number, name: migration.name, applied_at_ms: now })
    .execute();
  return true;
}

async function latestApplied(kysely: Kysely<Schema>): Promise<number> {
  const row = await kysely
    .selectFrom("control.migration")
    .select(({ fn }) => fn.max("number").as("latest"))
    .executeTakeFirst();
  return row?.latest ?? 0;
}

function latestKnown(): number {
  return MIGRATIONS.at(-1)?.number ?? 0;
}

function refuseNewer(latest: number): void {
  if (latest <= latestKnown()) return;
  throw new StageledgerError("DATABASE_NEWER", "The database was made by a newer version of stageledger.", {
    next: "Update stageledger: an older version could not keep what the newer one recorded.",
  });
}

async function lockMigrations(trx: Kysely<Schema>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`.execute(trx);
}
