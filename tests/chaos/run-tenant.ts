/** The tenant of a run, with connections as somebody left them who has just connected. */
import { randomBytes, randomUUID } from "node:crypto";
import { StageMap } from "@stageledger/core";
import {
  createTenant,
  inTransaction,
  MasterKey,
  openTenantSecrets,
  recordStageMap,
  removeConnection,
  removeDue,
} from "@stageledger/db";
import type { Servers } from "./servers.ts";
import type { Side } from "./side.ts";
import { stagesOf } from "./stages.ts";

/** @returns its id */
export async function openTenant(
  { database, masterKey }: Servers,
  sides: readonly Side[],
  now: number,
): Promise<string> {
  const tenantId = randomUUID();
  const key = MasterKey.parse(masterKey);
  const tenant = { tenantId, name: `Tenant ${tenantId}`, zone: "Europe/Berlin", isDemo: false };
  await createTenant(database, tenant, key, randomBytes, now);
  await recordStageMap(database, tenantId, new StageMap(stagesOf(sides.map(({ statuses }) => statuses))));
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const secrets = await openTenantSecrets(trx, tenantId, key);
    for (const side of sides) await side.connect(trx, tenantId, secrets, now);
  });
  return tenantId;
}

/** Nothing is left to do for it. */
export async function closeTenant({ database }: Servers, tenantId: string, sides: readonly Side[]): Promise<void> {
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    for (const { connectionId } of sides) {
      await removeConnection(trx, tenantId, connectionId);
      for (const kind of ["reconcile", "keep"]) await removeDue(trx, { tenantId, connectionId, kind });
    }
  });
}
