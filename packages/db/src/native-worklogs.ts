/** Whether worklogs that people made in Jira itself count in a tenant. Inside transactions of role recorder. */
import type { Transaction } from "kysely";
import type { Schema } from "./schema.ts";

export async function takesNativeWorklogs(trx: Transaction<Schema>, tenantId: string): Promise<boolean> {
  const row = await trx
    .selectFrom("flow.tenant")
    .select("takes_native_worklogs")
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  return row?.takes_native_worklogs === true;
}

/** What was taken already stays. */
export async function setNativeWorklogs(trx: Transaction<Schema>, tenantId: string, isOn: boolean): Promise<void> {
  await trx.updateTable("flow.tenant").set({ takes_native_worklogs: isOn }).where("tenant_id", "=", tenantId).execute();
}
