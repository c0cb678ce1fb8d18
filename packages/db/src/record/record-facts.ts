/**
 * The one transaction by which anything gets into the ledger: facts, then what follows from them. Timelines from facts,
 * postings from timelines and entries, cells from postings. Replaying a fact changes nothing; the same source key with
 * other content is refused with all that came with it.
 */
import type { Transaction } from "kysely";
import type { Database } from "../engine/database.ts";
import { inTransaction, lockTenant } from "../engine/tenant-transaction.ts";
import type { Schema } from "../schema.ts";
import type { Facts, RecordOutcome } from "./facts.ts";
import { loadPostingRules, type PostingRules } from "./posting-rules.ts";
import { recordItems } from "./record-items.ts";
import { recordRevisions } from "./record-revisions.ts";
import { recordStatuses } from "./record-statuses.ts";

/**
 * Records a batch for a tenant, all of it or nothing. Some thousand facts a batch are fast; records of one tenant take
 * turns.
 *
 * @throws StageledgerError FACT_CONFLICT, ENTRY_REVISION_CONFLICT, TENANT_UNKNOWN
 */
export function recordFacts(database: Database, tenantId: string, facts: Facts): Promise<RecordOutcome> {
  return inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    await lockTenant(trx, tenantId);
    return recordIn(trx, tenantId, facts);
  });
}

/**
 * The same inside a transaction of role recorder that holds the tenant's lock, so that a door can look before it records.
 *
 * @param known the rules, where the door has loaded them in this transaction
 */
export async function recordIn(
  trx: Transaction<Schema>,
  tenantId: string,
  facts: Facts,
  known?: PostingRules,
): Promise<RecordOutcome> {
  const rules = known ?? (await loadPostingRules(trx, tenantId));
  await recordStatuses(trx, tenantId, facts.statuses);
  const items = await recordItems(trx, tenantId, facts.items);
  const entries = await recordRevisions(trx, tenantId, facts.entries, items.changedItemIds, rules);
  return {
    newItems: items.newItems,
    changedItems: items.changedItemIds.size - items.newItems,
    newFacts: items.newFacts,
    ...entries,
  };
}
