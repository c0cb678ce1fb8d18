/** Every row of every table, as the one who owns them reads it: past grants and row-level security. */
import type { Database } from "@stageledger/db";
import { sql } from "kysely";

/** Each line begins with its table: `ledger.entry (…)`. Bytes are hexadecimal digits. */
export async function dumpOf({ kysely }: Database): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(kysely);
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ line: string }>`${sql.raw(`select one::text as line from ${name} one`)}`.execute(
      kysely,
    );
    lines.push(...rows.map(({ line }) => `${name} ${line}`));
  }
  return lines;
}
