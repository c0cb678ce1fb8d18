/** How far lists of a source were read that belong to no project of it. Inside transactions of role recorder. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

/** Undefined when it was never read. @param name such as `worklogs-updated` */
export async function findSourceCursor(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  name: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom("control.source_cursor")
    .select("position")
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.position;
}

/**
 * Moves it on from where whoever read the list began.
 *
 * @param from undefined when the list had never been read
 * @returns false when somebody else moved it meanwhile: then it stays
 */
export async function moveSourceCursor(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  name: string,
  from: string | undefined,
  position: string,
): Promise<boolean> {
  if (from === undefined) {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("control.source_cursor")
      .values({ tenant_id: tenantId, connection_id: connectionId, name, position })
      .onConflict((conflict) => conflict.columns(["tenant_id", "connection_id", "name"]).doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await trx
    .updateTable("control.source_cursor")
    .set({ position })
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .where("name", "=", name)
    .where("position", "=", from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * A list that is read by instants is read again from its beginning. Each time its position is another, so that whoever reads it
 * meanwhile learns of it.
 */
export async function restartSourceCursor(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  name: string,
): Promise<void> {
  await sql`
    insert into control.source_cursor as cursor (tenant_id, connection_id, name, position)
    values (${tenantId}::uuid, ${connectionId}::uuid, ${name}, '0')
    on conflict (tenant_id, connection_id, name) do update set position = ${BEFORE_ALL}`.execute(trx);
}

/** No instant is below zero. */
export const BEFORE_ALL = sql<string>`(least(cursor.position::bigint, 0) - 1)::text`;

/** Of a list that is read by instants: it is read again from there, if it was read beyond. @param position epoch milliseconds */
export async function rewindSourceCursor(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  name: string,
  position: number,
): Promise<void> {
  await sql`
    update control.source_cursor set position = ${String(position)}
    where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid and name = ${name}
      and position::bigint > ${position}::bigint`.execute(trx);
}
