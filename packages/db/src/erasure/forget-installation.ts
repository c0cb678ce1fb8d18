/** What leaves the ledger when our app leaves a Jira site. */
import { sql, type Transaction } from "kysely";
import { listConnections, removeConnection } from "../connections/connections.ts";
import { removeDue } from "../connections/due-jobs.ts";
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import { removeInstallation } from "../installations.ts";
import { useToken } from "../replay/used-tokens.ts";
import type { Schema } from "../schema.ts";
import { eraseContributors } from "./erase-contributors.ts";

const JIRA = "jira";

export interface LeavingInstallation {
  readonly installationId: string;
  /** False for one of another site than the tenant's: then nobody in the ledger came from there, and nobody is erased. */
  readonly isOfSite: boolean;
  /** Of the call that says so, which is used up by it: see {@link useToken}. */
  readonly tokenId: string;
  /** Of the token; epoch milliseconds. */
  readonly expiresAt: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Forgets the connection to the site (its credentials, cursors, bells and what was seen there) and whose ledger it was. People whose
 * only accounts are Jira's are erased; those who are somebody elsewhere, too, are found by their Jira account no more. Published
 * numbers stay. All of it, or nothing. Safe to repeat.
 *
 * - No mark is left not to take the accounts up again: nobody asked to be erased, and when the app is installed anew the same people
 *   have to be able to log. Marks of people who were erased by name stay.
 * - Hours of somebody who is somebody elsewhere stay with them. The Jira account would come back as somebody new; so that the two are
 *   never counted as two people, the links are taken back, and the old one stands in a list of accounts of its own, of which each
 *   may be the same person as one of any other list.
 *
 * @returns false when the token was used before, and nothing was done
 */
export function forgetInstallation(
  database: Database,
  tenantId: string,
  { installationId, isOfSite, tokenId, expiresAt, now }: LeavingInstallation,
): Promise<boolean> {
  return inTransaction(database, { role: "recorder", tenantId, holdsTenant: true }, async (trx) => {
    if (!(await useToken(trx, tenantId, tokenId, expiresAt, now))) return false;
    for (const { connectionId, kind, workspace } of await listConnections(trx, tenantId)) {
      if (kind !== JIRA || workspace !== installationId) continue;
      await removeConnection(trx, tenantId, connectionId);
      await removeDue(trx, { tenantId, connectionId, kind: "reconcile" });
    }
    await removeInstallation(trx, tenantId, installationId);
    if (!isOfSite) return true;
    // In the same transaction: a site that is half forgotten would be unknown to the call that comes again.
    await sql`set local role stageledger_eraser`.execute(trx);
    await forgetPeople(trx, tenantId, `${JIRA} until ${now}`);
    return true;
  });
}

async function forgetPeople(trx: Transaction<Schema>, tenantId: string, formerSource: string): Promise<void> {
  const { rows } = await sql<{ contributor_id: string; human_id: string | null }>`
    select contributor_id, human_id from ledger.contributor
    where tenant_id = ${tenantId}::uuid and source = ${JIRA}`.execute(trx);
  const only = rows.filter(({ human_id }) => human_id === null).map(({ contributor_id }) => contributor_id);
  await eraseContributors(trx, tenantId, only, { isMarked: false });
  const linked = JSON.stringify(
    rows.flatMap(({ contributor_id, human_id }) => (human_id === null ? [] : contributor_id)),
  );
  const theirs = sql`tenant_id = ${tenantId}::uuid
    and contributor_id in (select json_array_elements_text(${linked}::json)::uuid)`;
  for (const table of ["identity", "timer", "person_setting", "answered_request", "link_code"]) {
    await sql`delete from ${sql.table(`ledger.${table}`)} where ${theirs}`.execute(trx);
  }
  await sql`
    update ledger.contributor set human_id = null where tenant_id = ${tenantId}::uuid
      and human_id in (select human_id from ledger.contributor where ${theirs})`.execute(trx);
  await sql`update ledger.contributor set source = ${formerSource} where ${theirs}`.execute(trx);
}
