/** Jira's REST interface, asked in the app's own name. What it answers is thinned before anybody else sees it. */
import type { StageledgerError } from "@stageledger/core";
import { z } from "zod";
import { flaggedFieldIds } from "../../jira/site/flagged-fields.ts";
import { CHANGELOG_FIELDS, keepIssue, NAMED_FIELDS } from "../../jira/site/kept-fields.ts";
import { readChangelogs } from "../../jira/site/read-changelogs.ts";
import { fieldList, type RawIssue, rawIssue } from "../../jira/site/schemas.ts";
import { readSearchPage } from "../../jira/site/search-issues.ts";
import type {
  IssuePage,
  JiraGateway,
  JiraProject,
  JiraStatus,
  JiraWorklog,
  StrippedHistory,
  StrippedIssue,
  WorklogChanges,
} from "./gateway.ts";
import { JiraCalls, type JiraCallsOptions } from "./jira-calls.ts";
import {
  changedWorklogsSchema,
  projectPageSchema,
  projectSchema,
  statusesSchema,
  worklogPageSchema,
  worklogSchema,
} from "./schemas.ts";

export type GatewayOptions = Omit<JiraCallsOptions, "fetch" | "timeoutMilliseconds"> &
  Partial<Pick<JiraCallsOptions, "fetch" | "timeoutMilliseconds">>;

export function openGateway({
  fetch = globalThis.fetch,
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
  ...options
}: GatewayOptions): JiraGateway {
  return new RestGateway(new JiraCalls({ ...options, fetch, timeoutMilliseconds }));
}

const TIMEOUT_MILLISECONDS = 60_000;

/** Jira would give 10,000; what a page costs is only counted when it is there, so one must not use up the rest of an hour. */
const HISTORIES_A_PAGE = 1000;
const PROJECTS_A_PAGE = 50;
const WORKLOGS_A_PAGE = 1000;

class RestGateway implements JiraGateway {
  readonly #calls: JiraCalls;

  constructor(calls: JiraCalls) {
    this.#calls = calls;
  }

