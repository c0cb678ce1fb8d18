/** What a source showed of its items when they were last recorded. Inside transactions of role recorder. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface SeenItem {
  readonly sourceItem: string;
  /** The chosen projects that it was in. */
  readonly sourceProjects: readonly string[];
  /** Of all that a sweep shows. */
  readonly checksum: string;
}

export async function keepSeenItems(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  items: readonly SeenItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ sourceItem, sourceProjects, checksum }) => ({
    source_item: sourceItem,
    source_projects: sourceProjects,
    checksum,
  }));
  await sql`
    insert into control.seen_item (tenant_id, connection_id, source_item, source_projects, checksum)
    select ${tenantId}::uuid, ${connectionId}::uuid, source_item, source_projects, checksum
    from json_to_recordset(${JSON.stringify(rows)}::json) as one (source_item text, source_projects jsonb, checksum text)
    on conflict (tenant_id, connection_id, source_item) do update
      set source_projects = excluded.source_projects, checksum = excluded.checksum`.execute(trx);
}

/** By item. */
export async function findSeenItems(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  sourceItems: readonly string[],
): Promise<ReadonlyMap<string, SeenItem>> {
  const { rows } = await sql<{ source_item: string; source_projects: string[]; checksum: string }>`
    select source_item, source_projects, checksum from control.seen_item
    where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid
      and source_item in (select json_array_elements_text(${JSON.stringify(sourceItems)}::json))`.execute(trx);
  return new Map(
    rows.map(({ source_item, source_projects, checksum }) => [
      source_item,
      { sourceItem: source_item, sourceProjects: source_projects, checksum },
    ]),
  );
}

/** Ids of the items that were in a project when they were last recorded. */
export async function listSeenItemsOf(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  sourceProject: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ source_item: string }>`
    select source_item from control.seen_item
    where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid
      and source_projects @> ${JSON.stringify([sourceProject])}::jsonb
    order by source_item collate "C"`.execute(trx);
  return rows.map(({ source_item }) => source_item);
}
