import { StageledgerError } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { Refusal } from "../../http/refusal.ts";
import { installationUnknown } from "../caller.ts";
import { keepSiteToken } from "../keep-site-token.ts";
import { refuseOtherSite } from "../refuse-other-site.ts";
import { serviceRoute } from "../service-route.ts";
import { siteOfCall } from "../site-of-call.ts";

export const bringSiteTokenRoute = serviceRoute(
  ROUTES.bringSiteToken,
  async ({ context, caller, siteToken: token }) => {
    const { tenantId, installationId, apiBaseUrl } = caller;
    if (tenantId === undefined) throw installationUnknown();
    if (token === undefined) throw invalid("No token came along.", "headers.x-forge-oauth-system");
    const site = siteOfCall(caller);
    if (apiBaseUrl === undefined || site === undefined) {
      throw invalid("The call's proof names no https address of the site.", "token.app.apiBaseUrl");
    }
    await refuseOtherSite(context, caller);
    const expiresAt = await keepSiteToken(context, { tenantId, installationId, apiBaseUrl, site, token });
    if (expiresAt === undefined) throw installationUnknown();
    return { expiresAt };
  },
);

function invalid(what: string, at: string): Refusal {
  return new Refusal(
    new StageledgerError("REQUEST_INVALID", what, {
      next: "The app needs the scope read:app-system-token, and auth.appSystemToken at its remote.",
    }),
    { at },
  );
}
