/** Changes of what was chosen of a source. Inside transactions of role recorder. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

/** The project is asked for no more. What it brought stays in the ledger. */
export async function leaveProject(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  sourceProject: string,
): Promise<void> {
  await trx
    .deleteFrom("control.connected_project")
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .where("source_project", "=", sourceProject)
    .execute();
}

/**
 * Has every item read anew at the next sweep, also those that look as they did: what is recorded of an item depends on what its
 * project is called, too.
 */
export async function lookAgain(trx: Transaction<Schema>, tenantId: string, connectionId: string): Promise<void> {
  await trx
    .updateTable("control.seen_item")
    .set({ checksum: "" })
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .execute();
  await trx
    .updateTable("control.connected_project")
    .set({ swept_at_ms: null, listed_at_ms: null })
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .execute();
}

/** The same for one item of the ledger, such as `asana:7001:900`; of one that no source shows nothing is done. */
export async function lookAgainAtItem(trx: Transaction<Schema>, tenantId: string, itemId: string): Promise<void> {
  const [kind, sourceItem = ""] = itemId.split(":");
  await sql`
    update control.seen_item set checksum = ''
    where tenant_id = ${tenantId}::uuid and source_item = ${sourceItem} and connection_id in (
      select connection_id from control.connection where tenant_id = ${tenantId}::uuid and kind = ${kind}
    )`.execute(trx);
}
