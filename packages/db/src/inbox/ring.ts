/** Bells of our own: what a look at the source found to be different, to be read and recorded like what a vendor rang. */
import { sql, type Transaction } from "kysely";
import { inputHash } from "../record/input-hash.ts";
import type { Schema } from "../schema.ts";
import type { NewBell } from "./bells.ts";

/**
 * Inside a transaction of role recorder, so that whoever found something moves its cursor in the same one.
 *
 * @param now epoch milliseconds
 */
export async function ringBells(
  trx: Transaction<Schema>,
  tenantId: string,
  bells: readonly NewBell[],
  now: number,
): Promise<void> {
  if (bells.length === 0) return;
  const rows = bells.map(({ bellId, connectionId, fields }) => ({
    bell_id: bellId,
    connection: connectionId,
    fields,
    input_hash: inputHash([JSON.stringify(fields)]),
  }));
  await sql`
    insert into inbox.bell (tenant_id, bell_id, connection, fields, input_hash, received_at_ms, state, attempts, due_at_ms)
    select ${tenantId}::uuid, bell_id, connection, fields, decode(input_hash, 'hex'), ${now}::bigint, 'new', 0,
      ${now}::bigint
    from json_to_recordset(${JSON.stringify(rows)}::json) as bell (bell_id uuid, connection text, fields jsonb,
      input_hash text)`.execute(trx);
}
