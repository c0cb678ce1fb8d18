/** The inbox: what vendors rang, durable before it is acknowledged, until the truth behind it was read and recorded. */
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import { inputHash } from "../record/input-hash.ts";
import type { Schema } from "../schema.ts";

/** Allow-listed fields only: ids and kinds, never a text or a person. */
export type BellFields = Readonly<Record<string, string | number>>;

export interface NewBell {
  /** A UUID. */
  readonly bellId: string;
  readonly connectionId: string;
  readonly fields: BellFields;
}

export interface Bell extends NewBell {
  readonly attempts: number;
  readonly receivedAt: number;
}

export interface ParkedBell extends Bell {
  readonly errorCode: string;
}

/** One insert for all; when it resolves, they are durable. Role door. @param now epoch milliseconds */
export async function appendBells(
  database: Database,
  tenantId: string,
  bells: readonly NewBell[],
  now: number,
): Promise<void> {
  if (bells.length === 0) return;
  await inTransaction(database, { role: "door", tenantId }, (trx) => appendIn(trx, tenantId, bells, now));
}

async function appendIn(
  trx: Transaction<Schema>,
  tenantId: string,
  bells: readonly NewBell[],
  now: number,
): Promise<void> {
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

/** A bell that cannot be understood, kept to be looked at. */
export function parkUnreadable(
  database: Database,
  tenantId: string,
  bell: NewBell,
  errorCode: string,
  now: number,
): Promise<void> {
  return inTransaction(database, { role: "door", tenantId }, async (trx) => {
    await sql`
      insert into inbox.bell (tenant_id, bell_id, connection, fields, input_hash, received_at_ms, state, attempts,
        due_at_ms, error_code)
      values (${tenantId}::uuid, ${bell.bellId}::uuid, ${bell.connectionId}, ${JSON.stringify(bell.fields)}::jsonb,
        decode(${inputHash([JSON.stringify(bell.fields)])}, 'hex'), ${now}::bigint, 'parked', 0, ${now}::bigint,
        ${errorCode})`.execute(trx);
  });
}

/** Those that are due, oldest first. Inside a transaction of role recorder. */
export async function dueBells(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  now: number,
  limit: number,
): Promise<readonly Bell[]> {
  const rows = await trx
    .selectFrom("inbox.bell")
    .select(["bell_id", "fields", "attempts", "received_at_ms"])
    .where("tenant_id", "=", tenantId)
    .where("connection", "=", connectionId)
    .where("state", "=", "new")
    .where("due_at_ms", "<=", now)
    .orderBy("received_at_ms")
    .orderBy("bell_id")
    .limit(limit)
    .execute();
  return rows.map((row) => toBell(connectionId, row));
}

/** When the next one is due; undefined when none waits. */
export async function nextBellAt(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
): Promise<number | undefined> {
  const row = await trx
    .selectFrom("inbox.bell")
    .select(({ fn }) => fn.min("due_at_ms").as("next"))
    .where("tenant_id", "=", tenantId)
    .where("connection", "=", connectionId)
    .where("state", "=", "new")
    .executeTakeFirst();
  return row?.next ?? undefined;
}

/** They were answered: in the transaction that records the answer. */
export async function settleBells(
  trx: Transaction<Schema>,
  tenantId: string,
  bellIds: readonly string[],
): Promise<void> {
  if (bellIds.length === 0) return;
  await sql`
    delete from inbox.bell where tenant_id = ${tenantId}::uuid
      and bell_id in (select json_array_elements_text(${JSON.stringify(bellIds)}::json)::uuid)`.execute(trx);
}

/** They could not be answered: tried again at an instant, or parked to be looked at. */
export async function postponeBells(
  trx: Transaction<Schema>,
  tenantId: string,
  bellIds: readonly string[],
  { dueAt, isParked, errorCode }: { readonly dueAt: number; readonly isParked: boolean; readonly errorCode: string },
): Promise<void> {
  await sql`
    update inbox.bell set attempts = attempts + 1, due_at_ms = ${dueAt}::bigint, error_code = ${errorCode},
      state = ${isParked ? "parked" : "new"}
    where tenant_id = ${tenantId}::uuid
      and bell_id in (select json_array_elements_text(${JSON.stringify(bellIds)}::json)::uuid)`.execute(trx);
}

/** Oldest first. */
export async function listParkedBells(trx: Transaction<Schema>, tenantId: string): Promise<readonly ParkedBell[]> {
  const rows = await trx
    .selectFrom("inbox.bell")
    .select(["bell_id", "connection", "fields", "attempts", "received_at_ms", "error_code"])
    .where("tenant_id", "=", tenantId)
    .where("state", "=", "parked")
    .orderBy("received_at_ms")
    .orderBy("bell_id")
    .execute();
  return rows.map((row) => ({ ...toBell(row.connection, row), errorCode: row.error_code ?? "" }));
}

/** Lets parked bells ring again. Returns how many. @param idStart how their ids begin; "" = all */
export async function retryParkedBells(
  trx: Transaction<Schema>,
  tenantId: string,
  idStart: string,
  now: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update inbox.bell set state = 'new', attempts = 0, due_at_ms = ${now}::bigint, error_code = null
    where tenant_id = ${tenantId}::uuid and state = 'parked' and starts_with(bell_id::text, ${idStart})`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

interface BellRow {
  readonly bell_id: string;
  readonly fields: object;
  readonly attempts: number;
  readonly received_at_ms: number;
}

function toBell(connectionId: string, { bell_id, fields, attempts, received_at_ms }: BellRow): Bell {
  const known = Object.entries(fields).filter(
    (field): field is [string, string | number] => typeof field[1] === "string" || typeof field[1] === "number",
  );
  return {
    bellId: bell_id,
    connectionId,
    fields: Object.fromEntries(known),
    attempts,
    receivedAt: received_at_ms,
  };
}
