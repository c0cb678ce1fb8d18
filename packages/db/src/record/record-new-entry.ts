/** An entry that somebody is about to make: what it is decided by, and all that follows from it, a trip to a server each. */
import { dayText, type EntryRevision, type EpochDay, StageledgerError } from "@stageledger/core";
import { type RawBuilder, sql, type Transaction } from "kysely";
import { KEEP_PLAN } from "../engine/kept-plan.ts";
import type { ItemNow } from "../items.ts";
import type { Schema } from "../schema.ts";
import { bookingOf, type TimelinesByItem } from "./booking.ts";
import { toEntryRow, toRevisionRow } from "./entry-rows.ts";
import { type PostingRules, type PostingRulesRow, postingRulesColumns, postingRulesOf } from "./posting-rules.ts";
import type { TimelineRow } from "./timeline-row.ts";
import { writeNewEntry } from "./write-booking.ts";

export interface EntryBasis {
  readonly rules: PostingRules;
  /** Undefined for one whose project the ledger does not know yet. */
  readonly item: ItemNow | undefined;
  readonly timelines: TimelinesByItem;
  /** What the person has on a day: one of those that were asked for. */
  readonly minutesOf: (day: EpochDay) => number;
}

/**
 * Inside a transaction of role recorder that holds the tenant, or the person.
 *
 * @param from the first day that the entry may be of @param to the last one
 * @throws StageledgerError TENANT_UNKNOWN, SETTING_UNKNOWN_ZONE
 */
export async function loadEntryBasis(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  itemId: string,
  { from, to }: { readonly from: EpochDay; readonly to: EpochDay },
): Promise<EntryBasis> {
  const { rows } = await sql<BasisRow>`${KEEP_PLAN}
    select ${postingRulesColumns(tenantId)}, item.project, item.key,
      coalesce(of_parent.status_id, own.status_id, item.current_status) as status,
      coalesce(of_parent.stays, own.stays) as stays,
      (select json_object_agg(date, minutes) from (
        select date, sum(minutes) as minutes from ledger.entry
        where tenant_id = ${tenantId}::uuid and contributor_id = ${contributorId}::uuid
          and date between ${dayText(from)}::date and ${dayText(to)}::date
        group by date
      ) day) as minutes_by_date
    from flow.tenant tenant
    left join flow.item item on item.tenant_id = tenant.tenant_id and item.item_id = ${itemId} and item.project <> ''
    left join flow.timeline own on own.tenant_id = item.tenant_id and own.item_id = item.item_id
    left join flow.timeline of_parent on of_parent.tenant_id = item.tenant_id
      and item.is_subtask and of_parent.item_id = item.parent_id
    where tenant.tenant_id = ${tenantId}::uuid`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new StageledgerError("TENANT_UNKNOWN", "There is no such tenant.");
  const { stays, minutes_by_date: minutesByDate } = row;
  return {
    rules: postingRulesOf(row),
    item: itemOf(itemId, row),
    timelines: new Map(stays === null ? [] : [[itemId, { stays }]]),
    minutesOf: (day) => minutesByDate?.[dayText(day)] ?? 0,
  };
}

interface BasisRow extends PostingRulesRow {
  readonly project: string | null;
  readonly key: string | null;
  readonly status: string | null;
  readonly stays: TimelineRow["stays"] | null;
  readonly minutes_by_date: Readonly<Record<string, number>> | null;
}

function itemOf(itemId: string, { project, key, status }: BasisRow): ItemNow | undefined {
  return project === null || key === null ? undefined : { itemId, project, key, status: status ?? undefined };
}

/**
 * For the transaction in which the basis was loaded. Who calls has refused what must not be recorded.
 *
 * @param revision the first one of an entry whose id nobody has had
 */
export function recordNewEntry(
  tenantId: string,
  revision: EntryRevision,
  { rules, timelines }: Pick<EntryBasis, "rules" | "timelines">,
): RawBuilder<unknown> {
  const recorded = { ...revision, importId: undefined };
  const change = { before: undefined, after: toEntryRow(recorded) };
  return writeNewEntry(tenantId, toRevisionRow(recorded), bookingOf([change], new Map(), timelines, rules));
}
