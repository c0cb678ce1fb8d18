/**
 * All that is asked of Jira in the service's own name. Whatever comes back is stripped of people already: what names somebody is
 * dropped, but for a worklog's author, who lives until the pseudonym is derived.
 *
 * Every call throws StageledgerError JIRA_TOKEN_MISSING, JIRA_UNAUTHORISED, JIRA_FORBIDDEN, JIRA_RATE_LIMITED, JIRA_UNREACHABLE,
 * JIRA_REFUSED, JIRA_WRONG_SHAPE; the signal's reason when it aborts.
 */

/** An issue, or a history of one, as the readers of ../../jira take it: named members only. */
export type StrippedIssue = Readonly<Record<string, unknown>> & { readonly id: string };
export type StrippedHistory = Readonly<Record<string, unknown>>;

export interface JiraProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export interface JiraStatus {
  readonly id: string;
  readonly name: string;
  readonly category: "new" | "indeterminate" | "done" | undefined;
}

export interface IssuePage {
  readonly issues: readonly StrippedIssue[];
  /** Undefined on the last page. */
  readonly nextPageToken: string | undefined;
}

export interface JiraWorklog {
  readonly id: string;
  readonly issueId: string;
  /** Lives at the edge only. Undefined when Jira does not name the author. */
  readonly account: string | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly updatedAt: number;
  /** As it stands there, which can be none, below zero or more than a day has. */
  readonly seconds: number;
  /** Whether it is the copy of an entry that its author made in our panel: the entry is in the ledger already. */
  readonly isMirror: boolean;
}

export interface WorklogChanges {
  readonly worklogIds: readonly string[];
  /** Where to go on: epoch milliseconds. */
  readonly until: number;
  readonly isLast: boolean;
}

export interface JiraGateway {
  /** Those that the app may browse. */
  listProjects(): Promise<readonly JiraProject[]>;
  /** Undefined on 404, which a project that was closed to us answers as well. */
  findProject(projectId: string): Promise<JiraProject | undefined>;
  /** All statuses of the site, by GET /rest/api/3/status. */
  listStatuses(): Promise<readonly JiraStatus[]>;
  /** Ids of the custom fields that are Jira's flag. */
  listFlagFields(): Promise<readonly string[]>;
  /** One page of POST /rest/api/3/search/jql, at most 100 issues. Eventually consistent: it can show an issue as it was. */
  searchIssues(jql: string, flagFields: readonly string[], nextPageToken?: string): Promise<IssuePage>;
  /** As it is now. Undefined on 404. */
  findIssue(issueId: string, flagFields: readonly string[]): Promise<StrippedIssue | undefined>;
  /** All changes of the fields that count, by issue; an issue without any is there with none. @param issueIds at most 1,000 */
  readHistories(
    issueIds: readonly string[],
    flagFields: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StrippedHistory[]>>;
  /** The same, of the changes of an issue's project alone: of most issues there are none. @param issueIds at most 1,000 */
  readProjectMoves(issueIds: readonly string[]): Promise<ReadonlyMap<string, readonly StrippedHistory[]>>;
  /** Ids of worklogs made or changed since an instant, oldest change first, at most 1,000 a call; not those of the last minute. */
  listUpdatedWorklogs(since: number): Promise<WorklogChanges>;
  listDeletedWorklogs(since: number): Promise<WorklogChanges>;
  /** Those that are there; deleted ones are left out. @param worklogIds at most 1,000 */
  readWorklogs(worklogIds: readonly string[]): Promise<readonly JiraWorklog[]>;
  /** All worklogs of an issue, page by page. Undefined on 404. */
  listWorklogsOf(issueId: string): Promise<readonly JiraWorklog[] | undefined>;
}
