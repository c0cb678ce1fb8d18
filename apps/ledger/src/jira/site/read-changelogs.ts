import type { JiraCaller } from "./jira-caller.ts";
import { keepHistory } from "./kept-fields.ts";
import { readPages } from "./paging.ts";
import { changelogPage } from "./schemas.ts";

/** changelog/bulkfetch's own maximum. */
const MOST_HISTORIES_A_PAGE = 10_000;

/**
 * The histories of up to 1,000 issues by issue id, in the order of `issueIds`; an empty list where nothing changed.
 * One issue's histories can lie on several pages.
 */
export async function readChangelogs(
  client: JiraCaller,
  issueIds: readonly string[],
  fieldIds: readonly string[],
  historiesAPage = MOST_HISTORIES_A_PAGE,
): Promise<Map<string, Record<string, unknown>[]>> {
  const historiesByIssue = new Map<string, Record<string, unknown>[]>(issueIds.map((id) => [id, []]));
  // Jira refuses an empty list of issues.
  if (issueIds.length === 0) return historiesByIssue;

  const asked = new Set(fieldIds);
  const pages = readPages(client, "changelog/bulkfetch", (nextPageToken) =>
    client.call({
      method: "POST",
      path: "rest/api/3/changelog/bulkfetch",
      body: { issueIdsOrKeys: issueIds, fieldIds, maxResults: historiesAPage, nextPageToken },
      answer: changelogPage,
      countObjects: ({ issueChangeLogs }) => issueChangeLogs.flatMap(({ changeHistories }) => changeHistories).length,
    }),
  );
  for await (const page of pages) {
    for (const { issueId, changeHistories } of page.issueChangeLogs) {
      const histories = historiesByIssue.get(issueId);
      // Passing over it could pass over them all, if Jira ever named issues differently here than in the search.
      if (histories === undefined)
        throw client.contradiction("changelog/bulkfetch names an issue that was not asked for", issueId);
      for (const history of changeHistories) {
        const kept = keepHistory(history, asked);
        if (kept !== undefined) histories.push(kept);
      }
    }
  }
  return historiesByIssue;
}
