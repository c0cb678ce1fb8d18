/** What a tenant owns, row by row: settings, maps, flow and published numbers. Read as the one who reads reports. */
import { sql } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";

interface ExportedTable {
  readonly name: string;
  readonly table: string;
  /** SQL: an order that does not depend on how the rows came, nor on the machine's language. */
  readonly order: string;
}

/** Timelines follow from facts. Entries, postings and cells are people's, and no table of theirs can be read by this role. */
const TABLES: readonly ExportedTable[] = [
  { name: "tenant", table: "flow.tenant", order: "tenant_id" },
  { name: "purpose-texts", table: "flow.purpose_text", order: "version" },
  { name: "project-sources", table: "flow.project_source", order: 'source_project collate "C"' },
  {
    name: "statuses",
    table: "flow.status_sighting",
    order: 'status_id collate "C", origin collate "C", name collate "C", category collate "C"',
  },
  { name: "stage-maps", table: "flow.stage_map", order: 'project collate "C", version' },
  { name: "items", table: "flow.item", order: 'item_id collate "C"' },
  { name: "item-facts", table: "flow.item_fact", order: 'item_id collate "C", source_key collate "C"' },
  { name: "roadblocks", table: "flow.roadblock", order: "roadblock_id" },
  { name: "releases", table: "published.release", order: "number" },
  { name: "released-spans", table: "published.released_span", order: 'span collate "C"' },
  {
    name: "hours",
    table: "published.atom",
    order: 'cut collate "C", span collate "C", project collate "C", part_kind collate "C", part collate "C", version',
  },
];

const ROWS_A_BATCH = 5000;

export interface ExportSink {
  /** What follows belongs to this table. */
  begin(name: string): void;
  /** A JSON object a row. */
  rows(lines: readonly string[]): void;
}

/** All of it as of one instant, in bounded memory. @throws StageledgerError TENANT_UNKNOWN */
export function exportTenant(database: Database, tenantId: string, sink: ExportSink): Promise<void> {
  return inTransaction(database, { role: "report_reader", tenantId, isSnapshot: true }, async (trx) => {
    for (const { name, table, order } of TABLES) {
      sink.begin(name);
      // The parameters of a cursor are not told to every engine, so the tenant is left to row-level security.
      await sql
        .raw(`declare exported no scroll cursor for
          select (to_jsonb(one) - 'tenant_id')::text as line from ${table} one order by ${order}`)
        .execute(trx);
      for (;;) {
        const { rows } = await sql<{ line: string }>`${sql.raw(`fetch ${ROWS_A_BATCH} from exported`)}`.execute(trx);
        if (rows.length === 0) break;
        sink.rows(rows.map(({ line }) => line));
      }
      await sql.raw("close exported").execute(trx);
    }
  });
}
