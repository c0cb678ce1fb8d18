import type { Database } from "@stageledger/db";
import { sql } from "kysely";
import type { ForgeDoor } from "../forge/a-forge-door.ts";

/** As the weekly release closes it. @param monday such as `2026-08-31` */
export async function closeWeek(
  { tenant: { tenantId } }: ForgeDoor,
  { kysely }: Database,
  monday: string,
): Promise<void> {
  await kysely.transaction().execute(async (trx) => {
    await sql`select set_config('app.tenant', ${tenantId}, true)`.execute(trx);
    await sql`insert into ledger.week_close values (${tenantId}::uuid, ${monday}, 0)`.execute(trx);
  });
}
