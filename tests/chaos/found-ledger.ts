/** What the ledger says, by plain SQL. */
import { type Database, inTransaction } from "@stageledger/db";
import { sql } from "kysely";

export interface FoundLine {
  readonly entryId: string;
  readonly project: string;
  readonly stage: string;
  readonly activity: string;
  /** `2026-09-07` */
  readonly date: string;
  readonly minutes: number;
  readonly contributor: string;
}

export interface FoundLedger {
  /** Sums of the postings of each entry, with the date that the entry has. */
  readonly lines: readonly FoundLine[];
  /** Minutes by `project stage activity week`, of the cells. */
  readonly minutesByCell: ReadonlyMap<string, number>;
  /** Minutes by entry, as its newest revision has them; deleted ones are not here. */
  readonly minutesByEntry: ReadonlyMap<string, number>;
  /** `[status, since]` by item. */
  readonly stays: ReadonlyMap<string, readonly (readonly [status: string, since: number])[]>;
  /** Bells by state, such as `new` or `parked UNEXPECTED`. */
  readonly bells: ReadonlyMap<string, number>;
}

export function foundLedger(database: Database, tenantId: string): Promise<FoundLedger> {
  return inTransaction(database, { role: "recorder", tenantId, isSnapshot: true }, async (trx) => {
    const lines = await sql<FoundLine>`
      select posting.entry_id as "entryId", posting.project, posting.stage, posting.activity, entry.date,
        sum(posting.minutes)::integer as minutes, posting.contributor_id as contributor
      from ledger.posting left join ledger.entry using (tenant_id, entry_id)
      where tenant_id = ${tenantId}::uuid
      group by 1, 2, 3, 4, 5, 7 having sum(posting.minutes) <> 0`.execute(trx);
    const cells = await sql<{ key: string; minutes: number }>`
      select concat_ws(' ', project, stage, activity, week) as key, sum(minutes)::integer as minutes from ledger.cell
      where tenant_id = ${tenantId}::uuid group by 1 having sum(minutes) <> 0`.execute(trx);
    const entries = await sql<{ entry_id: string; minutes: number }>`
      select entry_id, minutes from ledger.entry
      where tenant_id = ${tenantId}::uuid and minutes is not null`.execute(trx);
    const timelines = await sql<{ item_id: string; stays: [string, number][] }>`
      select item_id, stays from flow.timeline where tenant_id = ${tenantId}::uuid`.execute(trx);
    const bells = await sql<{ state: string; count: number }>`
      select concat_ws(' ', state, case when state = 'parked' then error_code end) as state, count(*)::integer as count
      from inbox.bell where tenant_id = ${tenantId}::uuid group by 1`.execute(trx);
    return {
      lines: lines.rows,
      minutesByCell: new Map(cells.rows.map(({ key, minutes }) => [key, minutes])),
      minutesByEntry: new Map(entries.rows.map(({ entry_id, minutes }) => [entry_id, minutes])),
      stays: new Map(timelines.rows.map(({ item_id, stays }) => [item_id, stays])),
      bells: new Map(bells.rows.map(({ state, count }) => [state, count])),
    };
  });
}
