import { type Answer, badRequest, ok, Refusal } from "../answer.ts";
import { type Jql, parseJql, unknownProject } from "../jql.ts";
import type { Issue } from "../records.ts";
import { INVALID_BODY, RequestBody } from "../request-body.ts";
import type { Json } from "../resources.ts";
import { type Call, findProject, type SiteParts } from "../route.ts";
import type { Indexed } from "../search-cursors.ts";
import { SEARCH_MEMBERS } from "../search-endpoint.ts";

const MOST_RECONCILED = 50;

/** POST /rest/api/3/search/jql by an index that lags; only the id where no field is named. */
export function searchIssues(
  site: SiteParts,
  call: Call,
  namedFields: (fields: object, names: readonly string[]) => Json,
): Answer {
  const { resources, searchCursors, dials } = site;
  const request = RequestBody.read(call.body, SEARCH_MEMBERS);
  const text = request?.text("jql");
  if (request === undefined || text === undefined) return badRequest(INVALID_BODY);
  const jql = parseJql(text);
  if ("refusal" in jql) return badRequest(jql.refusal);
  const names = request.texts("fields") ?? [];
  // Misspelt names are refused when nothing is found, too.
  namedFields({}, names);
  const compare = comparison(jql.orderBy);
  const found = findIssues(site, call, jql, reconciledIssues(request)).sort(compare);

  const cursor = searchCursors.find(request.text("nextPageToken"), request.identity());
  if (cursor === undefined) return badRequest("The provided next page token is invalid.");
  const { after } = cursor;
  const isAfter =
    after === undefined || dials.searchPagesShift ? undefined : found.filter((row) => compare(row, after) > 0);
  const rest = isAfter ?? found.slice(cursor.place);
  const page = rest.slice(0, Math.min(request.number("maxResults") ?? 50, dials.searchPageSize));
  const isLast = page.length === rest.length;
  const next = { place: cursor.place + page.length, after: page.at(-1) };
  return ok({
    issues: page.map(({ issue, state }) =>
      names.length === 0
        ? { id: issue.id }
        : resources.issue(issue, namedFields(resources.issueFields(issue, state), names), state),
    ),
    ...(isLast ? {} : { nextPageToken: searchCursors.give(request.identity(), next) }),
    isLast,
  });
}

/** @throws Refusal 400 for a project that is not there or that the caller may not see */
function findIssues(
  site: SiteParts,
  { caller }: Call,
  { projects: named, updatedWithinMilliseconds }: Jql,
  reconciled: ReadonlySet<string>,
): Indexed[] {
  const { world, rights } = site;
  const projects = named?.map((idOrKey) => {
    const project = findProject(world, idOrKey);
    if (project !== undefined && rights.mayBrowse(caller, project.id)) return project.id;
    throw new Refusal(badRequest(unknownProject(idOrKey)));
  });
  const since = world.now() - (updatedWithinMilliseconds ?? Number.POSITIVE_INFINITY);
  return [...world.issues.values()]
    .flatMap((issue) => indexed(site, issue, reconciled))
    .filter(({ state }) => projects?.includes(state.project) ?? rights.mayBrowse(caller, state.project))
    .filter(({ state }) => state.updatedAt >= since);
}

/** Empty for what the index does not know yet, and for what it knows to be deleted. */
function indexed({ world, dials, faults }: SiteParts, issue: Issue, reconciled: ReadonlySet<string>): Indexed[] {
  const seenAt = reconciled.has(issue.id) ? world.now() : world.now() - dials.searchLagMilliseconds;
  const state = issue.states.findLast(({ at }) => at <= seenAt)?.state;
  if (state !== issue.state) faults.count("search lagged");
  return state === undefined || state.isDeleted ? [] : [{ issue, state }];
}

/** Issues that the caller wants to see as they are. @throws Refusal 400 for too many */
function reconciledIssues(request: RequestBody): ReadonlySet<string> {
  const ids = request.numbers("reconcileIssues") ?? [];
  if (ids.length > MOST_RECONCILED) throw new Refusal(badRequest("Reconcile at most 50 issues."));
  return new Set(ids.map(String));
}

/** The newest first unless said. @throws Refusal 400 for a field that it cannot order by */
function comparison(orderBy: Jql["orderBy"]): (a: Indexed, b: Indexed) => number {
  const orders = [...orderBy, { field: "id", descends: orderBy.length === 0 }].map(({ field, descends }) => {
    const valueIn = sortValue(field);
    const sign = descends ? -1 : 1;
    return (a: Indexed, b: Indexed) => sign * (valueIn(a) - valueIn(b));
  });
  return (a, b) => orders.map((order) => order(a, b)).find((difference) => difference !== 0) ?? 0;
}

function sortValue(field: string): (row: Indexed) => number {
  switch (field) {
    case "created":
      return ({ issue }) => issue.createdAt;
    case "updated":
      return ({ state }) => state.updatedAt;
    case "id":
    case "issue":
    case "issuekey":
    case "key":
      return ({ issue }) => Number(issue.id);
    default:
      throw new Refusal(badRequest(`Not able to sort using field '${field}'.`));
  }
}
