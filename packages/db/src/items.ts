/** Work items as people name them. */
import { sql, type Transaction } from "kysely";
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
    .orderBy(sql`item_id collate "C"`)
    .executeTakeFirst();
  return row && { itemId: row.item_id, project: row.project };
}

/** The items with these keys, each as {@link findItemByKey} finds it. */
export async function findItemsByKeys(
  trx: Transaction<Schema>,
  tenantId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, NamedItem>> {
  const { rows } = await sql<{ key: string; item_id: string; project: string }>`
    select distinct on (key) key, item_id, project from flow.item
    where tenant_id = ${tenantId}::uuid and key in (select json_array_elements_text(${JSON.stringify(keys)}::json))
    order by key, item_id collate "C"`.execute(trx);
  return new Map(rows.map(({ key, item_id, project }) => [key, { itemId: item_id, project }]));
}
