/** What decides where a tenant's minutes are booked, besides the facts: zone, stage maps, closed weeks, retention. */
import {
  type EpochDay,
  PostingMaps,
  parseEntryDate,
  ReportZone,
  StageledgerError,
  StageMap,
  type StageMapInput,
} from "@stageledger/core";
import { type RawBuilder, sql, type Transaction } from "kysely";
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
  return postingRulesOf(await loadRow(trx, postingRulesColumns(tenantId), tenantId));
}

/** Inside a transaction of role person or recorder. @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE */
export async function loadReadingRules(trx: Transaction<Schema>, tenantId: string): Promise<ReadingRules> {
  return readingRulesOf(await loadRow(trx, readingRulesColumns(tenantId), tenantId));
}

interface ReadingRulesRow {
  readonly zone: string;
  readonly weeks: readonly string[] | null;
  readonly maps: readonly { readonly project: string; readonly definition: StageMapInput }[] | null;
}

export interface PostingRulesRow extends ReadingRulesRow {
  readonly entries_from: string | null;
}

/** Of a query of flow.tenant by role recorder: what {@link postingRulesOf} takes. */
export function postingRulesColumns(tenantId: string): RawBuilder<PostingRulesRow> {
  return sql`${readingRulesColumns(tenantId)},
    (select entries_from from ledger.retention_edge where tenant_id = ${tenantId}::uuid) as entries_from`;
}

function readingRulesColumns(tenantId: string): RawBuilder<ReadingRulesRow> {
  return sql`zone,
    (select json_agg(week) from ledger.week_close where tenant_id = ${tenantId}::uuid) as weeks,
    (select json_agg(json_build_object('project', project, 'definition', definition) order by version)
      from flow.stage_map where tenant_id = ${tenantId}::uuid) as maps`;
}

/** In one trip: whoever logs an hour waits for it. */
async function loadRow<R>(trx: Transaction<Schema>, columns: RawBuilder<R>, tenantId: string): Promise<R> {
  const { rows } = await sql<R>`select ${columns} from flow.tenant where tenant_id = ${tenantId}::uuid`.execute(trx);
  const [row] = rows;
  if (row !== undefined) return row;
  throw new StageledgerError("TENANT_UNKNOWN", "There is no such tenant.");
}

/** @throws StageledgerError SETTING_UNKNOWN_ZONE */
export function postingRulesOf({ entries_from: from, ...row }: PostingRulesRow): PostingRules {
  return { ...readingRulesOf(row), entriesFrom: from === null ? undefined : parseEntryDate(from) };
}

function readingRulesOf({ zone: zoneId, weeks, maps }: ReadingRulesRow): ReadingRules {
  const zone = ReportZone.find(zoneId);
  if (zone === undefined) throw new StageledgerError("SETTING_UNKNOWN_ZONE", "The tenant's time zone is unknown here.");
  const closed = new Set((weeks ?? []).map(parseEntryDate));
  return { zone, maps: new PostingMaps(byProject(maps ?? []), zone), isClosed: (week) => closed.has(week) };
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
  return byProject(rows);
}

function byProject(
  rows: readonly { readonly project: string; readonly definition: StageMapInput }[],
): ReadonlyMap<string, readonly StageMap[]> {
  const maps = new Map<string, StageMap[]>();
  for (const { project, definition } of rows) {
    maps.set(project, [...(maps.get(project) ?? []), new StageMap(definition)]);
  }
  return maps;
}
