/** The panel's API: every route with what it takes and what it answers. Server, app and OpenAPI document all follow it. */
import { ITEM_ROUTES } from "./item-routes.ts";
import { JIRA_PAGE_ROUTES } from "./jira-page-routes.ts";
import { MY_ROUTES } from "./my-routes.ts";
import { SERVICE_ROUTES } from "./service-routes.ts";
import { SITE_ROUTES } from "./site-routes.ts";

export const ROUTES = {
  ...ITEM_ROUTES,
  ...MY_ROUTES,
  ...SITE_ROUTES,
  ...JIRA_PAGE_ROUTES,
  ...SERVICE_ROUTES,
} as const;
