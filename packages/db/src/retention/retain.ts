/** Deletes what is older than the ledger keeps, in one transaction; weekly sums of projects stay until the last. */
import { dayText, parseEntryDate, type RetentionEdges, retentionEdges } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction, lockTenant } from "../engine/tenant-transaction.ts";
import { removeExpiredInvites } from "../members/invites.ts";
import { removeEndedSessions } from "../members/sessions.ts";
import type { Schema } from "../schema.ts";
import { getTenant } from "../tenants.ts";

export interface Retained extends RetentionEdges {
  readonly deletedEntries: number;
  readonly deletedCells: number;
  readonly deletedAtoms: number;
}

/**
 * Runs after a release. The edges only move forward, and sources that still show what is behind them are not believed.
 *
 * @param now epoch milliseconds
 * @throws StageledgerError TENANT_UNKNOWN
 */
export function retain(database: Database, tenantId: string, now: number): Promise<Retained> {
  return inTransaction(database, { role: "eraser", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const { zone } = await getTenant(trx, tenantId);
    const { rows } = await sql<{ week: string | null }>`
      select min(week) as week from ledger.cell where tenant_id = ${tenantId}::uuid and minutes <> 0
        and week not in (select week from ledger.week_close where tenant_id = ${tenantId}::uuid)`.execute(trx);
    const open = rows[0]?.week ?? null;
    const edges = retentionEdges(zone.dayOf(now), open === null ? undefined : parseEntryDate(open));
    await moveEdges(trx, tenantId, edges);
    await deleteLeftOvers(trx, tenantId, zone.startOfDay(edges.entriesFrom), now);
    return {
      ...edges,
      deletedEntries: await deleteEntries(trx, tenantId, edges),
      deletedCells: await deleteCells(trx, tenantId, edges),
      deletedAtoms: await deleteAtoms(trx, tenantId, edges),
    };
  });
}

/**
 * Timers that nobody stopped; and what is forgotten when it expires, if anybody does the like: what guards against repeated requests,
 * sessions and invites.
 */
async function deleteLeftOvers(
  trx: Transaction<Schema>,
  tenantId: string,
  startedBefore: number,
  now: number,
): Promise<void> {
  const ofTenant = sql`tenant_id = ${tenantId}::uuid`;
  await sql`delete from ledger.timer where ${ofTenant} and started_at_ms < ${startedBefore}`.execute(trx);
  await sql`delete from ledger.answered_request where ${ofTenant} and expires_at_ms < ${now}`.execute(trx);
  await sql`delete from control.used_token where ${ofTenant} and expires_at_ms < ${now}`.execute(trx);
  await removeEndedSessions(trx, tenantId, now);
  await removeExpiredInvites(trx, tenantId, now);
}

async function moveEdges(
  trx: Transaction<Schema>,
  tenantId: string,
  { entriesFrom, cellsFrom }: RetentionEdges,
): Promise<void> {
  await sql`
    insert into ledger.retention_edge as edge (tenant_id, entries_from, cells_from)
    values (${tenantId}::uuid, ${dayText(entriesFrom)}::date, ${dayText(cellsFrom)}::date)
    on conflict (tenant_id) do update set entries_from = greatest(edge.entries_from, excluded.entries_from),
      cells_from = greatest(edge.cells_from, excluded.cells_from)`.execute(trx);
}

/**
 * An entry goes when all days that it ever had are behind the edge: so every posting of a week that is kept still has its
 * entry, and the sums of those weeks can be recounted.
 */
async function deleteEntries(
  trx: Transaction<Schema>,
  tenantId: string,
  { entriesFrom }: RetentionEdges,
): Promise<number> {
  const old = sql`
    select entry_id from ledger.entry_revision where tenant_id = ${tenantId}::uuid
    group by entry_id having max(date) < ${dayText(entriesFrom)}::date`;
  await sql`delete from ledger.posting where tenant_id = ${tenantId}::uuid and entry_id in (${old})`.execute(trx);
  const { numAffectedRows } = await sql`
    delete from ledger.entry where tenant_id = ${tenantId}::uuid and entry_id in (${old})`.execute(trx);
  await sql`delete from ledger.entry_revision where tenant_id = ${tenantId}::uuid and entry_id in (${old})`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0n);
}

async function deleteCells(trx: Transaction<Schema>, tenantId: string, { cellsFrom }: RetentionEdges): Promise<number> {
  await sql`
    insert into ledger.erased_balance as balance (tenant_id, project, week, minutes, was_published)
    select cell.tenant_id, cell.project, cell.week, sum(cell.minutes), exists (
      select from published.atom atom
      where atom.tenant_id = cell.tenant_id and atom.cut = 'A' and atom.project = cell.project
        and atom.span = cell.week::text
    )
    from ledger.cell cell
    where cell.tenant_id = ${tenantId}::uuid and cell.week < ${dayText(cellsFrom)}::date and cell.kind = 'in-time'
    group by cell.tenant_id, cell.project, cell.week
    having sum(cell.minutes) <> 0
    on conflict (tenant_id, project, week) do update
      set minutes = balance.minutes + excluded.minutes,
        was_published = balance.was_published or excluded.was_published`.execute(trx);
  const { numAffectedRows } = await sql`
    delete from ledger.cell where tenant_id = ${tenantId}::uuid and week < ${dayText(cellsFrom)}::date`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** A span is written as the Monday of a week, as a month or as a quarter: all of them begin with the year. */
async function deleteAtoms(trx: Transaction<Schema>, tenantId: string, { atomsFrom }: RetentionEdges): Promise<number> {
  const edge = dayText(atomsFrom);
  const quarter = `${edge.slice(0, 4)}-Q${Math.ceil(Number(edge.slice(5, 7)) / 3)}`;
  const { numAffectedRows } = await sql`
    delete from published.atom where tenant_id = ${tenantId}::uuid and case
      when cut = 'A' then span < ${edge}
      when cut = 'L' then span < ${quarter}
      else span < ${edge.slice(0, 7)}
    end`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}
