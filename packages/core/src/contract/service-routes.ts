/** What the app calls in its own name. */
import { serviceRoute } from "./route-contract.ts";
import {
  eventsAnswer,
  eventsRequest,
  installationAnswer,
  installationRequest,
  MOST_EVENTS_BYTES,
  siteTokenAnswer,
} from "./service-calls.ts";
import { anything, nothing } from "./values.ts";

export const SERVICE_ROUTES = {
  tellEvents: serviceRoute({
    method: "post",
    path: "/forge/v1/events",
    summary:
      "Tell that something changed in Jira; what it says is read there. Safe to repeat; that an account is gone, once a token",
    params: nothing,
    query: nothing,
    body: eventsRequest,
    mostBodyBytes: MOST_EVENTS_BYTES,
    answer: eventsAnswer,
    answerName: "TakenEvents",
    status: 202,
  }),
  bringSiteToken: serviceRoute({
    method: "post",
    path: "/forge/v1/site-token",
    summary: "Bring the app's own token for this site, in the header x-forge-oauth-system. Safe to repeat",
    params: nothing,
    query: nothing,
    body: anything,
    answer: siteTokenAnswer,
    answerName: "KeptSiteToken",
    status: 200,
  }),
  tellInstallation: serviceRoute({
    method: "post",
    path: "/forge/v1/installation",
    summary: "Tell that the app was installed or is being uninstalled; once a token",
    params: nothing,
    query: nothing,
    body: installationRequest,
    answer: installationAnswer,
    answerName: "InstallationState",
    status: 200,
  }),
} as const;
