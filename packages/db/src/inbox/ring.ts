/** Bells that ring inside a transaction which does more: what a look at the source found to be different, or a call told. */
import { sql, type Transaction } from "kysely";
import { inputHash } from "../record/input-hash.ts";
import type { Schema } from "../schema.ts";
import type { NewBell } from "./bells.ts";

/** Undefined errorCode: it rings. Else why it cannot be understood: then it is kept to be looked at. */
export type BellToKeep = NewBell & { readonly errorCode?: string };

/**
 * Inside a transaction of role recorder, so that whoever found something moves its cursor in the same one.
 *
 * @param now epoch milliseconds
 */
export async function ringBells(
  trx: Transaction<Schema>,
  tenantId: string,
  bells: readonly BellToKeep[],
  now: number,
): Promise<void> {
  if (bells.length === 0) return;
  const rows = bells.map(({ bellId, connectionId, fields, errorCode }) => ({
    bell_id: bellId,
    connection: connectionId,
    fields,
    input_hash: inputHash([JSON.stringify(fields)]),
    error_code: errorCode ?? null,
  }));
  await sql`
    insert into inbox.bell (tenant_id, bell_id, connection, fields, input_hash, received_at_ms, state, attempts, due_at_ms,
      error_code)
    select ${tenantId}::uuid, bell_id, connection, fields, decode(input_hash, 'hex'), ${now}::bigint,
      case when error_code is null then 'new' else 'parked' end, 0, ${now}::bigint, error_code
    from json_to_recordset(${JSON.stringify(rows)}::json) as bell (bell_id uuid, connection text, fields jsonb,
      input_hash text, error_code text)`.execute(trx);
}
