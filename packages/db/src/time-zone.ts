/** In which zone a tenant's days begin. Inside transactions of role recorder. */
import type { ReportZone } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/**
 * Whether anything is recorded whose day depends on the zone: an entry has a date by it, and weeks close by it, which is what
 * releases are made of. Entries that were deleted count, since their dates are kept, and so does what was left of who was erased.
 */
export async function hasRecordedDays(trx: Transaction<Schema>, tenantId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from ledger.entry_revision where tenant_id = ${tenantId}::uuid)
      or exists (select from ledger.week_close where tenant_id = ${tenantId}::uuid)
      or exists (select from ledger.erased_balance where tenant_id = ${tenantId}::uuid) as has`.execute(trx);
  return rows[0]?.has !== false;
}

/** For who holds the tenant, and has seen that no day is recorded. */
export async function setZone(trx: Transaction<Schema>, tenantId: string, zone: ReportZone): Promise<void> {
  await trx.updateTable("flow.tenant").set({ zone: zone.id }).where("tenant_id", "=", tenantId).execute();
}
