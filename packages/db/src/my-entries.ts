/** A person's own entries, read as that person: the database shows this role no others. */
import { dayText, type EpochDay, type TimeEntry } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import { type EntryRow, toEntry } from "./record/entry-rows.ts";
import type { Schema } from "./schema.ts";

export interface MyEntry {
  readonly entryId: string;
  /** Number of the revision that holds: the next one is a change of this. */
  readonly number: number;
  readonly entry: TimeEntry;
  /** The item's key as its source shows it; the item's id where the ledger does not know the item. */
  readonly itemKey: string;
  /** From now on a change is published as a late correction, if at all. */
  readonly isClosed: boolean;
}

/**
 * Entries of the days from `from` to `to`, in order of day and item.
 *
 * Inside a transaction of role person for that contributor.
 */
export async function listMyEntries(
  trx: Transaction<Schema>,
  tenantId: string,
  from: EpochDay,
  to: EpochDay,
): Promise<readonly MyEntry[]> {
  const { rows } = await sql<EntryRow & { readonly item_key: string | null; readonly is_closed: boolean }>`
    select entry.*, item.key as item_key, closed.week is not null as is_closed
    from ledger.entry entry
    left join flow.item item on item.tenant_id = entry.tenant_id and item.item_id = entry.item_id
    left join ledger.week_close closed
      on closed.tenant_id = entry.tenant_id and closed.week = date_trunc('week', entry.date)::date
    where entry.tenant_id = ${tenantId}::uuid and entry.minutes is not null
      and entry.date between ${dayText(from)}::date and ${dayText(to)}::date
    order by entry.date, item.key collate "C", entry.entry_id`.execute(trx);
  return rows.flatMap((row): MyEntry[] => {
    const entry = toEntry(row);
    if (entry === undefined) return [];
    const { entry_id: entryId, number, item_key, is_closed: isClosed } = row;
    return [{ entryId, number, entry, itemKey: item_key ?? entry.itemId, isClosed }];
  });
}

/** The one of a person's entries whose id begins so, for whoever is about to change it; undefined when there is none, or more than one. */
export async function findMyEntry(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  idStart: string,
): Promise<Pick<MyEntry, "entryId" | "number" | "entry"> | undefined> {
  const { rows } = await sql<EntryRow>`
    select * from ledger.entry
    where tenant_id = ${tenantId}::uuid and contributor_id = ${contributorId}::uuid and minutes is not null
      and starts_with(entry_id::text, ${idStart})
    limit 2`.execute(trx);
  const [row, another] = rows;
  if (row === undefined || another !== undefined) return undefined;
  const entry = toEntry(row);
  return entry && { entryId: row.entry_id, number: row.number, entry };
}

/** What a person has on a day, one entry apart; asked before an entry is recorded, since a day has 24 hours. */
export async function minutesOfDay(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  date: EpochDay,
  exceptEntryId: string | undefined,
): Promise<number> {
  const { rows } = await sql<{ minutes: number }>`
    select coalesce(sum(minutes), 0)::bigint as minutes from ledger.entry
    where tenant_id = ${tenantId}::uuid and contributor_id = ${contributorId}::uuid and date = ${dayText(date)}::date
      and entry_id is distinct from ${exceptEntryId ?? null}::uuid`.execute(trx);
  return rows[0]?.minutes ?? 0;
}
