/** Every project that has items has a revision, and one that knows of the newest of what happened: or its reports would stay as they are. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { Difference } from "./difference.ts";

export async function verifyRevisions(trx: Transaction<Schema>, tenantId: string): Promise<readonly Difference[]> {
  const { rows } = await sql<{ project: string; last_at: number; latest_at_ms: number | null }>`
    select item.project, last_at, latest_at_ms
    from (
      select item.project, max(coalesce(last_activity_at_ms, created_at_ms)) as last_at
      from flow.item item left join flow.timeline using (tenant_id, item_id)
      where item.tenant_id = ${tenantId}::uuid and item.project <> ''
      group by item.project
    ) item
    left join flow.project_revision revision
      on revision.tenant_id = ${tenantId}::uuid and revision.project = item.project
    where latest_at_ms is null or latest_at_ms < last_at
    order by item.project collate "C"`.execute(trx);
  return rows.map(({ project, last_at, latest_at_ms }) => ({
    kind: "revision",
    what: project,
    expected: `up to ${new Date(last_at).toISOString()}`,
    found: latest_at_ms === null ? "no revision" : `up to ${new Date(latest_at_ms).toISOString()}`,
  }));
}
