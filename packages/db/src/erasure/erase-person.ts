/** Takes a person out of the ledger, in one transaction: what stays is a mark not to import them again. */
import { StageledgerError } from "@stageledger/core";
import { sql, type Transaction } from "kysely";
import { type Account, findContributor } from "../contributors.ts";
import type { Database } from "../engine/database.ts";
import { inTransaction, lockTenant } from "../engine/tenant-transaction.ts";
import type { Schema } from "../schema.ts";
import type { MasterKey } from "../secrets/master-key.ts";
import { openTenantSecrets } from "../secrets/tenant-secrets.ts";

export interface Erasure {
  /** Entries that are gone, deleted ones among them. */
  readonly entries: number;
}

/**
 * Erases the entries, revisions, postings, cells and timer of an account's contributor, the contributor, and all accounts that
 * led to it. Published numbers stay: nobody can be found in them, and computing them anew would show who is missing. The
 * minutes of a project's week are kept as a sum without person, item, stage or activity, so that recounting still adds up.
 *
 * @throws StageledgerError PERSON_UNKNOWN, TENANT_UNKNOWN, MASTER_KEY_WRONG
 */
export function erasePerson(
  database: Database,
  tenantId: string,
  masterKey: MasterKey,
  account: Account,
): Promise<Erasure> {
  return inTransaction(database, { role: "eraser", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    const secrets = await openTenantSecrets(trx, tenantId, masterKey);
    const contributorId = await findContributor(trx, tenantId, secrets, account);
    if (contributorId === undefined) {
      throw new StageledgerError("PERSON_UNKNOWN", "The ledger has nothing of this account.", {
        next: "Check --as and --source; what was erased already is gone.",
      });
    }
    await keepBalance(trx, tenantId, contributorId);
    return eraseRows(trx, tenantId, contributorId);
  });
}

async function keepBalance(trx: Transaction<Schema>, tenantId: string, contributorId: string): Promise<void> {
  await sql`
    insert into ledger.erased_balance as balance (tenant_id, project, week, minutes, was_published)
    select cell.tenant_id, cell.project, cell.week, sum(cell.minutes), exists (
      select from published.atom atom
      where atom.tenant_id = cell.tenant_id and atom.cut = 'A' and atom.project = cell.project
        and atom.span = cell.week::text
    )
    from ledger.cell cell
    where cell.tenant_id = ${tenantId}::uuid and cell.contributor_id = ${contributorId}::uuid and cell.kind = 'in-time'
    group by cell.tenant_id, cell.project, cell.week
    having sum(cell.minutes) <> 0
    on conflict (tenant_id, project, week) do update
      set minutes = balance.minutes + excluded.minutes,
        was_published = balance.was_published or excluded.was_published`.execute(trx);
}

async function eraseRows(trx: Transaction<Schema>, tenantId: string, contributorId: string): Promise<Erasure> {
  const own = sql`tenant_id = ${tenantId}::uuid and contributor_id = ${contributorId}::uuid`;
  await sql`
    delete from ledger.posting where tenant_id = ${tenantId}::uuid
      and entry_id in (select entry_id from ledger.entry where ${own})`.execute(trx);
  await sql`
    delete from ledger.entry_revision where tenant_id = ${tenantId}::uuid
      and entry_id in (select entry_id from ledger.entry where ${own})`.execute(trx);
  const entries = await sql`delete from ledger.entry where ${own}`.execute(trx);
  await sql`delete from ledger.cell where ${own}`.execute(trx);
  await sql`delete from ledger.timer where ${own}`.execute(trx);
  await sql`delete from ledger.answered_request where ${own}`.execute(trx);
  await sql`
    insert into ledger.erased_identity (tenant_id, blind_index)
    select tenant_id, blind_index from ledger.identity where ${own}`.execute(trx);
  await sql`delete from ledger.identity where ${own}`.execute(trx);
  await sql`delete from ledger.contributor where ${own}`.execute(trx);
  return { entries: Number(entries.numAffectedRows ?? 0n) };
}
