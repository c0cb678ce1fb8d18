import type { JiraCaller } from "./jira-caller.ts";
import { NAMED_FIELDS } from "./kept-fields.ts";
import { readPages } from "./paging.ts";
import { type SearchPage, searchPage } from "./schemas.ts";

/** What Jira gives at most when fields are named; each page is also one changelog request of at most 1,000 issues. */
const PAGE_SIZE = 100;

/** The issues that a JQL finds, in pages. Jira may give fewer on a page than asked for, and still have more. */
export function searchIssues(
  client: JiraCaller,
  jql: string,
  flaggedFieldIds: readonly string[],
): AsyncGenerator<SearchPage, undefined> {
  return readPages(client, "search/jql", (nextPageToken) =>
    readSearchPage(client, jql, flaggedFieldIds, nextPageToken),
  );
}

export function readSearchPage(
  client: JiraCaller,
  jql: string,
  flaggedFieldIds: readonly string[],
  nextPageToken: string | undefined,
): Promise<SearchPage> {
  return client.call({
    method: "POST",
    path: "rest/api/3/search/jql",
    body: { jql, fields: [...NAMED_FIELDS, ...flaggedFieldIds], maxResults: PAGE_SIZE, nextPageToken },
    answer: searchPage,
    countObjects: ({ issues }) => issues.length,
    carriesJql: true,
  });
}
