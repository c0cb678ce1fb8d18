/** A person's own entries, read as that person: the database shows this role no others. */
import { dayText, type EpochDay, parseEntryDate, type TimeEntry } from "@stageledger/core";
import { MOST_ENTRIES_OF_ITEM } from "@stageledger/core/contract/entries";
import { type RawBuilder, sql, type Transaction } from "kysely";
import { sameHuman } from "./links.ts";
import { type EntryRow, toEntry } from "./record/entry-rows.ts";
import type { Schema } from "./schema.ts";
import { dayKey } from "./time-imports.ts";

export interface MyEntry {
  readonly entryId: string;
  /** Number of the revision that holds: the next one is a change of this. */
  readonly number: number;
  readonly entry: TimeEntry;
  /** The item's key as its source shows it; the item's id where the ledger does not know the item. */
  readonly itemKey: string;
  /** The one that the item is in now, where the ledger knows it; hours before a move stay with {@link entry}'s. */
  readonly itemProject: string | undefined;
  /** From now on a change is published as a late correction, if at all. */
  readonly isClosed: boolean;
  /** Typed in here, not brought by a file or another tool. */
  readonly isOwn: boolean;
  readonly origin: EntryOrigin;
}

/** Where an entry was typed in: at the ledger, in a tool of its own time tracking, or in a file that was imported. */
type EntryOrigin = "ledger" | "jira" | "asana" | "file";

const VERSION_PLACE = "xxxxxxxx-xxxx-".length;
const DERIVED_VERSION = "8";
const ASANA_ITEM = "asana:";

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
  const { rows } = await sql<MyEntryRow>`${MY_ENTRIES} where ${ofDays(tenantId, from, to)} ${IN_ORDER}`.execute(trx);
  return rows.flatMap(toMyEntries);
}

/** The same of the person and of all accounts that are linked to theirs. Inside a transaction of role recorder. */
export async function listEntriesOfHuman(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  from: EpochDay,
  to: EpochDay,
): Promise<readonly MyEntry[]> {
  const { rows } = await sql<MyEntryRow>`
    ${MY_ENTRIES} where ${ofDays(tenantId, from, to)}
      and entry.contributor_id in (${sameHuman(tenantId, sql`${contributorId}::uuid`)})
    ${IN_ORDER}`.execute(trx);
  return rows.flatMap(toMyEntries);
}

/** Those of a project of the ledger, in order of day and item. Inside a transaction of role person for that contributor. */
export async function listMyEntriesOfProject(
  trx: Transaction<Schema>,
  tenantId: string,
  project: string,
): Promise<readonly MyEntry[]> {
  const { rows } = await sql<MyEntryRow>`
    ${MY_ENTRIES} where entry.tenant_id = ${tenantId}::uuid and entry.minutes is not null and entry.project = ${project}
    ${IN_ORDER}`.execute(trx);
  return rows.flatMap(toMyEntries);
}

