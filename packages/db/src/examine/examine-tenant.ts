/** Looks at what of a tenant wants attention. Reads no entry, and names nobody. */
import { EVERY_PROJECT, GONE, mapInForce, type ReleasePlan } from "@stageledger/core";
import { sql } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import { loadStageMaps } from "../record/posting-rules.ts";
import { planNow } from "../release/release.ts";
import type { MasterKey } from "../secrets/master-key.ts";
import { openTenantSecrets } from "../secrets/tenant-secrets.ts";
import { loadStatuses } from "../statuses.ts";
import { getTenant } from "../tenants.ts";

export interface TenantExamined {
  readonly items: number;
  /** Names of statuses that items are in and that belong to no stage. */
  readonly unmappedStatuses: readonly string[];
  /** What a release would do now. */
  readonly due: ReleasePlan;
  /** A release began and has not ended. */
  readonly isPending: boolean;
}

/** @throws StageledgerError TENANT_UNKNOWN, MASTER_KEY_WRONG */
export async function examineTenant(
  database: Database,
  tenantId: string,
  masterKey: MasterKey,
  now: number,
): Promise<TenantExamined> {
  return inTransaction(database, { role: "publisher", tenantId, isSnapshot: true }, async (trx) => {
    // It opens only under the key that sealed it.
    (await openTenantSecrets(trx, tenantId, masterKey)).safetySettings(5, false);
    const { rows: places } = await sql<{ status_id: string; items: number }>`
      select status_id, count(*) as items
      from flow.timeline timeline join flow.item item using (tenant_id, item_id)
      where timeline.tenant_id = ${tenantId}::uuid and not item.is_subtask and status_id <> ${GONE}
      group by status_id`.execute(trx);
    const maps = await loadStageMaps(trx, tenantId);
    const mapped = new Set(
      [...maps.values()].flatMap(
        (versions) => mapInForce(versions, now)?.stages.flatMap(({ statuses }) => statuses) ?? [],
      ),
    );
    const statuses = await loadStatuses(trx, tenantId);
    const releases = await trx
      .selectFrom("published.release")
      .select("state")
      .where("tenant_id", "=", tenantId)
      .where("state", "=", "pending")
      .execute();
    return {
      items: places.reduce((sum, { items }) => sum + items, 0),
      unmappedStatuses: maps.has(EVERY_PROJECT)
        ? places.flatMap(({ status_id }) => (mapped.has(status_id) ? [] : [statuses.get(status_id)?.name ?? status_id]))
        : [],
      due: await planNow(trx, await getTenant(trx, tenantId), now),
      isPending: releases.length > 0,
    };
  });
}
