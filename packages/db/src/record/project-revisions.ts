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
  const newest = new Map<string, number>();
  const newestOfParent = new Map<string, number>();
  for (const { project, parent_id: parentId, at_ms: at } of touched) {
    newest.set(project, Math.max(at, newest.get(project) ?? at));
    if (parentId !== null) newestOfParent.set(parentId, Math.max(at, newestOfParent.get(parentId) ?? at));
  }
  await sql`
    insert into flow.project_revision as known (tenant_id, project, revision, latest_at_ms)
    select ${tenantId}::uuid, project, 1, max(at_ms)
    from (
      select key as project, value::bigint as at_ms from json_each_text(${asJson(newest)}::json)
      union all
      select parent.project, touched.value::bigint from json_each_text(${asJson(newestOfParent)}::json) touched
      join flow.item parent on parent.tenant_id = ${tenantId}::uuid and parent.item_id = touched.key
    ) one
    where project <> ''
    group by project order by project
    on conflict (tenant_id, project) do update set revision = known.revision + 1,
      latest_at_ms = greatest(known.latest_at_ms, excluded.latest_at_ms)`.execute(trx);
}

function asJson(newest: ReadonlyMap<string, number>): string {
  return JSON.stringify(Object.fromEntries(newest));
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
