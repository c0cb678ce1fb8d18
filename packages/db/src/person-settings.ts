/** What people chose for themselves, an account each. */
import type { Transaction } from "kysely";
import type { Schema } from "./schema.ts";

export interface PersonSettings {
  /** Whether what its author logs on an issue is copied to Jira as their own worklog. */
  readonly mirrorsToJira: boolean;
}

/** Of somebody who never chose. */
const NOTHING_CHOSEN: PersonSettings = { mirrorsToJira: false };

/** Inside a transaction of role person for that contributor, or of role recorder. */
export async function findPersonSettings(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
): Promise<PersonSettings> {
  const row = await trx
    .selectFrom("ledger.person_setting")
    .select("mirrors_to_jira")
    .where("tenant_id", "=", tenantId)
    .where("contributor_id", "=", contributorId)
    .executeTakeFirst();
  return row === undefined ? NOTHING_CHOSEN : { mirrorsToJira: row.mirrors_to_jira };
}

/** In place of those that there are. Inside a transaction of role recorder. */
export async function putPersonSettings(
  trx: Transaction<Schema>,
  tenantId: string,
  contributorId: string,
  { mirrorsToJira }: PersonSettings,
): Promise<void> {
  await trx
    .insertInto("ledger.person_setting")
    .values({ tenant_id: tenantId, contributor_id: contributorId, mirrors_to_jira: mirrorsToJira })
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "contributor_id"]).doUpdateSet({ mirrors_to_jira: mirrorsToJira }),
    )
    .execute();
}
