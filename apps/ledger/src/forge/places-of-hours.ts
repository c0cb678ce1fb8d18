/** Projects of the ledger to which somebody may say that hours belong: those that they may see. */
import { UNASSIGNED } from "@stageledger/core";
import { type Database, inTransaction, listLedgerProjects } from "@stageledger/db";
import type { AskRight } from "./rights/ask-right.ts";
import { onlySeen, seesProjectOf } from "./rights/seen-things.ts";

/** In order of their names. */
export async function listPlaces(
  { database }: { readonly database: Database },
  tenantId: string,
  ask: AskRight,
): Promise<readonly string[]> {
  const seen = await onlySeen(await projectsOf(database, tenantId), ({ sources }) => seesProjectOf(ask, sources));
  return seen.map(({ project }) => project);
}

/** False also for one that the ledger does not have: nobody is told the difference. */
export async function isPlace(
  { database }: { readonly database: Database },
  tenantId: string,
  ask: AskRight,
  project: string,
): Promise<boolean> {
  const found = (await projectsOf(database, tenantId)).find((one) => one.project === project);
  return found !== undefined && seesProjectOf(ask, found.sources);
}

async function projectsOf(database: Database, tenantId: string): ReturnType<typeof listLedgerProjects> {
  const all = await inTransaction(database, { role: "report_reader", tenantId }, (trx) =>
    listLedgerProjects(trx, tenantId),
  );
  return all.filter(({ project }) => project !== UNASSIGNED);
}
