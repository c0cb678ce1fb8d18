/** A person's timer, as it is kept: one at most. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

export interface Timer {
  readonly itemId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Undefined while it pauses. */
  readonly runningSince: number | undefined;
  /** Milliseconds of the runs before that. */
  readonly elapsedBefore: number;
}

interface TimerRow {
  readonly item_id: string;
  readonly item_key: string | null;
  readonly started_at_ms: number;
  readonly running_since_ms: number | null;
  readonly elapsed_ms: number;
}

/** With the item's key, or its id where the ledger does not know it. Inside a transaction of role person or recorder. */
export async function findTimer(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
): Promise<(Timer & { readonly itemKey: string }) | undefined> {
  const { rows } = await sql<TimerRow>`
    select timer.item_id, item.key as item_key, timer.started_at_ms, timer.running_since_ms, timer.elapsed_ms
    from ledger.timer timer
    left join flow.item item on item.tenant_id = timer.tenant_id and item.item_id = timer.item_id
    where timer.tenant_id = ${tenantId}::uuid and timer.contributor_id = ${contributorId}::uuid`.execute(trx);
  return rows.map(({ item_id, item_key, started_at_ms, running_since_ms, elapsed_ms }) => ({
    itemId: item_id,
    itemKey: item_key ?? item_id,
    startedAt: started_at_ms,
    runningSince: running_since_ms ?? undefined,
    elapsedBefore: elapsed_ms,
  }))[0];
}

/** In place of the one that there is. */
export async function putTimer(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  { itemId, startedAt, runningSince, elapsedBefore }: Timer,
): Promise<void> {
  await sql`
    insert into ledger.timer (tenant_id, contributor_id, item_id, started_at_ms, running_since_ms, elapsed_ms)
    values (${tenantId}::uuid, ${contributorId}::uuid, ${itemId}, ${startedAt}, ${runningSince ?? null}, ${elapsedBefore})
    on conflict (tenant_id, contributor_id) do update set item_id = excluded.item_id,
      started_at_ms = excluded.started_at_ms, running_since_ms = excluded.running_since_ms,
      elapsed_ms = excluded.elapsed_ms`.execute(trx);
}

export async function removeTimer(trx: Transaction<Schema>, tenantId: string, contributorId: string): Promise<void> {
  await sql`
    delete from ledger.timer
    where tenant_id = ${tenantId}::uuid and contributor_id = ${contributorId}::uuid`.execute(trx);
}
