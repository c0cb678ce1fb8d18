import { type Answer, badRequest, Refusal } from "./answer.ts";
import type { Faults } from "./faults.ts";
import type { PageTokens } from "./page-tokens.ts";
import type { Issue, Project } from "./records.ts";
import type { Resources } from "./resources.ts";
import type { Rights } from "./rights.ts";
import type { SearchCursors } from "./search-cursors.ts";
import type { Caller } from "./site-tokens.ts";
import type { World } from "./world.ts";

export interface SiteDials {
  /** How long a change takes until search/jql knows of it. */
  searchLagMilliseconds: number;
  /** Whether the pages of a search go by number, so that an issue that moves up or down between two makes another one missing. */
  searchPagesShift: boolean;
  /** Issues on a search page at most, whatever is asked. */
  searchPageSize: number;
  /** Histories on a changelog page at most. */
  changelogPageSize: number;
  projectPageSize: number;
  /** Of worklog/updated and worklog/deleted. */
  changedWorklogsPageSize: number;
  /** Of one issue's list. */
  worklogPageSize: number;
  /** Ids of issues whose workflow lets nobody change them any more. */
  readonly closedIssues: Set<string>;
  /** Under which name the flag is shown; its untranslated name is "Flagged". */
  flagName: string;
  /** What stands before the site answers everything with it: the site is down, or with 404 not known there, which proves nothing. */
  outageStatus: 404 | 500 | 502 | 503 | undefined;
  /** Waited for before a call that was let in is obeyed: holds calls in flight, or changes the world meanwhile. */
  beforeAnswer: ((request: { readonly method: string; readonly path: string }) => Promise<void>) | undefined;
}

export const SITE_DIALS: Readonly<SiteDials> = {
  searchLagMilliseconds: 0,
  searchPagesShift: false,
  searchPageSize: 100,
  changelogPageSize: 10_000,
  projectPageSize: 50,
  changedWorklogsPageSize: 1000,
  worklogPageSize: 5000,
  closedIssues: new Set(),
  flagName: "Flagged",
  outageStatus: undefined,
  beforeAnswer: undefined,
};

/** What endpoints work with. */
export interface SiteParts {
  readonly world: World;
  readonly resources: Resources;
  readonly rights: Rights;
  readonly pageTokens: PageTokens;
  readonly searchCursors: SearchCursors;
  readonly faults: Faults;
  readonly dials: SiteDials;
  /** With the path of the site, as its links have it. */
  readonly apiUrl: () => string;
}

/** One request that was let in. */
export interface Call {
  readonly caller: Caller;
  readonly method: string;
  /** `/rest/api/3/issue/20001` */
  readonly path: string;
  /** In the path, in their order. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `*` stands for one id. */
  readonly path: string;
  /** Parameters that the fake understands; others are refused, so that a misspelt one is found. */
  readonly query: readonly string[];
  readonly answer: (call: Call) => Answer;
}

/** Of GET: whole numbers only. @throws Refusal 400 */
export function wholeNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^\d{1,15}$/u.test(text)) throw new Refusal(badRequest(`${name} must be a whole number.`));
  return Number(text);
}

/** Whether `expand=properties` was asked. @throws Refusal 400 for anything else */
export function expandsProperties(query: URLSearchParams): boolean {
  const expand = query.get("expand");
  if (expand !== null && expand !== "properties") throw new Refusal(badRequest(`The fake cannot expand ${expand}.`));
  return expand === "properties";
}

/** By id, key or a former key. @throws Refusal 404 for none, a deleted one and one that the caller may not see */
export function getIssue({ world, rights }: SiteParts, { caller }: Call, idOrKey: string | undefined): Issue {
  const issue = world.issues.get(idOrKey ?? "") ?? world.issues.get(world.issueByKey.get(idOrKey ?? "") ?? "");
  const missing = ["Issue does not exist or you do not have permission to see it."];
  if (issue === undefined || issue.state.isDeleted) throw new Refusal(refused(404, missing));
  if (!rights.mayBrowse(caller, issue.state.project)) throw new Refusal(refused(rights.closedStatus, missing));
  return issue;
}

/** By id or key. @throws Refusal 404 for none and one that the caller may not see */
export function getProject({ world, rights }: SiteParts, { caller }: Call, idOrKey: string | undefined): Project {
  const project = findProject(world, idOrKey ?? "");
  if (project === undefined || !rights.mayBrowse(caller, project.id)) {
    throw new Refusal(refused(404, [`No project could be found with key or id '${idOrKey}'.`]));
  }
  return project;
}

export function findProject(world: World, idOrKey: string): Project | undefined {
  return world.projects.get(idOrKey) ?? [...world.projects.values()].find(({ key }) => key === idOrKey);
}

function refused(status: number, errorMessages: readonly string[]): Answer {
  return { status, json: { errorMessages, errors: {} } };
}
