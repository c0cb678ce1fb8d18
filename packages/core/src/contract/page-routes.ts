/** What the page asks of the ledger. A member's session comes with every call; nothing is written by these. */
import { z } from "zod";
import { pagePortfolio, pageProjects } from "./page-projects.ts";
import { pageReport } from "./page-report.ts";
import { name, nothing } from "./values.ts";

export interface PageRouteContract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: "get";
  /** Names in braces are members of `params`. */
  readonly path: string;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** Text where the answer is a file that is no JSON. */
  readonly answer: Answer;
  readonly answerName: string;
}

/** Keeps the types of its schemas. */
function pageRoute<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType>(
  told: Omit<PageRouteContract<P, Q, A>, "method">,
): PageRouteContract<P, Q, A> {
  return { method: "get", ...told };
}

/** As in an address: whole numbers without a sign. */
const number = z
  .string()
  .regex(/^[1-9]\d{0,8}$/u)
  .transform(Number);

/** A bare day means its last millisecond in the report zone; without one it is now. */
const asOf = z.string().regex(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/u);

/** B1: fewer say little, more are not what is so now. */
const weeks = number.refine((value) => value >= 6 && value <= 12, "6 to 12 whole weeks");

/** What a report is asked for: all of it can stand in the page's address. */
export const reportQuery = z.strictObject({
  asOf: asOf.optional(),
  weeks: weeks.optional(),
  /** A version of the stages; without one that in force at the as-of instant. */
  map: number.optional(),
  time: z.enum(["calendar", "business"]).optional(),
});

/** One chart's numbers each. */
export const REPORT_TABLES = [
  "stages",
  "weeks",
  "days",
  "finished-items",
  "items-in-progress",
  "time-in-stage",
  "forecast",
  "roadblocks",
  "hours-by-week",
  "hours-by-stage",
  "hours-by-activity",
  "data-quality",
] as const;

const projectParams = z.strictObject({ project: name });

export const PAGE_ROUTES = {
  listProjects: pageRoute({
    path: "/api/v1/projects",
    summary: "The projects there are",
    params: nothing,
    query: nothing,
    answer: pageProjects,
    answerName: "PageProjects",
  }),
  getPortfolio: pageRoute({
    path: "/api/v1/portfolio",
    summary: "The verdict of each project",
    params: nothing,
    query: z.strictObject({ asOf: asOf.optional(), weeks: weeks.optional() }),
    answer: pagePortfolio,
    answerName: "PagePortfolio",
  }),
  getReport: pageRoute({
    path: "/api/v1/projects/{project}/report",
    summary: "All that the page shows of one project",
    params: projectParams,
    query: reportQuery,
    answer: pageReport,
    answerName: "PageReport",
  }),
  exportReport: pageRoute({
    path: "/api/v1/projects/{project}/report.json",
    summary: "The same as a file",
    params: projectParams,
    query: reportQuery,
    answer: pageReport,
    answerName: "PageReport",
  }),
  exportTable: pageRoute({
    path: "/api/v1/projects/{project}/report.csv",
    summary: "A table of it as a CSV file",
    params: projectParams,
    query: z.strictObject({ ...reportQuery.shape, table: z.enum(REPORT_TABLES).default("stages") }),
    answer: z.string(),
    answerName: "ReportTable",
  }),
} as const;

export type ReportTable = (typeof REPORT_TABLES)[number];
