/**
 * Which site of a source a tenant's items came from: those of another site have the same ids, and would be taken for them. Only
 * the hash of its id is kept. It outlives the connection, since the items do.
 */
import { hash } from "node:crypto";
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { Connection } from "./connections.ts";

export interface Site {
  readonly kind: Connection["kind"];
  /** As the source tells its sites apart. */
  readonly siteId: string;
}

/** From the first one on it is the tenant's. False when the tenant has another one. Inside a transaction of role recorder. */
export async function keepKnownSite(trx: Transaction<Schema>, tenantId: string, site: Site): Promise<boolean> {
  await trx
    .insertInto("control.known_site")
    .values({ tenant_id: tenantId, kind: site.kind, site_hash: siteHash(site) })
    .onConflict((conflict) => conflict.columns(["tenant_id", "kind"]).doNothing())
    .execute();
  const known = await findKnownSite(trx, tenantId, site.kind);
  return known !== undefined && isSite(known, site);
}

/** The hash of the tenant's site; undefined before there is one. Inside a transaction of role recorder. */
export async function findKnownSite(
  trx: Transaction<Schema>,
  tenantId: string,
  kind: Site["kind"],
): Promise<Uint8Array | undefined> {
  const row = await trx
    .selectFrom("control.known_site")
    .select("site_hash")
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return row?.site_hash;
}

/** Whether the hash is this site's. */
export function isSite(known: Uint8Array, site: Site): boolean {
  return siteHash(site).equals(known);
}

function siteHash({ kind, siteId }: Site): Buffer {
  return hash("sha256", `${kind} site ${siteId}`, "buffer");
}
