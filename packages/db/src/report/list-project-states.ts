/** The projects that there is something to report of, without reading an item. */
import { sql, type Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import type { Schema } from "../schema.ts";
import { loadStatuses } from "../statuses.ts";
import type { ProjectFrame } from "./read-project-facts.ts";
import { type ReportFrame, readReportFrame } from "./report-frame.ts";

export interface ProjectStates extends ReportFrame {
  /** In order of their names' characters. */
  readonly projects: readonly {
    readonly frame: ProjectFrame;
    /** What it is made of, such as `jira:10001`, in order; none where only a file brought its items. */
    readonly sources: readonly string[];
  }[];
}

/** @throws StageledgerError TENANT_UNKNOWN */
export function listProjectStates(database: Database, tenantId: string): Promise<ProjectStates> {
  return inTransaction(database, { role: "report_reader", tenantId, isSnapshot: true }, async (trx) => {
    const [common, rows, statuses] = await Promise.all([
      readReportFrame(trx, tenantId),
      readStates(trx, tenantId),
      loadStatuses(trx, tenantId),
    ]);
    const projects = rows.map(({ project, revision, latest_at_ms, is_restricted, sources }) => ({
      frame: {
        ...common,
        ...{ project, revision, latestAt: latest_at_ms, isRestricted: is_restricted ?? false, statuses },
      },
      sources: sources ?? [],
    }));
    return { ...common, projects };
  });
}

interface StateRow {
  readonly project: string;
  readonly revision: number;
  readonly latest_at_ms: number;
  readonly is_restricted: boolean | null;
  readonly sources: readonly string[] | null;
}

async function readStates(trx: Transaction<Schema>, tenantId: string): Promise<readonly StateRow[]> {
  const { rows } = await sql<StateRow>`
    select known.project, revision, latest_at_ms, is_restricted, (
      select json_agg(source.source_project order by source.source_project collate "C") from flow.project_source source
      where source.tenant_id = ${tenantId}::uuid and source.project = known.project
    ) as sources
    from flow.project_revision known left join flow.project_setting using (tenant_id, project)
    where known.tenant_id = ${tenantId}::uuid
    order by known.project collate "C"`.execute(trx);
  return rows;
}
