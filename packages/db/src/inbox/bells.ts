/** The inbox: what vendors rang, durable before it is acknowledged, until the truth behind it was read and recorded. */
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inOneTrip } from "../engine/tenant-transaction.ts";
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

/** What a webhook of the tenant's brought. */
export interface RungBell {
  /** A UUID. */
  readonly bellId: string;
  readonly hookId: string;
  readonly fields: BellFields;
  /** Why it cannot be understood: then it is kept to be looked at, and rings nobody. */
  readonly errorCode?: string;
}

/**
 * One insert for all; when it resolves, they are durable. Role door.
 *
 * Bells of a hook that was taken back are not kept. Whoever takes one back waits until this has ended, and the other way
 * round: what is deleted after the hook in the same transaction leaves no bell behind.
 *
 * @returns ids of the hooks that stand: the bells of these were kept
 * @param now epoch milliseconds
 */
export async function appendBells(
  database: Database,
  tenantId: string,
  bells: readonly RungBell[],
  now: number,
): Promise<ReadonlySet<string>> {
  if (bells.length === 0) return new Set();
  const rows = bells.map(({ bellId, hookId, fields, errorCode }) => ({
    bell_id: bellId,
    hook_id: hookId,
    fields,
    input_hash: inputHash([JSON.stringify(fields)]),
    error_code: errorCode ?? null,
  }));
  const hookIds = [...new Set(bells.map(({ hookId }) => hookId))];
  const standing = await inOneTrip(
    database,
    { role: "door", tenantId },
    sql<{ hook_id: string }>`
      with standing as (
        select hook_id, connection_id from control.hook
        where tenant_id = ${tenantId}::uuid and state <> 'pending'
          and hook_id in (select json_array_elements_text(${JSON.stringify(hookIds)}::json)::uuid)
        for key share
      ), kept as (
        insert into inbox.bell (tenant_id, bell_id, connection, fields, input_hash, received_at_ms, state, attempts,
          due_at_ms, error_code)
        select ${tenantId}::uuid, bell_id, connection_id::text, fields, decode(input_hash, 'hex'), ${now}::bigint,
          case when error_code is null then 'new' else 'parked' end, 0, ${now}::bigint, error_code
        from json_to_recordset(${JSON.stringify(rows)}::json) as bell (bell_id uuid, hook_id uuid, fields jsonb,
          input_hash text, error_code text)
        join standing using (hook_id)
      )
      select hook_id from standing`,
  );
  return new Set(standing.rows.map(({ hook_id }) => hook_id));
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
