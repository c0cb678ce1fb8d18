/** Work items as people name them. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

export interface NamedItem {
  readonly itemId: string;
  readonly project: string;
}

/**
 * The item with this key, such as PAY-88; of several sources' the one first by its id. Where there is none of just that
 * key, pay-88 is PAY-88.
 */
export async function findItemByKey(
  trx: Transaction<Schema>,
  tenantId: string,
  typed: string,
): Promise<(NamedItem & { readonly key: string }) | undefined> {
  for (const key of new Set([typed, typed.toUpperCase()])) {
    const row = await trx
      .selectFrom("flow.item")
      .select(["item_id", "project"])
      .where("tenant_id", "=", tenantId)
      .where("key", "=", key)
      .orderBy(sql`item_id collate "C"`)
      .executeTakeFirst();
    if (row !== undefined) return { itemId: row.item_id, project: row.project, key };
  }
  return undefined;
}

/** The items with just these keys, each as {@link findItemByKey} finds it. */
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

/** The project that each of these items is in now, empty while no source has told it; those that the ledger does not know are left out. */
export async function findItemProjects(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (itemIds.length === 0) return new Map();
  const { rows } = await sql<{ item_id: string; project: string }>`
    select item_id, project from flow.item where tenant_id = ${tenantId}::uuid
      and item_id in (select json_array_elements_text(${JSON.stringify(itemIds)}::json))`.execute(trx);
  return new Map(rows.map(({ item_id, project }) => [item_id, project]));
}

export interface ItemNow extends NamedItem {
  readonly key: string;
  /** Where the item is, which of a sub-task is where its parent is (E10); undefined when no status is known. */
  readonly status: string | undefined;
}

/** The item as it is now; undefined for one whose project the ledger does not know yet. */
export async function findItem(
  trx: Transaction<Schema>,
  tenantId: string,
  itemId: string,
): Promise<ItemNow | undefined> {
  return (await findItems(trx, tenantId, [itemId])).get(itemId);
}

/** Items as {@link findItem} finds each, by their ids. */
export async function findItems(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, ItemNow>> {
  const { rows } = await sql<{ item_id: string; project: string; key: string; status: string | null }>`
    select item.item_id, item.project, item.key,
      coalesce(of_parent.status_id, own.status_id, item.current_status) as status
    from flow.item item
    left join flow.timeline own on own.tenant_id = item.tenant_id and own.item_id = item.item_id
    left join flow.timeline of_parent on of_parent.tenant_id = item.tenant_id
      and item.is_subtask and of_parent.item_id = item.parent_id
    where item.tenant_id = ${tenantId}::uuid and item.project <> ''
      and item.item_id in (select json_array_elements_text(${JSON.stringify(itemIds)}::json))`.execute(trx);
  return new Map(
    rows.map(({ item_id, project, key, status }) => [
      item_id,
      { itemId: item_id, project, key, status: status ?? undefined },
    ]),
  );
}