/** Entries of several accounts of one human, each in order of day and item, in that order. Pure. */
export function inOneOrder(listed: readonly (readonly MyEntry[])[]): readonly MyEntry[] {
  return listed
    .flat()
    .sort((a, b) => a.entry.date - b.entry.date || byText(a.itemKey, b.itemKey) || byText(a.entryId, b.entryId));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Those on one item, by date; no more than {@link MOST_ENTRIES_OF_ITEM}. Inside a transaction of role person for that contributor. */
export async function listMyEntriesOfItem(
  trx: Transaction<Schema>,
  tenantId: string,
  itemId: string,
): Promise<readonly MyEntry[]> {
  const { rows } = await sql<MyEntryRow>`
    ${MY_ENTRIES}
    where entry.tenant_id = ${tenantId}::uuid and entry.minutes is not null and entry.item_id = ${itemId}
    order by entry.date desc, entry.entry_id
    limit ${MOST_ENTRIES_OF_ITEM}`.execute(trx);
  return rows.reverse().flatMap(toMyEntries);
}

/**
 * One of a person's entries, for whoever is about to answer with it. Inside a transaction of role recorder.
 */
export async function findMyEntryById(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  entryId: string,
): Promise<MyEntry | undefined> {
  const { rows } = await sql<MyEntryRow>`
    ${MY_ENTRIES}
    where entry.tenant_id = ${tenantId}::uuid and entry.contributor_id = ${contributorId}::uuid
      and entry.minutes is not null and entry.entry_id = ${entryId}::uuid`.execute(trx);
  return rows.flatMap(toMyEntries)[0];
}

type MyEntryRow = EntryRow & {
  readonly item_key: string | null;
  readonly item_project: string | null;
  readonly is_closed: boolean;
};

const IN_ORDER = sql.raw('order by entry.date, coalesce(item.key, entry.item_id) collate "C", entry.entry_id');

function ofDays(tenantId: string, from: EpochDay, to: EpochDay): RawBuilder<unknown> {
  return sql`entry.tenant_id = ${tenantId}::uuid and entry.minutes is not null
    and entry.date between ${dayText(from)}::date and ${dayText(to)}::date`;
}

const MY_ENTRIES = sql`
  select entry.*, item.key as item_key, item.project as item_project, closed.week is not null as is_closed
  from ledger.entry entry
  left join flow.item item on item.tenant_id = entry.tenant_id and item.item_id = entry.item_id
  left join ledger.week_close closed
    on closed.tenant_id = entry.tenant_id and closed.week = date_trunc('week', entry.date)::date`;

function toMyEntries(row: MyEntryRow): readonly MyEntry[] {
  const entry = toEntry(row);
  if (entry === undefined) return [];
  const { entry_id: entryId, number, item_key, item_project, is_closed: isClosed } = row;
  const item = { itemKey: item_key ?? entry.itemId, itemProject: item_project ?? undefined };
  return [{ entryId, number, entry, ...item, isClosed, isOwn: isOwn(row), origin: originOf(row) }];
}

/**
 * Of each entry that is the person's, by whichever of their accounts: the revision that holds, and the one before it, deleted or
 * not; for who is about to change them. Inside a transaction of role recorder that holds the tenant.
 */
export async function findMyRevisions(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, MyRevisions>> {
  if (entryIds.length === 0) return new Map();
  const { rows } = await sql<EntryRow>`
    select entry_id, number, contributor_id, import_id, item_id, project, date, minutes, activity, interval_start_ms,
      interval_end_ms, offset_minutes, chosen_status, visibility
    from (
      select *, row_number() over (partition by entry_id order by number desc) as place from ledger.entry_revision
      where tenant_id = ${tenantId}::uuid
        and entry_id in (select json_array_elements_text(${JSON.stringify(entryIds)}::json)::uuid)
        and contributor_id in (${sameHuman(tenantId, sql`${contributorId}::uuid`)})
    ) revision
    where place <= 2
    order by entry_id, number desc`.execute(trx);
  const revisions = new Map<string, MyRevisions>();
  for (const [entryId, [latest, before]] of Map.groupBy(rows, ({ entry_id }) => entry_id)) {
    if (latest !== undefined)
      revisions.set(entryId, { latest: toMyRevision(latest), before: before && toMyRevision(before) });
  }
  return revisions;
}

export interface MyRevisions {
  readonly latest: MyRevision;
  readonly before: MyRevision | undefined;
}

interface MyRevision {
  /** Whose it is: the person's, or that of an account which is linked to theirs. */
  readonly contributorId: string;
  readonly number: number;
  /** Undefined = deleted. */
  readonly entry: TimeEntry | undefined;
  /** Typed in here, not brought by a file or another tool. */
  readonly isOwn: boolean;
}

function toMyRevision(row: EntryRow): MyRevision {
  return { contributorId: row.contributor_id, number: row.number, entry: toEntry(row), isOwn: isOwn(row) };
}

/** Entries that a source has have ids that were derived from the source's, and say so by their version. */
function isOwn({ import_id, entry_id }: EntryRow): boolean {
  return import_id === null && entry_id.charAt(VERSION_PLACE) !== DERIVED_VERSION;
}

function originOf(row: EntryRow): EntryOrigin {
  if (isOwn(row)) return "ledger";
  if (row.import_id !== null) return "file";
  return row.item_id?.startsWith(ASANA_ITEM) === true ? "asana" : "jira";
}

/** The one of a person's entries whose id begins so, for whoever is about to change it; undefined when there is none, or more than one. */
export async function findMyEntry(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  idStart: string,
): Promise<Pick<MyEntry, "entryId" | "number" | "entry" | "isOwn"> | undefined> {
  const { rows } = await sql<EntryRow>`
    select * from ledger.entry
    where tenant_id = ${tenantId}::uuid and contributor_id = ${contributorId}::uuid and minutes is not null
      and starts_with(entry_id::text, ${idStart})
    limit 2`.execute(trx);
  const [row, another] = rows;
  if (row === undefined || another !== undefined) return undefined;
  const entry = toEntry(row);
  return entry && { entryId: row.entry_id, number: row.number, entry, isOwn: isOwn(row) };
}

/** What people have on days, some entries apart; asked before those are recorded, since a day has 24 hours. The keys are those of {@link dayKey}. */
export async function minutesOfDays(
  trx: Transaction<Schema>,
  tenantId: string,
  days: readonly { readonly contributorId: string; readonly date: EpochDay }[],
  exceptEntryIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (days.length === 0) return new Map();
  const asked = days.map(({ contributorId, date }) => ({ contributor_id: contributorId, date: dayText(date) }));
  const { rows } = await sql<{ contributor_id: string; date: string; minutes: number }>`
    select contributor_id, date, sum(minutes)::bigint as minutes from ledger.entry
    where tenant_id = ${tenantId}::uuid and minutes is not null
      and (contributor_id, date) in (
        select contributor_id, date from json_to_recordset(${JSON.stringify(asked)}::json) as day (contributor_id uuid, date date)
      )
      and entry_id not in (select json_array_elements_text(${JSON.stringify(exceptEntryIds)}::json)::uuid)
    group by contributor_id, date`.execute(trx);
  return new Map(
    rows.map(({ contributor_id, date, minutes }) => [dayKey(contributor_id, parseEntryDate(date)), minutes]),
  );
}
