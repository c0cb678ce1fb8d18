import { StageledgerError } from "@stageledger/core";
import type { Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** Why time is tracked, as the tenant says now. @throws StageledgerError TENANT_UNKNOWN */
export async function getPurposeText(
  trx: Transaction<Schema>,
  tenantId: string,
): Promise<{ readonly version: number; readonly text: string }> {
  const row = await trx
    .selectFrom("flow.purpose_text")
    .select(["version", "text"])
    .where("tenant_id", "=", tenantId)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new StageledgerError("TENANT_UNKNOWN", "There is no such tenant.");
  return row;
}
