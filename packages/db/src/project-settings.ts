/** What an admin decides for one project. Inside transactions of role recorder. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** Restricted: keys of its items are shown inside Jira only, to whom Jira shows them; on the page and in files never. */
export async function setProjectRestricted(
  trx: Transaction<Schema>,
  tenantId: string,
  project: string,
  isRestricted: boolean,
): Promise<void> {
  await sql`
    insert into flow.project_setting (tenant_id, project, is_restricted)
    values (${tenantId}::uuid, ${project}, ${isRestricted})
    on conflict (tenant_id, project) do update set is_restricted = excluded.is_restricted`.execute(trx);
}

/** Those of whose items keys are shown inside Jira only. Role report_reader does, too. */
export async function listRestrictedProjects(trx: Transaction<Schema>, tenantId: string): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom("flow.project_setting")
    .select("project")
    .where("tenant_id", "=", tenantId)
    .where("is_restricted", "=", true)
    .execute();
  return rows.map(({ project }) => project);
}
