import { type Answer, badRequest, ok } from "./answer.ts";
import type { PageTokens } from "./page-tokens.ts";
import { INVALID_BODY, RequestBody } from "./request-body.ts";
import type { SiteData, SiteHistory, SiteItem } from "./site-data.ts";

export const CHANGELOG_MEMBERS = ["issueIdsOrKeys", "fieldIds", "maxResults", "nextPageToken"];
const MOST_ISSUES = 1000;
const MOST_FIELDS = 10;
const MOST_RESULTS = 10_000;

/**
 * POST /rest/api/3/changelog/bulkfetch. A page counts histories, not issues, so one issue's can lie on several pages.
 * Histories come newest first over all issues, with their author, and whole: an item of another field that was changed
 * together with an asked one comes along. `created` is epoch milliseconds.
 * Stricter than Jira: fieldIds must be named.
 */
export function bulkFetchChangelogs(data: SiteData, tokens: PageTokens, largestPage: number, body: unknown): Answer {
  const request = RequestBody.read(body, CHANGELOG_MEMBERS);
  const issueIdsOrKeys = request?.texts("issueIdsOrKeys") ?? [];
  const fieldIds = request?.texts("fieldIds") ?? [];
  if (request === undefined) return badRequest(INVALID_BODY);
  if (issueIdsOrKeys.length === 0 || issueIdsOrKeys.length > MOST_ISSUES) return badRequest("Name 1 to 1000 issues.");
  if (fieldIds.length === 0 || fieldIds.length > MOST_FIELDS) return badRequest("Name 1 to 10 fields.");
  const maxResults = request.number("maxResults") ?? MOST_ISSUES;
  if (maxResults < 1 || maxResults > MOST_RESULTS) return badRequest("maxResults must be between 1 and 10000.");
  const offset = tokens.offset(request.text("nextPageToken"), request.identity());
  if (offset === undefined) return badRequest("The provided next page token is invalid.");

  const asked = (item: SiteItem) => fieldIds.includes(item.fieldId ?? item.field);
  const histories = data.issues
    .filter((issue) => issueIdsOrKeys.includes(issue.id) || issueIdsOrKeys.includes(issue.key))
    .flatMap((issue) => issue.changelog.histories.map((history) => ({ issueId: issue.id, history })))
    .filter(({ history }) => history.items.some(asked))
    .sort((a, b) => Date.parse(b.history.created) - Date.parse(a.history.created));
  const end = offset + Math.min(maxResults, largestPage);
  const historiesByIssue = Map.groupBy(histories.slice(offset, end), ({ issueId }) => issueId);
  return ok({
    issueChangeLogs: [...historiesByIssue].map(([issueId, ofIssue]) => ({
      issueId,
      changeHistories: ofIssue.map(({ history }) => showHistory(history)),
    })),
    nextPageToken: end < histories.length ? tokens.give(request.identity(), end) : null,
  });
}

function showHistory(history: SiteHistory): object {
  return { ...history, created: Date.parse(history.created), historyMetadata: { actor: history.author } };
}
