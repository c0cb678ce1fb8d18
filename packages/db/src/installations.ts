/** Installations of our app at Jira sites, and whose ledger each writes into. Only the hash of an installation's id is kept. */
import { hash } from "node:crypto";
import { StageledgerError } from "@stageledger/core";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "./engine/database.ts";
import type { Schema } from "./schema.ts";

const KIND = "forge";

/**
 * From now on what the installation's people do goes into the tenant's ledger. Safe to repeat. Inside a transaction of role
 * recorder.
 *
 * @throws StageledgerError INSTALLATION_TAKEN when it belongs to another tenant
 */
export async function addInstallation(
  trx: Transaction<Schema>,
  tenantId: string,
  installationId: string,
): Promise<void> {
  await trx
    .insertInto("control.route")
    .values({ route_hash: hashOf(installationId), kind: KIND, tenant_id: tenantId })
    .onConflict((conflict) => conflict.column("route_hash").doNothing())
    .execute();
  if ((await tenantIn(trx, installationId)) === tenantId) return;
  throw new StageledgerError("INSTALLATION_TAKEN", "This installation belongs to another ledger.", {
    next: "Disconnect it there first: stageledger disconnect jira --installation <id> --tenant <name>",
  });
}

/** False when it was not this tenant's. Inside a transaction of role recorder. */
export async function removeInstallation(
  trx: Transaction<Schema>,
  tenantId: string,
  installationId: string,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom("control.route")
    .where("route_hash", "=", hashOf(installationId))
    .where("kind", "=", KIND)
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * Whether the installation is the tenant's now. While the transaction lasts, it stays so. Inside a transaction of role recorder
 * that holds the tenant: who takes an installation away holds it first, too.
 */
export async function holdInstallation(
  trx: Transaction<Schema>,
  tenantId: string,
  installationId: string,
): Promise<boolean> {
  const { rows } = await sql`with ${heldInstallation(tenantId, installationId)} select from held_installation`.execute(
    trx,
  );
  return rows.length > 0;
}

/** The same as a part of a statement that asks for more: `held_installation` has a row if the installation is the tenant's. */
export function heldInstallation(tenantId: string, installationId: string): RawBuilder<unknown> {
  return sql`held_installation as (
      select 1 from control.route
      where route_hash = ${hashOf(installationId)} and kind = ${KIND} and tenant_id = ${tenantId}::uuid
      for key share
    )`;
}

/** For the door, which knows an installation that proved itself, and no tenant yet. */
export function findTenantOfInstallation({ kysely }: Database, installationId: string): Promise<string | undefined> {
  return kysely.transaction().execute(async (trx) => {
    await sql`set local role stageledger_door`.execute(trx);
    return tenantIn(trx, installationId);
  });
}

async function tenantIn(trx: Transaction<Schema>, installationId: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom("control.route")
    .select("tenant_id")
    .where("route_hash", "=", hashOf(installationId))
    .where("kind", "=", KIND)
    .executeTakeFirst();
  return row?.tenant_id;
}

function hashOf(installationId: string): Uint8Array {
  return hash("sha256", `forge ${installationId}`, "buffer");
}
