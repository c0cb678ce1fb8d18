/** What a connection has brought, and what of it still waits: counts only. Inside transactions of role recorder. */
import { GONE } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface ConnectionTally {
  /** Items that the source showed and that are there still. */
  readonly items: number;
  /** Changes of stage of all that it brought; to come and to go is none. */
  readonly moves: number;
  readonly entries: number;
  /** Entries that the source shows and the ledger does not have: of no minutes, of over 24 hours, too old, of someone erased. */
  readonly entriesLeftOut: number;
}

/** @param source such as `asana:` */
export async function tallyConnection(
  trx: Transaction<Schema>,
  tenantId: string,
  source: string,
  connectionId: string,
): Promise<ConnectionTally> {
  const { rows } = await sql<Omit<ConnectionTally, "entriesLeftOut"> & { readonly shown: number }>`
    with seen as (
      select source_item, entries, gone_at_ms from control.seen_item
      where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid
    ), chosen as (
      select source_project from control.connected_project
      where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid
    ), place as (
      select ${source} || source_item || ':' || source_project as item_id from seen cross join chosen
      union all select ${source} || source_item from seen
    )
    select
      (select count(*) from seen where gone_at_ms is null) as items,
      (select count(*) from flow.item_fact join place using (item_id)
        where tenant_id = ${tenantId}::uuid and kind = 'stage'
          and from_status is distinct from ${GONE} and to_status <> ${GONE}) as moves,
      (select count(*) from ledger.entry join place using (item_id)
        where tenant_id = ${tenantId}::uuid and minutes is not null) as entries,
      (select count(*) from seen cross join jsonb_object_keys(entries) where gone_at_ms is null) as shown`.execute(trx);
  const { items = 0, moves = 0, entries = 0, shown = 0 } = rows[0] ?? {};
  return { items, moves, entries, entriesLeftOut: Math.max(0, shown - entries) };
}

export interface BellTally {
  /** They ring when they are due. */
  readonly waiting: number;
  /** How many different things those that wait are about. */
  readonly thingsWaiting: number;
  readonly parked: number;
  /** Of those that are parked: what the source shows and no entry can be. */
  readonly impossible: number;
  /** When the first of those that wait came; epoch milliseconds. */
  readonly oldestWaitingAt: number | undefined;
  /** Codes of what kept waiting ones from being answered. */
  readonly waitingCodes: readonly string[];
}

export async function tallyBells(trx: Transaction<Schema>, tenantId: string, connectionId: string): Promise<BellTally> {
  const { rows } = await sql<{
    readonly waiting: number;
    readonly things: number;
    readonly parked: number;
    readonly impossible: number;
    readonly oldest: number | null;
    readonly codes: readonly string[] | null;
  }>`
    select count(*) filter (where state = 'new') as waiting,
      count(distinct coalesce(fields->>'gid', bell_id::text)) filter (where state = 'new') as things,
      count(*) filter (where state = 'parked') as parked,
      count(*) filter (where state = 'parked' and starts_with(error_code, 'ENTRY_')) as impossible,
      min(received_at_ms) filter (where state = 'new') as oldest,
      json_agg(distinct error_code) filter (where state = 'new' and error_code is not null) as codes
    from inbox.bell where tenant_id = ${tenantId}::uuid and connection = ${connectionId}`.execute(trx);
  const { waiting = 0, things = 0, parked = 0, impossible = 0, oldest = null, codes = null } = rows[0] ?? {};
  return {
    ...{ waiting, parked, impossible, thingsWaiting: things },
    oldestWaitingAt: oldest ?? undefined,
    waitingCodes: codes ?? [],
  };
}
