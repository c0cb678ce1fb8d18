/** Whether worklogs that people made in Jira itself count in a tenant. Inside transactions of role recorder. */
import { sql, type Transaction } from "kysely";
import { BEFORE_ALL } from "./connections/source-cursors.ts";
import type { Schema } from "./schema.ts";

export async function takesNativeWorklogs(trx: Transaction<Schema>, tenantId: string): Promise<boolean> {
  const row = await trx
    .selectFrom("flow.tenant")
    .select("takes_native_worklogs")
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  return row?.takes_native_worklogs === true;
}

/** The cursor of the list of worklogs that were made or changed. */
export const UPDATED_WORKLOGS = "worklogs-updated";

/** What was taken already stays. Once it is on, all worklogs are listed from the first: some were passed over while it was off. */
export async function setNativeWorklogs(trx: Transaction<Schema>, tenantId: string, isOn: boolean): Promise<void> {
  await trx.updateTable("flow.tenant").set({ takes_native_worklogs: isOn }).where("tenant_id", "=", tenantId).execute();
  await sql`
    update control.source_cursor as cursor set position = ${BEFORE_ALL}
    where tenant_id = ${tenantId}::uuid and name = ${UPDATED_WORKLOGS}`.execute(trx);
}
