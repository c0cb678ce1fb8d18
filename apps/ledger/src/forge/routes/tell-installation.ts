/** The app came to a site, or leaves it. Which ledger a site belongs to is said by whoever runs the ledger, never by a call. */
import { ROUTES } from "@stageledger/core/contract/routes";
import { forgetInstallation, holdConnectionTo, inTransaction, setDue } from "@stageledger/db";
import type { ForgeContext } from "../forge-context.ts";
import { renewSiteToken } from "../keep-site-token.ts";
import { serviceRoute } from "../service-route.ts";

export const tellInstallationRoute = serviceRoute(
  ROUTES.tellInstallation,
  async ({ context, caller, body, siteToken }) => {
    const { tenantId, installationId, apiBaseUrl } = caller;
    if (tenantId === undefined) return { isConnected: false };
    if (body.action === "uninstalled") {
      await forgetInstallation(context.database, tenantId, installationId, context.now());
      return { isConnected: false };
    }
    await renewSiteToken(context, { tenantId, installationId }, apiBaseUrl, siteToken);
    return { isConnected: await compareSoon(context, tenantId, installationId) };
  },
);

/** False where there is no connection to the site. */
async function compareSoon(
  { database, now, ring }: ForgeContext,
  tenantId: string,
  installationId: string,
): Promise<boolean> {
  const connectionId = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    const connection = await holdConnectionTo(trx, tenantId, { kind: "jira", workspace: installationId });
    if (connection === undefined) return undefined;
    await setDue(trx, { tenantId, connectionId: connection.connectionId, kind: "reconcile", dueAt: now() });
    return connection.connectionId;
  });
  if (connectionId === undefined) return false;
  ring({ kind: "reconcile", tenantId, connectionId });
  return true;
}
