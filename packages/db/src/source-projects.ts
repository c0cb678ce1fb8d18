import { sql, type Transaction } from "kysely";
import { type Touched, touchProjects } from "./record/project-revisions.ts";
import type { Schema } from "./schema.ts";

/** What a project of the ledger is made of, such as `jira:10001`, in order. Inside a transaction of any role that may read flow. */
export async function listSourceProjects(
  trx: Transaction<Schema>,
  tenantId: string,
  project: string,
): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom("flow.project_source")
    .select("source_project")
    .where("tenant_id", "=", tenantId)
    .where("project", "=", project)
    .orderBy("source_project")
    .execute();
  return rows.map(({ source_project }) => source_project);
}

/** What projects of sources are called in the ledger, such as `Payments` by `jira:10001`. Inside a transaction as above. */
export async function loadProjectNames(
  trx: Transaction<Schema>,
  tenantId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await trx
    .selectFrom("flow.project_source")
    .select(["source_project", "project"])
    .where("tenant_id", "=", tenantId)
    .execute();
  return new Map(rows.map(({ source_project, project }) => [source_project, project]));
}

/**
 * A source's project counts as that one of the ledger's from now on; a new one, where the ledger has none of that name. Where nothing
 * else is called as it was, what authors chose for hours of theirs is called anew with it. What was restricted stays so under its new
 * name, and makes a project that it joins restricted, too: whoever knows better says so with `stageledger restrict --off`.
 */
export async function nameSourceProject(
  trx: Transaction<Schema>,
  tenantId: string,
  sourceProject: string,
  project: string,
): Promise<void> {
  await sql`
    with called_before as (
      select project from flow.project_source where tenant_id = ${tenantId}::uuid and source_project = ${sourceProject}
    ), named as (
      insert into flow.project_source (tenant_id, source_project, project)
      values (${tenantId}::uuid, ${sourceProject}, ${project})
      on conflict (tenant_id, source_project) do update set project = excluded.project
    ), restricted as (
      insert into flow.project_setting (tenant_id, project, is_restricted)
      select ${tenantId}::uuid, ${project}, true where exists (
        select from flow.project_setting join called_before using (project)
        where tenant_id = ${tenantId}::uuid and is_restricted
      )
      on conflict (tenant_id, project) do update set is_restricted = true
    )
    update ledger.chosen_project chosen set project = ${project}
    where tenant_id = ${tenantId}::uuid and project in (select project from called_before) and not exists (
      select from flow.project_source other
      where other.tenant_id = chosen.tenant_id and other.project = chosen.project
        and other.source_project <> ${sourceProject}
    )`.execute(trx);
}

/**
 * Gives the items that were in a source's project when they were last looked at another project of the ledger, those that are gone
 * among them. For a source whose items are called by their id alone. Hours stay where they were booked.
 *
 * @param source such as `jira:`
 */
export async function moveItemsOf(
  trx: Transaction<Schema>,
  tenantId: string,
  source: string,
  { connectionId, sourceProject }: { readonly connectionId: string; readonly sourceProject: string },
  project: string,
): Promise<void> {
  const { rows } = await sql<Touched>`
    with moving as (
      select item_id, item.project as left_project, case when is_subtask then parent_id end as parent_id,
        coalesce(last_activity_at_ms, created_at_ms) as at_ms
      from flow.item item left join flow.timeline using (tenant_id, item_id)
      where tenant_id = ${tenantId}::uuid and item.project <> ${project} and item_id in (
        select ${source} || source_item from control.seen_item
        where tenant_id = ${tenantId}::uuid and connection_id = ${connectionId}::uuid
          and source_projects @> ${JSON.stringify([sourceProject])}::jsonb
      )
    ), moved as (
      update flow.item set project = ${project}
      where tenant_id = ${tenantId}::uuid and item_id in (select item_id from moving)
    ), led as (
      update flow.timeline set project = ${project}
      where tenant_id = ${tenantId}::uuid and item_id in (select item_id from moving)
    )
    select left_project as project, parent_id, max(at_ms) as at_ms from moving group by left_project, parent_id`.execute(
    trx,
  );
  const joined = rows.map(({ at_ms }) => ({ project, parent_id: null, at_ms }));
  await touchProjects(trx, tenantId, [...rows, ...joined]);
}

export interface LedgerProject {
  readonly project: string;
  /** What it is made of, such as `jira:10001`, in order; none where only a file brought its items. */
  readonly sources: readonly string[];
}

/** All projects of the ledger, in order. Inside a transaction as above. */
export async function listLedgerProjects(
  trx: Transaction<Schema>,
  tenantId: string,
): Promise<readonly LedgerProject[]> {
  const { rows } = await sql<{ project: string; sources: readonly string[] | null }>`
    select known.project, (
      select json_agg(source.source_project order by source.source_project collate "C") from flow.project_source source
      where source.tenant_id = ${tenantId}::uuid and source.project = known.project
    ) as sources
    from (
      select project from flow.project_source where tenant_id = ${tenantId}::uuid
      union select project from flow.item where tenant_id = ${tenantId}::uuid and project <> ''
    ) known
    order by known.project collate "C"`.execute(trx);
  return rows.map(({ project, sources }) => ({ project, sources: sources ?? [] }));
}
