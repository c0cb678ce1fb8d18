/** What the ledger has of items' histories, for who has to decide what is new about them. */
import type { StageChange } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface RecordedHistory {
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** As the source showed it last. */
  readonly status: string | undefined;
  /** In order. */
  readonly changes: readonly StageChange[];
}

/** By item; without those that were never recorded. Inside a transaction of role recorder that holds the tenant's lock. */
export async function findRecordedHistories(
  trx: Transaction<Schema>,
  tenantId: string,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, RecordedHistory>> {
  if (itemIds.length === 0) return new Map();
  const { rows } = await sql<HistoryRow>`
    select item.item_id, item.created_at_ms, item.current_status, fact.at_ms, fact.sequence, fact.place, fact.from_status, fact.to_status
    from flow.item item
    left join flow.item_fact fact on fact.tenant_id = item.tenant_id and fact.item_id = item.item_id and fact.kind = 'stage'
    where item.tenant_id = ${tenantId}::uuid
      and item.item_id in (select json_array_elements_text(${JSON.stringify(itemIds)}::json))
    order by fact.at_ms, fact.sequence, fact.place`.execute(trx);
  return new Map(
    [...Map.groupBy(rows, ({ item_id }) => item_id)].map(([itemId, ofItem]) => {
      const { created_at_ms: createdAt = 0, current_status = null } = ofItem[0] ?? {};
      return [itemId, { createdAt, status: current_status ?? undefined, changes: ofItem.flatMap(changesOf) }];
    }),
  );
}

interface HistoryRow {
  readonly item_id: string;
  readonly created_at_ms: number;
  readonly current_status: string | null;
  readonly at_ms: number | null;
  readonly sequence: number | null;
  readonly place: number | null;
  readonly from_status: string | null;
  readonly to_status: string | null;
}

/** None where the join found no fact. */
function changesOf({ at_ms, sequence, place, from_status, to_status }: HistoryRow): readonly StageChange[] {
  if (at_ms === null || sequence === null || place === null) return [];
  return [{ at: at_ms, sequence, index: place, from: from_status ?? undefined, to: to_status ?? "" }];
}
