/**
 * The second guard of postings and revisions, beside their grants: it stops the owner of the tables too. Citus refuses
 * triggers on distributed tables; there the grants have to do.
 */
import { type Kysely, sql } from "kysely";
import { hasCitus } from "./distribute.ts";
import type { Schema } from "./schema.ts";

export const APPEND_ONLY = ["ledger.entry_revision", "ledger.posting", "flow.item_fact", "published.atom"];

const REFUSE_CHANGE = `create or replace function control.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_user = 'stageledger_eraser' then
    return old;
  end if;
  raise exception '% on % is refused: it is append-only', tg_op, tg_table_name using errcode = '42501';
end $$`;

/** Safe to run again. */
export async function guardAppendOnly(trx: Kysely<Schema>): Promise<void> {
  if (await hasCitus(trx)) return;
  await sql.raw(REFUSE_CHANGE).execute(trx);
  await sql.raw("grant usage on schema control to stageledger_eraser").execute(trx);
  for (const table of APPEND_ONLY) {
    await sql
      .raw(`create or replace trigger append_only before update or delete on ${table}
        for each row execute function control.refuse_change()`)
      .execute(trx);
    await sql
      .raw(`create or replace trigger never_emptied before truncate on ${table}
        for each statement execute function control.refuse_change()`)
      .execute(trx);
  }
}
