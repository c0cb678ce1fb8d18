/** What is in the way of items. A roadblock has no author, so nobody's name can come out of here. */
import { sql, type Transaction } from "kysely";
import { touchProjectOf } from "./record/project-revisions.ts";
import type { Schema } from "./schema.ts";

export interface Roadblock {
  readonly roadblockId: string;
  readonly kind: string;
  readonly words: string | undefined;
  /** The name of the stage that the item was in when it was raised. */
  readonly stage: string;
  /** Epoch milliseconds. */
  readonly raisedAt: number;
  /** Undefined while it is in the way. */
  readonly resolvedAt: number | undefined;
}

interface RoadblockRow {
  readonly roadblock_id: string;
  readonly kind: string;
  readonly words: string | null;
  readonly stage: string;
  readonly raised_at_ms: number;
  readonly resolved_at_ms: number | null;
}

const MOST_LISTED = 100;

export async function addRoadblock(
  trx: Transaction<Schema>,
  tenantId: string,
  itemId: string,
  { roadblockId, kind, words, stage, raisedAt }: Roadblock,
): Promise<void> {
  await sql`
    insert into flow.roadblock (tenant_id, roadblock_id, item_id, stage, kind, words, raised_at_ms)
    values (${tenantId}::uuid, ${roadblockId}::uuid, ${itemId}, ${stage}, ${kind}, ${words ?? null}, ${raisedAt})`.execute(
    trx,
  );
  await touchProjectOf(trx, tenantId, itemId, raisedAt);
}

/** Open ones first, the newest of each first; the first hundred. */
export async function listRoadblocks(
  trx: Transaction<Schema>,
  tenantId: string,
  itemId: string,
): Promise<readonly Roadblock[]> {
  const { rows } = await sql<RoadblockRow>`
    select roadblock_id, kind, words, stage, raised_at_ms, resolved_at_ms from flow.roadblock
    where tenant_id = ${tenantId}::uuid and item_id = ${itemId}
    order by resolved_at_ms is not null, raised_at_ms desc, roadblock_id
    limit ${MOST_LISTED}`.execute(trx);
  return rows.map(toRoadblock);
}

export async function findRoadblock(
  trx: Transaction<Schema>,
  tenantId: string,
  roadblockId: string,
): Promise<{ readonly itemId: string } | undefined> {
  const row = await trx
    .selectFrom("flow.roadblock")
    .select("item_id")
    .where("tenant_id", "=", tenantId)
    .where("roadblock_id", "=", roadblockId)
    .executeTakeFirst();
  return row && { itemId: row.item_id };
}

/** One that is resolved already stays as it is. Undefined when there is none with that id. */
export async function resolveRoadblock(
  trx: Transaction<Schema>,
  tenantId: string,
  roadblockId: string,
  resolvedAt: number,
): Promise<Roadblock | undefined> {
  const { rows } = await sql<RoadblockRow & { readonly item_id: string }>`
    update flow.roadblock set resolved_at_ms = coalesce(resolved_at_ms, ${resolvedAt}::bigint)
    where tenant_id = ${tenantId}::uuid and roadblock_id = ${roadblockId}::uuid
    returning roadblock_id, item_id, kind, words, stage, raised_at_ms, resolved_at_ms`.execute(trx);
  const [resolved] = rows;
  if (resolved === undefined) return undefined;
  await touchProjectOf(trx, tenantId, resolved.item_id, resolvedAt);
  return toRoadblock(resolved);
}

function toRoadblock({ roadblock_id, kind, words, stage, raised_at_ms, resolved_at_ms }: RoadblockRow): Roadblock {
  return {
    roadblockId: roadblock_id,
    kind,
    words: words ?? undefined,
    stage,
    raisedAt: raised_at_ms,
    resolvedAt: resolved_at_ms ?? undefined,
  };
}
