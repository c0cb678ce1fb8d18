/** What the page asks of the ledger where it is shown inside Jira: of the project of Jira's that it was opened in, and of no other. */
import { pageProjects } from "./page-projects.ts";
import { pageReport } from "./page-report.ts";
import { reportQuery } from "./page-routes.ts";
import { route } from "./route-contract.ts";
import { sourceProjectParams } from "./site-state.ts";
import { nothing } from "./values.ts";

export const JIRA_PAGE_ROUTES = {
  getPageProject: route({
    method: "get",
    path: "/forge/v1/source-projects/{sourceProject}/page-projects",
    summary: "The project that a source's belongs to, in a list as the page reads it",
    params: sourceProjectParams,
    query: nothing,
    body: nothing,
    answer: pageProjects,
    answerName: "PageProjects",
    status: 200,
  }),
  getPageReport: route({
    method: "get",
    path: "/forge/v1/source-projects/{sourceProject}/page-report",
    summary: "All that the page shows of the project that a source's belongs to",
    params: sourceProjectParams,
    query: reportQuery,
    body: nothing,
    answer: pageReport,
    answerName: "PageReport",
    status: 200,
  }),
} as const;
