import { StageledgerError } from "@stageledger/core";
import type { SiteClient } from "./client.ts";
import { keepHistory } from "./kept-fields.ts";
import { readPages } from "./paging.ts";
import { changelogPage } from "./schemas.ts";
import { REPORT_IT } from "./site-error.ts";

/** changelog/bulkfetch's own maximum. */
const PAGE_SIZE = 10_000;

/**
 * The histories of up to 1,000 issues by issue id, in the order of `issueIds`; an empty list where nothing changed.
 * One issue's histories can lie on several pages.
 */
export async function readChangelogs(
  client: SiteClient,
  issueIds: readonly string[],
  fieldIds: readonly string[],
): Promise<Map<string, unknown[]>> {
  const historiesByIssue = new Map<string, unknown[]>(issueIds.map((id) => [id, []]));
  // Jira refuses an empty list of issues.
  if (issueIds.length === 0) return historiesByIssue;

  const asked = new Set(fieldIds);
  const pages = readPages("changelog/bulkfetch", (nextPageToken) =>
    client.call({
      method: "POST",
      path: "rest/api/3/changelog/bulkfetch",
      body: { issueIdsOrKeys: issueIds, fieldIds, maxResults: PAGE_SIZE, nextPageToken },
      answer: changelogPage,
    }),
  );
  for await (const page of pages) {
    for (const { issueId, changeHistories } of page.issueChangeLogs) {
      const histories = historiesByIssue.get(issueId);
      // Passing over it could pass over them all, if Jira ever named issues differently here than in the search.
      if (histories === undefined) throw strangeIssue(issueId);
      for (const history of changeHistories) {
        const kept = keepHistory(history, asked);
        if (kept !== undefined) histories.push(kept);
      }
    }
  }
  return historiesByIssue;
}

function strangeIssue(issueId: string): StageledgerError {
  return new StageledgerError(
    "SITE_WRONG_SHAPE",
    `Jira gave the changelog of issue ${JSON.stringify(issueId)}, which was not asked for.`,
    { next: REPORT_IT },
  );
}
