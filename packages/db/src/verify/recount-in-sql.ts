/** Recounts that the database does by itself, in other words than those that wrote the rows. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";
import type { Difference } from "./difference.ts";

interface Row {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** The current entry is the revision with the highest number, column by column. */
export async function verifyEntries(trx: Transaction<Schema>, tenantId: string): Promise<readonly Difference[]> {
  const columns = `contributor_id, item_id, project, date, minutes, activity, interval_start_ms, interval_end_ms,
    offset_minutes, chosen_status, visibility`;
  const { rows } = await sql<Row>`
    with latest as (
      select distinct on (entry_id) entry_id, number, ${sql.raw(columns)} from ledger.entry_revision
      where tenant_id = ${tenantId}::uuid order by entry_id, number desc
    ), current as (
      select entry_id, number, ${sql.raw(columns)} from ledger.entry where tenant_id = ${tenantId}::uuid
    )
    select coalesce(latest.entry_id, current.entry_id)::text as what,
      coalesce('revision ' || latest.number, 'no entry') as expected,
      coalesce('revision ' || current.number, 'no entry') as found
    from latest full join current using (entry_id)
    where to_jsonb(latest) is distinct from to_jsonb(current)
    order by what`.execute(trx);
  return rows.map((row) => ({ kind: "entry", ...row }));
}

/** The postings of an entry sum to its minutes, to nothing when it is deleted. */
export async function verifyBalances(trx: Transaction<Schema>, tenantId: string): Promise<readonly Difference[]> {
  const { rows } = await sql<Row>`
    with posted as (
      select entry_id, sum(minutes) as minutes from ledger.posting where tenant_id = ${tenantId}::uuid group by entry_id
    ), current as (
      select entry_id, coalesce(minutes, 0) as minutes from ledger.entry where tenant_id = ${tenantId}::uuid
    )
    select entry_id::text as what, coalesce(current.minutes, 0) || ' min' as expected,
      coalesce(posted.minutes, 0) || ' min' as found
    from posted full join current using (entry_id)
    where coalesce(posted.minutes, 0) <> coalesce(current.minutes, 0)
    order by what`.execute(trx);
  return rows.map((row) => ({ kind: "balance", ...row }));
}

/**
 * Cells are the sums of postings, late ones netted within their entry. Contributors are compared and not named. Of weeks
 * behind the retention edge nothing but the sums is left.
 */
export async function verifyCells(trx: Transaction<Schema>, tenantId: string): Promise<readonly Difference[]> {
  const labels = sql.raw("week, project, stage, activity, contributor_id, visibility");
  const { rows } = await sql<Row>`
    with by_entry as (
      select ${labels}, entry_id, is_late, sum(minutes) as minutes from ledger.posting
      where tenant_id = ${tenantId}::uuid group by ${labels}, entry_id, is_late
    ), fold as (
      select ${labels}, kind, sum(minutes) as minutes from (
        select *, case when not is_late then 'in-time' when minutes > 0 then 'late-added' else 'late-taken' end as kind
        from by_entry where minutes <> 0
      ) of_kind group by ${labels}, kind
    ), cells as (
      select ${labels}, kind, minutes from ledger.cell where tenant_id = ${tenantId}::uuid
    ), edge as (
      select entries_from from ledger.retention_edge where tenant_id = ${tenantId}::uuid
    )
    select concat_ws(' · ', project, stage, activity, week, visibility, kind) as what,
      coalesce(fold.minutes, 0) || ' min' as expected, coalesce(cells.minutes, 0) || ' min' as found
    from fold full join cells using (week, project, stage, activity, contributor_id, visibility, kind)
    where coalesce(fold.minutes, 0) <> coalesce(cells.minutes, 0)
      and week >= coalesce((select entries_from from edge), '-infinity'::date)
    order by what`.execute(trx);
  return rows.map((row) => ({ kind: "cell", ...row }));
}

/** A published weekly total is that of its cells and of what was erased since, rounded to half an hour. */
export async function verifyAtoms(trx: Transaction<Schema>, tenantId: string): Promise<readonly Difference[]> {
  const { rows } = await sql<Row>`
    with minutes as (
      select project, week, sum(minutes) as minutes from (
        select project, week, minutes from ledger.cell where tenant_id = ${tenantId}::uuid and kind = 'in-time'
        union all
        select project, week, minutes from ledger.erased_balance where tenant_id = ${tenantId}::uuid
      ) parts group by project, week
    )
    select atom.project || ' · ' || atom.span as what,
      floor((2 * coalesce(minutes.minutes, 0) + 30) / 60) * 30 || ' min' as expected,
      atom.rounded_minutes || ' min' as found
    from published.atom atom
    left join minutes on minutes.project = atom.project and minutes.week = atom.span::date
    where atom.tenant_id = ${tenantId}::uuid and atom.cut = 'A' and atom.version = 1
      and atom.rounded_minutes <> floor((2 * coalesce(minutes.minutes, 0) + 30) / 60) * 30
    order by what`.execute(trx);
  return rows.map((row) => ({ kind: "atom", ...row }));
}
