import { StageledgerError } from "@stageledger/core";
import { SiteClient } from "./client.ts";
import { flaggedFieldIds } from "./flagged-fields.ts";
import { CHANGELOG_FIELDS, keepIssue, keepStatus } from "./kept-fields.ts";
import { type Pacing, realPacing } from "./pacing.ts";
import { readChangelogs } from "./read-changelogs.ts";
import { approximateCount, fieldList, type RawIssue, statusList } from "./schemas.ts";
import { searchIssues } from "./search-issues.ts";
import { authorizationHeader, type SiteCredentials } from "./site-credentials.ts";
import { parseSiteUrl } from "./site-url.ts";

export interface SiteReadOptions {
  /** Root of the Jira Cloud site, as its reader typed it. */
  readonly site: string;
  readonly jql: string;
  readonly credentials: SiteCredentials;
  readonly pacing?: Pacing;
  readonly fetch?: typeof globalThis.fetch;
  /** For one attempt of one call; a minute unless said. */
  readonly timeoutMilliseconds?: number;
  readonly signal?: AbortSignal;
}

/**
 * Takes what is read, in this order: `statuses` and `flaggedFields` once; then, page by page, `issue` for each issue,
 * `histories` exactly once for each of them, and `progress`. When `progress` is called, every issue so far is complete.
 * Whatever is handed over holds named members only: no person, no summary, no comment. An exception ends the reading.
 */
export interface SiteSink {
  /** Every status of the site that the account may see: id, name, statusCategory, scope. */
  statuses(raw: unknown[]): void;
  /** Ids of the custom fields that are Jira's flag; often one, perhaps none. */
  flaggedFields?(fieldIds: readonly string[]): void;
  /** id, key and fields of one issue; each issue comes once. */
  issue(raw: unknown): void;
  /** All changes of the fields asked for, in any order, perhaps none. `created` is epoch milliseconds here. */
  histories(issueId: string, rawHistories: unknown[]): void;
  /** Issues that are complete, of about `total`. */
  progress(done: number, total: number | undefined): void;
  /** The reader waits because the site asked it to, or does not answer. */
  waiting?(milliseconds: number): void;
}

export interface SiteSummary {
  readonly issueCount: number;
  readonly historyCount: number;
  readonly statusCount: number;
  readonly flaggedFieldIds: readonly string[];
  /** Jira's own estimate before the reading; undefined when it gave none. */
  readonly approximateTotal: number | undefined;
  /** Issues that a later page brought again, because they moved in the search's order meanwhile; taken once. */
  readonly repeatedIssueCount: number;
}

const TIMEOUT_MILLISECONDS = 60_000;

/**
 * Reads a live Jira Cloud site: search/jql for the issues, changelog/bulkfetch for their changes. At most two calls are
 * under way at once: the changelog of one page and the search for the next.
 *
 * @throws StageledgerError with a SITE_ code; the signal's reason when it aborts.
 */
export async function readSite(options: SiteReadOptions, sink: SiteSink): Promise<SiteSummary> {
  const failed = new AbortController();
  const client = new SiteClient({
    site: parseSiteUrl(options.site),
    authorization: authorizationHeader(options.credentials),
    pacing: options.pacing ?? realPacing,
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMilliseconds: options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
    signal: AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]),
    onWait: (milliseconds) => sink.waiting?.(milliseconds),
  });
  try {
    return await read(client, options.jql, sink);
  } finally {
    // The other call of a pair must not go on once one has failed.
    failed.abort();
  }
}

async function read(client: SiteClient, jql: string, sink: SiteSink): Promise<SiteSummary> {
  const [statuses, fields] = await Promise.all([
    client.call({ method: "GET", path: "rest/api/3/status", answer: statusList }),
    client.call({ method: "GET", path: "rest/api/3/field", answer: fieldList }),
  ]);
  const flagged = flaggedFieldIds(fields);
  sink.statuses(statuses.map(keepStatus));
  sink.flaggedFields?.(flagged);

  const pages = searchIssues(client, jql, flagged);
  let [total, page] = await Promise.all([countIssues(client, jql), pages.next()]);
  const approximateTotal = total;
  const seen = new Set<string>();
  let historyCount = 0;
  let repeatedIssueCount = 0;

  while (page.value !== undefined) {
    const issues = unseen(page.value.issues, seen);
    repeatedIssueCount += page.value.issues.length - issues.length;
    const ids = issues.map((issue) => issue.id);
    const [histories, next] = await Promise.all([
      readChangelogs(client, ids, [...CHANGELOG_FIELDS, ...flagged]),
      pages.next(),
    ]);
    for (const issue of issues) sink.issue(keepIssue(issue, flagged));
    for (const [issueId, ofIssue] of histories) {
      historyCount += ofIssue.length;
      sink.histories(issueId, ofIssue);
    }
    // The estimate can be too low; a progress beyond its end helps nobody.
    if (total !== undefined) total = Math.max(total, seen.size);
    sink.progress(seen.size, total);
    page = next;
  }
  return {
    issueCount: seen.size,
    historyCount,
    statusCount: statuses.length,
    flaggedFieldIds: flagged,
    approximateTotal,
    repeatedIssueCount,
  };
}

/** The issues of a page that no earlier page brought; marks them as seen. */
function unseen(issues: readonly RawIssue[], seen: Set<string>): RawIssue[] {
  return issues.filter((issue) => {
    const isNew = !seen.has(issue.id);
    seen.add(issue.id);
    return isNew;
  });
}

/** Only the progress bar needs it, so a site that will not count is read without; a refusal of everything is not hidden. */
async function countIssues(client: SiteClient, jql: string): Promise<number | undefined> {
  try {
    const answer = await client.call({
      method: "POST",
      path: "rest/api/3/search/approximate-count",
      body: { jql },
      answer: approximateCount,
    });
    return answer.count;
  } catch (error) {
    const isOnlyTheCount =
      error instanceof StageledgerError && error.code !== "SITE_UNAUTHORISED" && error.code !== "SITE_RATE_LIMITED";
    if (isOnlyTheCount) return undefined;
    throw error;
  }
}
