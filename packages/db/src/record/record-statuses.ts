/** Keeps what sources said about statuses: each thing said once, with the last instant at which it was. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { StatusSighting } from "./facts.ts";

export async function recordStatuses(
  trx: Transaction<Schema>,
  tenantId: string,
  sightings: readonly StatusSighting[],
): Promise<void> {
  if (sightings.length === 0) return;
  const rowByKey = new Map<string, object>();
  const lastByKey = new Map<string, number>();
  for (const { statusId, origin, name, category = "", lastSeenAt } of sightings) {
    const key = JSON.stringify([statusId, origin, name, category]);
    const last = Math.max(lastSeenAt, lastByKey.get(key) ?? lastSeenAt);
    lastByKey.set(key, last);
    rowByKey.set(key, { status_id: statusId, origin, name, category, last_seen_at_ms: last });
  }
  await sql`
    insert into flow.status_sighting (tenant_id, status_id, origin, name, category, last_seen_at_ms)
    select ${tenantId}::uuid, status_id, origin, name, category, last_seen_at_ms
    from json_to_recordset(${JSON.stringify([...rowByKey.values()])}::json)
      as said (status_id text, origin text, name text, category text, last_seen_at_ms bigint)
    on conflict (tenant_id, status_id, origin, name, category) do update
      set last_seen_at_ms = excluded.last_seen_at_ms
      where status_sighting.last_seen_at_ms < excluded.last_seen_at_ms`.execute(trx);
}
