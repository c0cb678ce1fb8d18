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
