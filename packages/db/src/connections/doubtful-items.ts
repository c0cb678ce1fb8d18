/**
 * How many items of a project the last look at everything missed, though nothing proves that they are gone. Kept beside the cursors,
 * until the next such look. Inside transactions of role recorder.
 */
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";

const PREFIX = "doubtful ";

/** @param count 0: none any more */
export async function keepDoubtful(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  sourceProject: string,
  count: number,
): Promise<void> {
  const name = PREFIX + sourceProject;
  if (count === 0) {
    await trx
      .deleteFrom("control.source_cursor")
      .where("tenant_id", "=", tenantId)
      .where("connection_id", "=", connectionId)
      .where("name", "=", name)
      .execute();
    return;
  }
  const position = String(count);
  await trx
    .insertInto("control.source_cursor")
    .values({ tenant_id: tenantId, connection_id: connectionId, name, position })
    .onConflict((conflict) => conflict.columns(["tenant_id", "connection_id", "name"]).doUpdateSet({ position }))
    .execute();
}

/** By project; those of which nothing is doubtful are left out. */
export async function findDoubtful(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .selectFrom("control.source_cursor")
    .select(["name", "position"])
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .where("name", "like", `${PREFIX}%`)
    .execute();
  return new Map(rows.map(({ name, position }) => [name.slice(PREFIX.length), Number(position)]));
}
