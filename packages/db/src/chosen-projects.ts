/** Projects that authors chose for entries of theirs, since nobody else could tell (E9). Inside transactions of role recorder. */
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** In place of the one that was chosen before. */
export async function chooseProjectOfEntry(
  trx: Transaction<Schema>,
  tenantId: string,
  {
    entryId,
    contributorId,
    project,
  }: { readonly entryId: string; readonly contributorId: string; readonly project: string },
): Promise<void> {
  await trx
    .insertInto("ledger.chosen_project")
    .values({ tenant_id: tenantId, entry_id: entryId, contributor_id: contributorId, project })
    .onConflict((conflict) => conflict.columns(["tenant_id", "entry_id"]).doUpdateSet({ project }))
    .execute();
}

/** The ledger's projects by entry; entries for which nobody chose one are left out. */
export async function findChosenProjects(
  trx: Transaction<Schema>,
  tenantId: string,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (entryIds.length === 0) return new Map();
  const { rows } = await sql<{ entry_id: string; project: string }>`
    select entry_id, project from ledger.chosen_project
    where tenant_id = ${tenantId}::uuid
      and entry_id in (select json_array_elements_text(${JSON.stringify(entryIds)}::json)::uuid)`.execute(trx);
  return new Map(rows.map(({ entry_id, project }) => [entry_id, project]));
}
