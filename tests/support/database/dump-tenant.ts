import type { Database } from "@stageledger/db";
import { sql } from "kysely";

/** Every row of every table as text, read as the owner with the tenant set. Bytes are hexadecimal digits. */
export function dumpTenant({ kysely }: Database, tenantId: string): Promise<string> {
  return kysely.transaction().execute(async (trx) => {
    await sql.raw(`set local app.tenant = '${tenantId}'`).execute(trx);
    const { rows: tables } = await sql<{ name: string }>`
      select schemaname || '.' || tablename as name from pg_tables
      where schemaname in ('control', 'inbox', 'flow', 'ledger', 'published')`.execute(trx);
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql<{ line: string }>`${sql.raw(`select one::text as line from ${name} one`)}`.execute(
        trx,
      );
      texts.push(...rows.map(({ line }) => `${name} ${line}`));
    }
    return texts.join("\n");
  });
}
