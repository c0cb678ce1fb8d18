import { type EpochDay, parseEntryDate } from "@stageledger/core";
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";

/** Monday of the latest week whose hours are booked for good; undefined while all are open. */
export async function findLastClosedWeek(trx: Transaction<Schema>, tenantId: string): Promise<EpochDay | undefined> {
  const row = await trx
    .selectFrom("ledger.week_close")
    .select(({ fn }) => fn.max("week").as("week"))
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  const week = row?.week ?? undefined;
  return week === undefined ? undefined : parseEntryDate(week);
}
