/** What decides where a tenant's minutes are booked, besides the facts: zone, stage maps, closed weeks, retention. */
import { type EpochDay, PostingMaps, parseEntryDate, ReportZone, StageledgerError, StageMap } from "@stageledger/core";
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";

/** Those that a person who looks at their entries may know. */
export interface ReadingRules {
  readonly zone: ReportZone;
  readonly maps: PostingMaps;
  /** @param week its Monday */
  readonly isClosed: (week: EpochDay) => boolean;
}

export interface PostingRules extends ReadingRules {
  /** Entries of an earlier date were deleted by retention; undefined when it has not run yet. */
  readonly entriesFrom: EpochDay | undefined;
}

/** Inside a transaction of role recorder. @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE */
export async function loadPostingRules(trx: Transaction<Schema>, tenantId: string): Promise<PostingRules> {
  const edge = await trx
    .selectFrom("ledger.retention_edge")
    .select("entries_from")
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  return {
    ...(await loadReadingRules(trx, tenantId)),
    entriesFrom: edge === undefined ? undefined : parseEntryDate(edge.entries_from),
  };
}

/** Inside a transaction of role person or recorder. @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE */
export async function loadReadingRules(trx: Transaction<Schema>, tenantId: string): Promise<ReadingRules> {
  const tenant = await trx
    .selectFrom("flow.tenant")
    .select("zone")
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();
  if (tenant === undefined) throw new StageledgerError("TENANT_UNKNOWN", "There is no such tenant.");
  const zone = ReportZone.find(tenant.zone);
  if (zone === undefined) throw new StageledgerError("SETTING_UNKNOWN_ZONE", "The tenant's time zone is unknown here.");
  const closes = await trx.selectFrom("ledger.week_close").select("week").where("tenant_id", "=", tenantId).execute();
  const closed = new Set(closes.map(({ week }) => parseEntryDate(week)));
  return {
    zone,
    maps: new PostingMaps(await loadStageMaps(trx, tenantId), zone),
    isClosed: (week) => closed.has(week),
  };
}

/** All versions of the stages by project; {@link EVERY_PROJECT} for those without a map of their own. */
export async function loadStageMaps(
  trx: Transaction<Schema>,
  tenantId: string,
): Promise<ReadonlyMap<string, readonly StageMap[]>> {
  const rows = await trx
    .selectFrom("flow.stage_map")
    .select(["project", "definition"])
    .where("tenant_id", "=", tenantId)
    .orderBy("version")
    .execute();
  const maps = new Map<string, StageMap[]>();
  for (const { project, definition } of rows) {
    maps.set(project, [...(maps.get(project) ?? []), new StageMap(definition)]);
  }
  return maps;
}
