/**
 * What a source shows and the ledger cannot take as an entry: parked among the bells for people to put right there, once however
 * often it is read. Inside transactions of role recorder.
 */
import type { ErrorCode } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import { inputHash } from "../record/input-hash.ts";
import type { Schema } from "../schema.ts";
import type { BellFields, NewBell } from "./bells.ts";

/** Its code says what is impossible about it: one of ENTRY_…, which no other bell is parked with. */
export type ImpossibleEntry = NewBell & { readonly errorCode: ErrorCode };

/** One that is there already says from now on what this one says. @param now epoch milliseconds */
export async function parkImpossible(
  trx: Transaction<Schema>,
  tenantId: string,
  entries: readonly ImpossibleEntry[],
  now: number,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ bellId, connectionId, fields, errorCode }) => ({
    bell_id: bellId,
    connection: connectionId,
    fields,
    input_hash: inputHash([JSON.stringify(fields)]),
    error_code: errorCode,
  }));
  await sql`
    insert into inbox.bell (tenant_id, bell_id, connection, fields, input_hash, received_at_ms, state, attempts, due_at_ms,
      error_code)
    select ${tenantId}::uuid, bell_id, connection, fields, decode(input_hash, 'hex'), ${now}::bigint, 'parked', 0,
      ${now}::bigint, error_code
    from json_to_recordset(${JSON.stringify(rows)}::json) as bell (bell_id uuid, connection text, fields jsonb,
      input_hash text, error_code text)
    on conflict (tenant_id, bell_id) do update
      set state = 'parked', fields = excluded.fields, input_hash = excluded.input_hash,
        error_code = excluded.error_code`.execute(trx);
}

/** What is kept of those that are parked, or were and ring again, by their ids. */
export async function findImpossible(
  trx: Transaction<Schema>,
  tenantId: string,
  bellIds: readonly string[],
): Promise<ReadonlyMap<string, BellFields>> {
  if (bellIds.length === 0) return new Map();
  const { rows } = await sql<{ bell_id: string; fields: BellFields }>`
    select bell_id, fields from inbox.bell
    where tenant_id = ${tenantId}::uuid
      and bell_id in (select json_array_elements_text(${JSON.stringify(bellIds)}::json)::uuid)`.execute(trx);
  return new Map(rows.map(({ bell_id, fields }) => [bell_id, fields]));
}

/** Nobody has to put them right any more. @param issue those of this one alone */
export async function dropImpossible(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  issue?: string,
): Promise<void> {
  const isOfIssue = issue === undefined ? sql`true` : sql`fields->>'issue' = ${issue}`;
  await sql`
    delete from inbox.bell
    where tenant_id = ${tenantId}::uuid and connection = ${connectionId} and state = 'parked'
      and starts_with(error_code, 'ENTRY_') and ${isOfIssue}`.execute(trx);
}
