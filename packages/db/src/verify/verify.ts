/** Recounts all that is derived from facts, and names each difference. Changes nothing. */
import type { Database } from "../engine/database.ts";
import { inTransaction } from "../engine/tenant-transaction.ts";
import type { Difference } from "./difference.ts";
import { verifyAtoms, verifyBalances, verifyCells, verifyEntries } from "./recount-in-sql.ts";
import { verifyRevisions } from "./verify-revisions.ts";
import { verifyStages } from "./verify-stages.ts";
import { verifyTimelines } from "./verify-timelines.ts";

/** In the order: timelines, revisions of projects, entries, balances, stages, cells, atoms. None: the ledger is what its facts say. */
export async function verify(database: Database, tenantId: string): Promise<readonly Difference[]> {
  const recounted = await inTransaction(database, { role: "recorder", tenantId, isSnapshot: true }, async (trx) => [
    ...(await verifyTimelines(trx, tenantId)),
    ...(await verifyRevisions(trx, tenantId)),
    ...(await verifyEntries(trx, tenantId)),
    ...(await verifyBalances(trx, tenantId)),
    ...(await verifyStages(trx, tenantId)),
    ...(await verifyCells(trx, tenantId)),
  ]);
  const atoms = await inTransaction(database, { role: "publisher", tenantId, isSnapshot: true }, (trx) =>
    verifyAtoms(trx, tenantId),
  );
  return [...recounted, ...atoms];
}
