/** Where our app in Jira calls the ledger in its own name. */
export const LEDGER_PATHS = {
  events: "/forge/v1/events",
  siteToken: "/forge/v1/site-token",
  installation: "/forge/v1/installation",
} as const;
