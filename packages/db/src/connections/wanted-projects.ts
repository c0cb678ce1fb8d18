/**
 * Projects of a source that were chosen before it could be asked for them, by their keys. Whoever asks it first finds them, takes
 * them in, and wants them no more. Inside transactions of role recorder.
 */
import type { Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export interface WantedProjects {
  /** Whether every project is taken in, also those that come to be. */
  readonly takesAll: boolean;
  /** What each is called in the ledger, or null where nobody said, by its key at the source. */
  readonly nameByKey: Readonly<Record<string, string | null>>;
}

/** Nothing is wanted of a connection that there is not. */
export async function findWantedProjects(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
): Promise<WantedProjects> {
  const row = await trx
    .selectFrom("control.connection")
    .select(["takes_all_projects", "wanted_projects"])
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .executeTakeFirst();
  return { takesAll: row?.takes_all_projects === true, nameByKey: row?.wanted_projects ?? {} };
}

export async function setWantedProjects(
  trx: Transaction<Schema>,
  tenantId: string,
  connectionId: string,
  { takesAll, nameByKey }: WantedProjects,
): Promise<void> {
  await trx
    .updateTable("control.connection")
    .set({ takes_all_projects: takesAll, wanted_projects: JSON.stringify(nameByKey) })
    .where("tenant_id", "=", tenantId)
    .where("connection_id", "=", connectionId)
    .execute();
}
