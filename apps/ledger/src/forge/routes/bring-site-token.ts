import { StageledgerError } from "@stageledger/core";
import { ROUTES } from "@stageledger/core/contract/routes";
import { findApiRoot } from "../../jira/site/root-url.ts";
import { installationUnknown } from "../caller.ts";
import { keepSiteToken } from "../keep-site-token.ts";
import { Refusal } from "../refusal.ts";
import { serviceRoute } from "../service-route.ts";

export const bringSiteTokenRoute = serviceRoute(
  ROUTES.bringSiteToken,
  async ({ context, caller, siteToken: token }) => {
    const { tenantId, installationId, apiBaseUrl } = caller;
    if (tenantId === undefined) throw installationUnknown();
    if (token === undefined) throw invalid("No token came along.", "headers.x-forge-oauth-system");
    if (apiBaseUrl === undefined || findApiRoot(apiBaseUrl) === undefined) {
      throw invalid("The call's proof names no https address of the site.", "token.app.apiBaseUrl");
    }
    const expiresAt = await keepSiteToken(context, { tenantId, installationId, apiBaseUrl, token });
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
