/**
 * The app came to a site, or leaves it. Which ledger a site belongs to is said by whoever runs the ledger, never by a call.
 * A token says it once: one that was seen on its way would end what was installed anew since.
 */
import { ROUTES } from "@stageledger/core/contract/routes";
import { forgetInstallation, holdConnectionTo, inTransaction, setDue, useToken } from "@stageledger/db";
import type { ServiceCaller } from "../caller.ts";
import type { ForgeContext } from "../forge-context.ts";
import { renewSiteToken } from "../keep-site-token.ts";
import { refuseOtherSite } from "../refuse-other-site.ts";
import { serviceRoute } from "../service-route.ts";
import { tokenUsed } from "../token-used.ts";

export const tellInstallationRoute = serviceRoute(
  ROUTES.tellInstallation,
  async ({ context, caller, body, siteToken }) => {
    const { tenantId, installationId, apiBaseUrl, tokenId, expiresAt, isOfOtherSite } = caller;
    if (tenantId === undefined) return { isConnected: false };
    if (body.action === "uninstalled") {
      const leaving = { installationId, isOfSite: !isOfOtherSite, tokenId, expiresAt, now: context.now() };
      if (!(await forgetInstallation(context.database, tenantId, leaving))) throw tokenUsed();
      context.installations.forget(installationId);
      return { isConnected: false };
    }
    await refuseOtherSite(context, caller);
    const isConnected = await compareSoon(context, { ...caller, tenantId });
    await renewSiteToken(context, { tenantId, installationId }, apiBaseUrl, siteToken);
    return { isConnected };
  },
);

/** False where there is no connection to the site. */
async function compareSoon(
  { database, now, ring }: ForgeContext,
  { tenantId, installationId, tokenId, expiresAt }: ServiceCaller & { readonly tenantId: string },
): Promise<boolean> {
  const connectionId = await inTransaction(database, { role: "recorder", tenantId }, async (trx) => {
    if (!(await useToken(trx, tenantId, tokenId, expiresAt, now()))) throw tokenUsed();
    const connection = await holdConnectionTo(trx, tenantId, { kind: "jira", workspace: installationId });
    if (connection === undefined) return undefined;
    await setDue(trx, { tenantId, connectionId: connection.connectionId, kind: "reconcile", dueAt: now() });
    return connection.connectionId;
  });
  if (connectionId === undefined) return false;
  ring({ kind: "reconcile", tenantId, connectionId });
  return true;
}
