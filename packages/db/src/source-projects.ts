import { sql, type Transaction } from "kysely";
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
