/** All that a tenant's ledger says, read by plain SQL of the tests' own, in an order that does not depend on how it came. */
import { type Database, inTransaction } from "@stageledger/db";
import { sql } from "kysely";

export interface LedgerContents {
  /** `project stage activity week visibility kind minutes`, contributors left out. */
  readonly cells: readonly string[];
  /** `entry minutes`: what the postings of an entry sum to. */
  readonly balances: readonly string[];
  readonly timelines: readonly string[];
  readonly items: readonly string[];
}

export function ledgerContents(database: Database, tenantId: string): Promise<LedgerContents> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const lines = async (query: string): Promise<string[]> => {
      const { rows } = await sql<{ line: string }>`${sql.raw(query)}`.execute(trx);
      return rows.map(({ line }) => line).sort();
    };
    return {
      cells: await lines(`
        select concat_ws(' ', project, stage, activity, week, visibility, kind, minutes) as line
        from ledger.cell where minutes <> 0`),
      balances: await lines(`
        select concat_ws(' ', entry_id, sum(minutes)) as line from ledger.posting
        group by entry_id having sum(minutes) <> 0`),
      timelines: await lines(`
        select concat_ws(' ', item_id, status_id, last_activity_at_ms, stays, flaws) as line from flow.timeline
       `),
      items: await lines(`select row_to_json(item)::text as line from flow.item`),
    };
  });
}
