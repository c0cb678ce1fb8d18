/** Work items as people name them. */
import type { Transaction } from "kysely";
import type { Schema } from "./schema.ts";

export interface NamedItem {
  readonly itemId: string;
  readonly project: string;
}

/** The item with this key, such as PAY-88; of several sources' the one first by its id. */
export async function findItemByKey(
  trx: Transaction<Schema>,
  tenantId: string,
  key: string,
): Promise<NamedItem | undefined> {
  const row = await trx
    .selectFrom("flow.item")
    .select(["item_id", "project"])
    .where("tenant_id", "=", tenantId)
    .where("key", "=", key)
    .orderBy("item_id")
    .executeTakeFirst();
  return row && { itemId: row.item_id, project: row.project };
}