  listProjects(): Promise<readonly JiraProject[]> {
    return readRows(async (startAt) => {
      const { values, isLast, total } = await this.#calls.call({
        method: "GET",
        path: `rest/api/3/project/search?startAt=${startAt}&maxResults=${PROJECTS_A_PAGE}`,
        name: "GET rest/api/3/project/search",
        answer: projectPageSchema,
        countObjects: (page) => page.values.length,
      });
      return { rows: values, isLast: isLast ?? startAt + values.length >= (total ?? 0) };
    });
  }

  findProject(projectId: string): Promise<JiraProject | undefined> {
    return this.#calls.find({
      method: "GET",
      path: `rest/api/3/project/${encodeURIComponent(projectId)}`,
      name: "GET rest/api/3/project/{project}",
      answer: projectSchema,
    });
  }

  async listStatuses(): Promise<readonly JiraStatus[]> {
    const statuses = await this.#calls.call({
      method: "GET",
      path: "rest/api/3/status",
      answer: statusesSchema,
      countObjects: ({ length }) => length,
    });
    return statuses.map(({ id, name, statusCategory }) => ({ id, name, category: statusCategory?.key }));
  }

  async listFlagFields(): Promise<readonly string[]> {
    const fields = await this.#calls.call({
      method: "GET",
      path: "rest/api/3/field",
      answer: fieldList,
      countObjects: ({ length }) => length,
    });
    return flaggedFieldIds(fields);
  }

  async searchIssues(jql: string, flagFields: readonly string[], pageToken?: string): Promise<IssuePage> {
    const { issues, nextPageToken, isLast } = await readSearchPage(this.#calls, jql, flagFields, pageToken);
    const next = isLast === true ? undefined : nextPageToken || undefined;
    if (isLast === false && next === undefined) throw this.#brokenSearch("has more pages, but no page token");
    if (next !== undefined && next === pageToken) throw this.#brokenSearch("gave the same page token twice");
    return { issues: issues.map((issue) => stripped(issue, flagFields)), nextPageToken: next };
  }

  async findIssue(issueId: string, flagFields: readonly string[]): Promise<StrippedIssue | undefined> {
    const query = new URLSearchParams({ fields: [...NAMED_FIELDS, ...flagFields].join(",") });
    const issue = await this.#calls.find({
      method: "GET",
      path: `rest/api/3/issue/${encodeURIComponent(issueId)}?${query}`,
      name: "GET rest/api/3/issue/{issue}",
      answer: rawIssue,
    });
    if (issue !== undefined && issue.id !== issueId) {
      throw this.#calls.contradiction("GET rest/api/3/issue/{issue} answered with another issue");
    }
    return issue === undefined ? undefined : stripped(issue, flagFields);
  }

  readHistories(
    issueIds: readonly string[],
    flagFields: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StrippedHistory[]>> {
    return readChangelogs(this.#calls, issueIds, [...CHANGELOG_FIELDS, ...flagFields], HISTORIES_A_PAGE);
  }

  readProjectMoves(issueIds: readonly string[]): Promise<ReadonlyMap<string, readonly StrippedHistory[]>> {
    return readChangelogs(this.#calls, issueIds, ["project"], HISTORIES_A_PAGE);
  }

  listUpdatedWorklogs(since: number): Promise<WorklogChanges> {
    return this.#listChanges("updated", since);
  }

  listDeletedWorklogs(since: number): Promise<WorklogChanges> {
    return this.#listChanges("deleted", since);
  }

  async readWorklogs(worklogIds: readonly string[]): Promise<readonly JiraWorklog[]> {
    // Jira refuses an empty list.
    if (worklogIds.length === 0) return [];
    return this.#calls.call({
      method: "POST",
      // Unless asked for, a worklog comes without its properties, and a mirror cannot be told from work.
      path: "rest/api/3/worklog/list?expand=properties",
      body: { ids: worklogIds.map(Number) },
      answer: z.array(worklogSchema),
      countObjects: ({ length }) => length,
    });
  }

  async listWorklogsOf(issueId: string): Promise<readonly JiraWorklog[] | undefined> {
    let isThere = true;
    const worklogs = await readRows(async (startAt) => {
      const page = await this.#calls.find({
        method: "GET",
        path: `rest/api/3/issue/${encodeURIComponent(issueId)}/worklog?startAt=${startAt}&maxResults=${WORKLOGS_A_PAGE}&expand=properties`,
        name: "GET rest/api/3/issue/{issue}/worklog",
        answer: worklogPageSchema,
        countObjects: ({ worklogs }) => worklogs.length,
      });
      isThere = page !== undefined;
      const rows = page?.worklogs ?? [];
      return { rows, isLast: startAt + rows.length >= (page?.total ?? 0) };
    });
    return isThere ? worklogs : undefined;
  }

  async #listChanges(kind: "updated" | "deleted", since: number): Promise<WorklogChanges> {
    const { values, until, lastPage } = await this.#calls.call({
      method: "GET",
      path: `rest/api/3/worklog/${kind}?since=${since}`,
      name: `GET rest/api/3/worklog/${kind}`,
      answer: changedWorklogsSchema,
      countObjects: (page) => page.values.length,
    });
    if (!lastPage && (until ?? since) <= since) {
      throw this.#calls.contradiction(`GET rest/api/3/worklog/${kind} has more pages, but does not go on`);
    }
    return { worklogIds: values.map(({ worklogId }) => worklogId), until: until ?? since, isLast: lastPage };
  }

  #brokenSearch(what: string): StageledgerError {
    return this.#calls.contradiction(`search/jql ${what}`);
  }
}

function stripped(issue: RawIssue, flagFields: readonly string[]): StrippedIssue {
  return { ...keepIssue(issue, flagFields), id: issue.id };
}

/** All rows of a list whose pages are counted by their first row. Rows that moved to another page meanwhile come once. */
async function readRows<R extends { readonly id: string }>(
  readPage: (startAt: number) => Promise<{ readonly rows: readonly R[]; readonly isLast: boolean }>,
): Promise<readonly R[]> {
  const rowById = new Map<string, R>();
  for (let startAt = 0; ; ) {
    const { rows, isLast } = await readPage(startAt);
    for (const row of rows) rowById.set(row.id, row);
    // An empty page is the end, whatever it says of itself: nothing would come after it but itself.
    if (isLast || rows.length === 0) return [...rowById.values()];
    startAt += rows.length;
  }
}
