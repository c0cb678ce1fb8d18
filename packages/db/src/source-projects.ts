import type { Transaction } from "kysely";
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
