/** How far lists of a source were read that belong to no project of it. Inside transactions of role recorder. */
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";

/** Undefined when it was never read. @param name such as `worklog-updated` */
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

export async function keepSourceCursor(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  name: string,
  position: string,
): Promise<void> {
  await trx
    .insertInto("control.source_cursor")
    .values({ tenant_id: tenantId, connection_id: connectionId, name, position })
    .onConflict((conflict) => conflict.columns(["tenant_id", "connection_id", "name"]).doUpdateSet({ position }))
    .execute();
}
