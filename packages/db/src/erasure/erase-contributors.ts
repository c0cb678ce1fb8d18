/** The rows of people who leave the ledger. Inside transactions of role eraser that hold the tenant's lock. */
import { type RawBuilder, sql, type Transaction } from "kysely";
import { unlinkLonely } from "../links.ts";
import type { Schema } from "../schema.ts";

/**
 * Erases their entries with what they chose for them, revisions, postings, cells, timers, settings, codes and kept answers, the
 * contributors, and all accounts that led to them. Published numbers stay: nobody can be found in them, and computing them anew
 * would show who is missing. The minutes of a project's week are kept as a sum without person, item, stage or activity, so that
 * recounting still adds up.
 *
 * @param isMarked whether a mark is left not to take up their accounts again
 * @returns how many entries are gone, deleted ones among them
 */
export async function eraseContributors(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorIds: readonly string[],
  { isMarked }: { readonly isMarked: boolean },
): Promise<number> {
  if (contributorIds.length === 0) return 0;
  const own = sql`tenant_id = ${tenantId}::uuid
    and contributor_id in (select json_array_elements_text(${JSON.stringify(contributorIds)}::json)::uuid)`;
  await keepBalance(trx, own);
  await sql`
    delete from ledger.posting where tenant_id = ${tenantId}::uuid
      and entry_id in (select entry_id from ledger.entry where ${own})`.execute(trx);
  await sql`
    delete from ledger.entry_revision where tenant_id = ${tenantId}::uuid
      and entry_id in (select entry_id from ledger.entry where ${own})`.execute(trx);
  const entries = await sql`delete from ledger.entry where ${own}`.execute(trx);
  for (const table of ["cell", "timer", "person_setting", "answered_request", "link_code"]) {
    await sql`delete from ${sql.table(`ledger.${table}`)} where ${own}`.execute(trx);
  }
  if (isMarked) {
    await sql`
      insert into ledger.erased_identity (tenant_id, blind_index)
      select tenant_id, blind_index from ledger.identity where ${own}`.execute(trx);
  }
  await sql`delete from ledger.identity where ${own}`.execute(trx);
  await sql`delete from ledger.contributor where ${own}`.execute(trx);
  await unlinkLonely(trx, tenantId);
  return Number(entries.numAffectedRows ?? 0n);
}

async function keepBalance(trx: Transaction<Schema>, own: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into ledger.erased_balance as balance (tenant_id, project, week, minutes, was_published)
    select cell.tenant_id, cell.project, cell.week, sum(cell.minutes), exists (
      select from published.atom atom
      where atom.tenant_id = cell.tenant_id and atom.cut = 'A' and atom.project = cell.project
        and atom.span = cell.week::text
    )
    from ledger.cell cell
    where ${own} and cell.kind = 'in-time'
    group by cell.tenant_id, cell.project, cell.week
    having sum(cell.minutes) <> 0
    on conflict (tenant_id, project, week) do update
      set minutes = balance.minutes + excluded.minutes,
        was_published = balance.was_published or excluded.was_published`.execute(trx);
}
