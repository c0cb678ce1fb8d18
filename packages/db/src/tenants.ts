/** Tenants: made once, found by their name, and known to everybody in them by name, zone and settling time. */
import { hash } from "node:crypto";
import { DEFAULT_SETTLING_DAYS, ReportZone, StageledgerError } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Database } from "./engine/database.ts";
import { inTransaction } from "./engine/tenant-transaction.ts";
import type { Schema } from "./schema.ts";
import type { MasterKey, RandomBytes } from "./secrets/master-key.ts";
import { newTenantSecret } from "./secrets/tenant-secrets.ts";

export interface NewTenant {
  /** A UUID. */
  readonly tenantId: string;
  readonly name: string;
  /** Says when weeks close and on which day a vendor's instant falls (E17). */
  readonly zone: string;
  /** Made-up people: the only kind of tenant whose unreleased hours may be previewed. */
  readonly isDemo: boolean;
  readonly settlingDays?: number;
  /** Least number of people behind a published number; five unless raised. */
  readonly k?: number;
}

export interface Tenant {
  readonly tenantId: string;
  readonly name: string;
  readonly zone: ReportZone;
  readonly settlingDays: number;
  readonly isDemo: boolean;
}

const LEAST_PEOPLE = 5;

const PURPOSE = `We track time to see which stage of our work holds us up, and to make room there.
Hours are shown by project and stage, only where at least five people are behind a number, and never by person.
What you log is yours: you can change or delete it until its week closes, and take it with you or erase it at any time.`;

/** @throws StageledgerError SETTING_UNKNOWN_ZONE, TENANT_EXISTS */
export async function createTenant(
  database: Database,
  tenant: NewTenant,
  masterKey: MasterKey,
  random: RandomBytes,
  now: number,
): Promise<void> {
  const { tenantId, name, isDemo, settlingDays = DEFAULT_SETTLING_DAYS, k = LEAST_PEOPLE } = tenant;
  const zone = zoneOf(tenant.zone);
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const route = await trx
      .insertInto("control.route")
      .values({ route_hash: nameHash(name), kind: "name", tenant_id: tenantId })
      .onConflict((conflict) => conflict.column("route_hash").doNothing())
      .executeTakeFirst();
    if (route.numInsertedOrUpdatedRows !== 1n) {
      throw new StageledgerError("TENANT_EXISTS", "There is a tenant of that name already.", {
        next: "Choose another name.",
      });
    }
    await trx
      .insertInto("flow.tenant")
      .values({
        tenant_id: tenantId,
        name,
        zone: zone.id,
        settling_days: settlingDays,
        is_demo: isDemo,
        created_at_ms: now,
      })
      .execute();
    await trx.insertInto("flow.purpose_text").values({ tenant_id: tenantId, version: 1, text: PURPOSE }).execute();
    await trx
      .insertInto("ledger.tenant_secret")
      .values({ tenant_id: tenantId, ...newTenantSecret(tenantId, masterKey, random) })
      .execute();
    await trx
      .insertInto("ledger.disclosure_setting")
      .values({ tenant_id: tenantId, k, waives_all_native: false })
      .execute();
    await trx.insertInto("control.due").values({ tenant_id: tenantId, job: "release", due_at_ms: now }).execute();
  });
}

/** Ids of all tenants, in order. A door asks this before it knows for whom it works. */
export async function listTenantIds({ kysely }: Database): Promise<readonly string[]> {
  const rows = await kysely.transaction().execute(async (trx) => {
    await sql`set local role stageledger_door`.execute(trx);
    return trx
      .selectFrom("control.route")
      .select("tenant_id")
      .where("kind", "=", "name")
      .orderBy("tenant_id")
      .execute();
  });
  return rows.map(({ tenant_id }) => tenant_id);
}

export async function findTenantIdByName({ kysely }: Database, name: string): Promise<string | undefined> {
  const row = await kysely.transaction().execute(async (trx) => {
    await sql`set local role stageledger_door`.execute(trx);
    return trx
      .selectFrom("control.route")
      .select("tenant_id")
      .where("route_hash", "=", nameHash(name))
      .executeTakeFirst();
  });
  return row?.tenant_id;
}

/** Inside a transaction of any role that may read flow. @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE */
export async function getTenant(trx: Transaction<Schema>, tenantId: string): Promise<Tenant> {
  const row = await trx.selectFrom("flow.tenant").selectAll().where("tenant_id", "=", tenantId).executeTakeFirst();
  return toTenant(row);
}

/** @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE */
export function toTenant(
  row: Omit<Schema["flow.tenant"], "created_at_ms" | "takes_native_worklogs"> | undefined,
): Tenant {
  if (row === undefined) throw new StageledgerError("TENANT_UNKNOWN", "There is no such tenant.");
  return {
    tenantId: row.tenant_id,
    name: row.name,
    zone: zoneOf(row.zone),
    settlingDays: row.settling_days,
    isDemo: row.is_demo,
  };
}

function zoneOf(id: string): ReportZone {
  const zone = ReportZone.find(id);
  if (zone !== undefined) return zone;
  throw new StageledgerError("SETTING_UNKNOWN_ZONE", `"${id}" is no time zone.`, {
    next: "Use an IANA name such as Europe/Berlin, America/New_York or UTC.",
  });
}

/** Names are found whatever their case. */
function nameHash(name: string): Uint8Array {
  return hash("sha256", `name ${name.normalize("NFC").toLowerCase()}`, "buffer");
}
