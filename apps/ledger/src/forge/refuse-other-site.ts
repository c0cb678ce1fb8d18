/** Calls from a site that is not the one that the ledger's issues came from. */
import { holdConnectionTo, inTransaction, removeDue, setConnectionProblem } from "@stageledger/db";
import type { LedgerTransaction } from "../log-time/record-revision.ts";
import type { ServiceCaller } from "./caller.ts";
import type { ForgeContext } from "./forge-context.ts";
import { otherSite } from "./site-of-call.ts";

/** The connection shows why nothing comes from it. Nothing is due there: it gets no token to read anything with. */
export async function showOtherSite(trx: LedgerTransaction, tenantId: string, connectionId: string): Promise<void> {
  await setConnectionProblem(trx, tenantId, connectionId, "CONNECTION_OTHER_SITE");
  await removeDue(trx, { tenantId, connectionId, kind: "reconcile" });
}

/** @throws StageledgerError CONNECTION_OTHER_SITE, which the connection shows from then on */
export async function refuseOtherSite(
  { database }: Pick<ForgeContext, "database">,
  { tenantId, installationId, isOfOtherSite }: ServiceCaller,
): Promise<void> {
  if (tenantId === undefined || !isOfOtherSite) return;
  await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const connection = await holdConnectionTo(trx, tenantId, { kind: "jira", workspace: installationId });
    if (connection !== undefined) await showOtherSite(trx, tenantId, connection.connectionId);
  });
  throw otherSite();
}
