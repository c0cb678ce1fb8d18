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
  const edge = sql`(select entries_from from ledger.retention_edge where tenant_id = ${tenantId}::uuid)`;
  const { entries_from: entriesFrom, ...row } = await loadRow(trx, tenantId, edge);
  return { ...rulesOf(row), entriesFrom: entriesFrom === null ? undefined : parseEntryDate(entriesFrom) };
}

/** Inside a transaction of role person or recorder. @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE */
export async function loadReadingRules(trx: Transaction<Schema>, tenantId: string): Promise<ReadingRules> {
  return rulesOf(await loadRow(trx, tenantId, sql`null::date`));
}

interface RulesRow {
  readonly zone: string;
  readonly weeks: readonly string[] | null;
  readonly maps: readonly { readonly project: string; readonly definition: StageMapInput }[] | null;
  readonly entries_from: string | null;
}

/** In one trip: whoever logs an hour waits for it. @param edge what tells from which day on entries are kept, for who may know */
async function loadRow(trx: Transaction<Schema>, tenantId: string, edge: RawBuilder<unknown>): Promise<RulesRow> {
  const { rows } = await sql<RulesRow>`
    select zone,
      (select json_agg(week) from ledger.week_close where tenant_id = ${tenantId}::uuid) as weeks,
      (select json_agg(json_build_object('project', project, 'definition', definition) order by version)
        from flow.stage_map where tenant_id = ${tenantId}::uuid) as maps,
      ${edge} as entries_from
    from flow.tenant where tenant_id = ${tenantId}::uuid`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new StageledgerError("TENANT_UNKNOWN", "There is no such tenant.");
  return row;
}

function rulesOf({ zone: zoneId, weeks, maps }: Omit<RulesRow, "entries_from">): ReadingRules {
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
