/** What a report of any project of a tenant is read by. Inside transactions of role report_reader. */
import { EVERY_PROJECT, StageledgerError, StageMap, type StageMapInput } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import { type Tenant, toTenant } from "../tenants.ts";

export interface ReportFrame {
  readonly tenant: Tenant;
  /** Of the map of those projects that have none of their own, ascending. */
  readonly versions: readonly StageMap[];
  /** Weeks (by their Mondays), periods and quarters that were released, ascending. */
  readonly releasedSpans: readonly string[];
  /** Its number; 0 before the first one. */
  readonly latestRelease: number;
  /** A release began and has not ended. */
  readonly isPending: boolean;
}

/** In one trip to the database. @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE */
export async function readReportFrame(trx: Transaction<Schema>, tenantId: string): Promise<ReportFrame> {
  const { rows } = await sql<FrameRow>`
    select tenant_id, name, zone, settling_days, is_demo,
      (select json_agg(definition order by version) from flow.stage_map
        where tenant_id = ${tenantId}::uuid and project = ${EVERY_PROJECT}) as definitions,
      (select json_agg(span) from published.released_span where tenant_id = ${tenantId}::uuid) as spans,
      (select max(number) from published.release
        where tenant_id = ${tenantId}::uuid and state = 'published') as latest_release,
      exists (select from published.release where tenant_id = ${tenantId}::uuid and state = 'pending') as is_pending
    from flow.tenant where tenant_id = ${tenantId}::uuid`.execute(trx);
  const [row] = rows;
  return {
    tenant: toTenant(row),
    versions: (row?.definitions ?? []).map((definition) => new StageMap(definition)),
    releasedSpans: (row?.spans ?? []).toSorted(),
    latestRelease: row?.latest_release ?? 0,
    isPending: row?.is_pending ?? false,
  };
}

type FrameRow = Omit<Schema["flow.tenant"], "created_at_ms" | "takes_native_worklogs"> & {
  readonly definitions: readonly StageMapInput[] | null;
  readonly spans: readonly string[] | null;
  readonly latest_release: number | null;
  readonly is_pending: boolean;
};

export function nothingRecorded(): StageledgerError {
  return new StageledgerError("LEDGER_EMPTY", "Nothing is recorded yet.", {
    next: "Import a log first: stageledger import jira <file>",
  });
}
