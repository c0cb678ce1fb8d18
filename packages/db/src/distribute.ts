/** Spreads the tables over the machines of a Citus cluster, by tenant. On any other database nothing happens. */
import { type Kysely, sql } from "kysely";
import type { Schema } from "./schema.ts";

/** Read before a tenant is known, so that they stay on the coordinator. */
const LOCAL_TABLES = new Set(["control.route", "control.due", "control.migration"]);

/** Safe to run again: what is distributed already is left as it is. A table comes after those that it refers to. */
export async function distributeTables(trx: Kysely<Schema>): Promise<void> {
  if (!(await hasCitus(trx))) return;
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('control', 'inbox', 'flow', 'ledger', 'published')
      and format('%I.%I', schemaname, tablename)::regclass not in (select logicalrelid from pg_dist_partition)
    order by (select count(*) from pg_constraint
      where contype = 'f' and conrelid = format('%I.%I', schemaname, tablename)::regclass), name`.execute(trx);
  for (const { name } of rows) {
    if (LOCAL_TABLES.has(name)) continue;
    await sql`select create_distributed_table(${name}::regclass, 'tenant_id', colocate_with => ${
      name === FIRST ? "none" : FIRST
    })`.execute(trx);
  }
}

/** All other tables lie where this one does, so that a tenant's rows meet on one machine. */
const FIRST = "control.role_holder";

export async function hasCitus(trx: Kysely<Schema>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from pg_extension where extname = 'citus') as found`.execute(trx);
  return rows[0]?.found === true;
}
