/**
 * Counts up the revision of each project whose report could be another one now, in the transaction that changed it: who holds a report
 * of the revision that is still the present one need not make it again. Time entries change no report before they are released, and
 * do not count.
 */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface Touched {
  readonly project: string;
  /** Of a sub-task: it moves its parent's stall clock (E10), which may be in another project. */
  readonly parent_id: string | null;
  /** Epoch milliseconds. */
  readonly at_ms: number;
}

export async function touchProjects(
  trx: Transaction<Schema>,
  tenantId: string,
  touched: readonly Touched[],
): Promise<void> {
  if (touched.length === 0) return;
  const json = JSON.stringify(touched);
  await sql`
    insert into flow.project_revision as known (tenant_id, project, revision, latest_at_ms)
    select ${tenantId}::uuid, project, 1, max(at_ms)
    from (
      select project, at_ms from json_to_recordset(${json}::json) as touched (project text, at_ms bigint)
      union all
      select parent.project, at_ms
      from json_to_recordset(${json}::json) as touched (parent_id text, at_ms bigint)
      join flow.item parent on parent.tenant_id = ${tenantId}::uuid and parent.item_id = touched.parent_id
    ) one
    where project <> ''
    group by project order by project
    on conflict (tenant_id, project) do update set revision = known.revision + 1,
      latest_at_ms = greatest(known.latest_at_ms, excluded.latest_at_ms)`.execute(trx);
}

/** The same for the project of an item, and that of its parent. */
export async function touchProjectOf(
  trx: Transaction<Schema>,
  tenantId: string,
  itemId: string,
  at: number,
): Promise<void> {
  const { rows } = await sql<Pick<Touched, "project" | "parent_id">>`
    select project, case when is_subtask then parent_id end as parent_id from flow.item
    where tenant_id = ${tenantId}::uuid and item_id = ${itemId}`.execute(trx);
  await touchProjects(
    trx,
    tenantId,
    rows.map((row) => ({ ...row, at_ms: at })),
  );
}
