import { type Answer, badRequest, ok } from "./answer.ts";
import { findByJql } from "./jql.ts";
import type { PageTokens } from "./page-tokens.ts";
import { INVALID_BODY, RequestBody } from "./request-body.ts";
import type { SiteData, SiteIssue } from "./site-data.ts";

export const SEARCH_MEMBERS = [
  "jql",
  "fields",
  "maxResults",
  "nextPageToken",
  "expand",
  "properties",
  "fieldsByKeys",
  "reconcileIssues",
];

/**
 * POST /rest/api/3/search/jql. Gives the named fields in full, people and all, and only the id where none is named.
 * Stricter than Jira: a field that the site does not have is refused, so that a misspelt one is found.
 */
export function searchJql(data: SiteData, tokens: PageTokens, largestPage: number, body: unknown): Answer {
  const request = RequestBody.read(body, SEARCH_MEMBERS);
  const jql = request?.text("jql");
  if (request === undefined || jql === undefined) return badRequest(INVALID_BODY);
  const found = findByJql(jql, data.issues);
  if ("refusal" in found) return badRequest(found.refusal);
  const fields = request.texts("fields") ?? [];
  const unknown = fields.find((name) => name !== "*all" && !data.fields.some((field) => field.id === name));
  if (unknown !== undefined)
    return badRequest(`Field '${unknown}' does not exist or you do not have permission to view it.`);

  const offset = tokens.offset(request.text("nextPageToken"), request.identity());
  if (offset === undefined) return badRequest("The provided next page token is invalid.");
  const end = offset + Math.min(request.number("maxResults") ?? 50, largestPage);
  const isLast = end >= found.issues.length;
  return ok({
    issues: found.issues.slice(offset, end).map((issue) => showIssue(issue, fields)),
    ...(isLast ? {} : { nextPageToken: tokens.give(request.identity(), end) }),
    isLast,
  });
}

/** POST /rest/api/3/search/approximate-count */
export function countJql(data: SiteData, body: unknown): Answer {
  const jql = RequestBody.read(body, ["jql"])?.text("jql");
  if (jql === undefined) return badRequest(INVALID_BODY);
  const found = findByJql(jql, data.issues);
  return "refusal" in found ? badRequest(found.refusal) : ok({ count: found.issues.length });
}

function showIssue(issue: SiteIssue, fields: readonly string[]): object {
  if (fields.length === 0) return { id: issue.id };
  const shown = Object.entries(issue.fields).filter(([name]) => fields.includes(name) || fields.includes("*all"));
  return {
    expand: "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
    id: issue.id,
    self: `https://your-site.atlassian.net/rest/api/3/issue/${issue.id}`,
    key: issue.key,
    fields: Object.fromEntries(shown),
  };
}
