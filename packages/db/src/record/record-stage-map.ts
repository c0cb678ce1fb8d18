/** Records a version of the stages, and books the open weeks anew that it changes. */
import { EVERY_PROJECT, StageledgerError, type StageMap, type StageMapInput } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction, lockTenant } from "../engine/tenant-transaction.ts";
import type { Schema } from "../schema.ts";
import { entriesOfOpenWeeks } from "./load-entries.ts";
import { postChanges } from "./post-changes.ts";
import { loadPostingRules } from "./posting-rules.ts";

/** {@link recordStageMapIn} in a transaction of its own. @throws StageledgerError STAGES_VERSION_TAKEN */
export function recordStageMap(
  database: Database,
  tenantId: string,
  map: StageMap,
  project: string = EVERY_PROJECT,
): Promise<void> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    await recordStageMapIn(trx, tenantId, map, project);
  });
}

/**
 * A version is recorded once and never changes; recording the same again changes nothing. Inside a transaction of role recorder
 * that holds the tenant's lock.
 *
 * @param project {@link EVERY_PROJECT} for those without a map of their own
 * @throws StageledgerError STAGES_VERSION_TAKEN
 */
export async function recordStageMapIn(
  trx: Transaction<Schema>,
  tenantId: string,
  map: StageMap,
  project: string = EVERY_PROJECT,
): Promise<void> {
  const definition = JSON.stringify(toDefinition(map));
  const { rows } = await sql<{ is_same: boolean }>`
    select definition = ${definition}::jsonb as is_same from flow.stage_map
    where tenant_id = ${tenantId}::uuid and project = ${project} and version = ${map.version}`.execute(trx);
  const [known] = rows;
  if (known?.is_same === true) return;
  if (known !== undefined) {
    throw new StageledgerError("STAGES_VERSION_TAKEN", `Version ${map.version} of the stages is recorded already.`, {
      next: "Leave out the version, and they become the next one; or give the next number, and the day from which they hold as effective_from.",
    });
  }
  await sql`
    insert into flow.stage_map (tenant_id, project, version, effective_from_ms, definition)
    values (${tenantId}::uuid, ${project}, ${map.version}, ${map.effectiveFrom ?? null}, ${definition}::jsonb)`.execute(
    trx,
  );
  const rules = await loadPostingRules(trx, tenantId);
  for await (const rows of entriesOfOpenWeeks(trx, tenantId)) {
    const changes = rows.map((row) => ({ before: row, after: row }));
    await postChanges(trx, tenantId, changes, rules);
  }
}

function toDefinition(map: StageMap): StageMapInput {
  return {
    version: map.version,
    ...(map.effectiveFrom === undefined ? {} : { effectiveFrom: map.effectiveFrom }),
    origin: map.origin,
    stages: map.stages,
    commitment: map.nameOf(map.commitment),
    blockedStatuses: [...map.blockedStatuses],
  };
}
