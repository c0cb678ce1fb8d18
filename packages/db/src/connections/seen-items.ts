/**
 * What a source showed of its items when they were last looked at. A sweep that shows the same has nothing to do, and what was
 * seen once and is listed no more is asked for by itself. Inside transactions of role recorder.
 */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface SeenItem {
  readonly sourceItem: string;
  /** The chosen projects that it was in; of a sub-task those of the item that it is part of. */
  readonly sourceProjects: readonly string[];
  /** Of all that a sweep shows. Made with the tenant's key: it could be guessed back otherwise. */
  readonly checksum: string;
  /** By the source's id of the entry. */
  readonly entries: Readonly<Record<string, SeenEntry>>;
  /** Time of the connection's read clock at which the look began. */
  readonly readAt: number;
  /** When it was gone; undefined while it is there. */
  readonly goneAt: number | undefined;
}

export interface SeenEntry {
  /** Made with the tenant's key, like that of the item. */
  readonly checksum: string;
  /** `2026-09-07`; empty for an entry that the ledger does not keep. */
  readonly date: string;
  /** The source's project whose hours they are, whichever the item is in today (E14); null while nobody can tell (E9). */
  readonly home: string | null;
  /** Whether the list of that project's entries shows it. */
  readonly isListed: boolean;
}

/**
 * Begins a look at the source. The instant is later than that of every look before, and no earlier than `now`, even when the
 * clocks of two machines disagree.
 */
export async function beginRead(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  now: number,
): Promise<number> {
  const { rows } = await sql<{ read_clock_ms: number }>`
    update control.connection set read_clock_ms = greatest(read_clock_ms + 1, ${now}::bigint)
    where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid
    returning read_clock_ms`.execute(trx);
  return rows[0]?.read_clock_ms ?? now;
}

export async function keepSeenItems(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  items: readonly SeenItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ sourceItem, sourceProjects, checksum, entries, readAt, goneAt }) => ({
    source_item: sourceItem,
    source_projects: sourceProjects,
    checksum,
    entries,
    read_at_ms: readAt,
    gone_at_ms: goneAt ?? null,
  }));
  await sql`
    insert into control.seen_item (tenant_id, connection_id, source_item, source_projects, checksum, entries, read_at_ms,
      gone_at_ms)
    select ${tenantId}::uuid, ${connectionId}::uuid, source_item, source_projects, checksum, entries, read_at_ms, gone_at_ms
    from json_to_recordset(${JSON.stringify(rows)}::json) as one (source_item text, source_projects jsonb, checksum text,
      entries jsonb, read_at_ms bigint, gone_at_ms bigint)
    on conflict (tenant_id, connection_id, source_item) do update
      set source_projects = excluded.source_projects, checksum = excluded.checksum, entries = excluded.entries,
        read_at_ms = excluded.read_at_ms, gone_at_ms = excluded.gone_at_ms`.execute(trx);
}

/** By item. */
export async function findSeenItems(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  sourceItems: readonly string[],
): Promise<ReadonlyMap<string, SeenItem>> {
  if (sourceItems.length === 0) return new Map();
  const { rows } = await sql<SeenRow>`
    select ${COLUMNS} from control.seen_item
    where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid
      and source_item in (select json_array_elements_text(${JSON.stringify(sourceItems)}::json))`.execute(trx);
  return new Map(rows.map((row) => [row.source_item, toSeenItem(row)]));
}

/** The items that were in a project when they were last looked at, and are not gone. */
export async function listSeenItemsOf(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  sourceProject: string,
): Promise<readonly SeenItem[]> {
  const { rows } = await sql<SeenRow>`
    select ${COLUMNS} from control.seen_item
    where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid and gone_at_ms is null
      and source_projects @> ${JSON.stringify([sourceProject])}::jsonb
    order by source_item collate "C"`.execute(trx);
  return rows.map(toSeenItem);
}

/** The items that are in a project, and those that are elsewhere today and have hours of it (E14). None that are gone. */
export async function listItemsWithHoursOf(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  sourceProject: string,
): Promise<readonly SeenItem[]> {
  const { rows } = await sql<SeenRow>`
    select ${COLUMNS} from control.seen_item
    where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid and gone_at_ms is null
      and (source_projects @> ${JSON.stringify([sourceProject])}::jsonb
        or exists (select from jsonb_each(entries) as entry where entry.value ->> 'home' = ${sourceProject}))
    order by source_item collate "C"`.execute(trx);
  return rows.map(toSeenItem);
}

interface SeenRow {
  readonly source_item: string;
  readonly source_projects: readonly string[];
  readonly checksum: string;
  readonly entries: Readonly<Record<string, SeenEntry>>;
  readonly read_at_ms: number;
  readonly gone_at_ms: number | null;
}

const COLUMNS = sql.raw("source_item, source_projects, checksum, entries, read_at_ms, gone_at_ms");

function toSeenItem(row: SeenRow): SeenItem {
  return {
    sourceItem: row.source_item,
    sourceProjects: row.source_projects,
    checksum: row.checksum,
    entries: row.entries,
    readAt: row.read_at_ms,
    goneAt: row.gone_at_ms ?? undefined,
  };
}
