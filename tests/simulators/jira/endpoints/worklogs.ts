import { type Answer, badRequest, ok } from "../answer.ts";
import type { Worklog } from "../records.ts";
import { INVALID_BODY, RequestBody } from "../request-body.ts";
import { type Call, expandsProperties, getIssue, type Route, type SiteParts, wholeNumber } from "../route.ts";

const MINUTE = 60_000;
const MOST_LISTED = 1000;

interface Changed {
  readonly id: string;
  readonly issue: string;
  readonly at: number;
}

/** GET worklog/updated and worklog/deleted, POST worklog/list, GET issue/{id}/worklog. */
export function worklogRoutes(site: SiteParts): Route[] {
  const { world, resources, dials } = site;
  return [
    {
      method: "GET",
      path: "/rest/api/3/worklog/updated",
      query: ["since"],
      answer: (call) => {
        const updated = [...world.worklogs.values()].map(({ id, issue, updatedAt: at }) => ({ id, issue, at }));
        return changedSince(site, call, updated);
      },
    },
    {
      method: "GET",
      path: "/rest/api/3/worklog/deleted",
      query: ["since"],
      answer: (call) => changedSince(site, call, world.worklogRemovals),
    },
    {
      method: "POST",
      path: "/rest/api/3/worklog/list",
      query: ["expand"],
      answer: (call) => {
        const ids = RequestBody.read(call.body, ["ids"])?.numbers("ids");
        if (ids === undefined) return badRequest(INVALID_BODY);
        if (ids.length > MOST_LISTED) return badRequest("Name at most 1000 worklogs.");
        const withProperties = expandsProperties(call.query);
        const found = [...new Set(ids)].flatMap((id) => world.worklogs.get(String(id)) ?? []);
        return ok(seen(site, call, found).map((worklog) => resources.worklog(worklog, withProperties)));
      },
    },
    {
      method: "GET",
      path: "/rest/api/3/issue/*/worklog",
      query: ["expand", "maxResults", "startAt"],
      answer: (call) => {
        const worklogs = world.worklogsOf(getIssue(site, call, call.ids[0]).id);
        const startAt = wholeNumber(call.query, "startAt", 0);
        const maxResults = Math.min(wholeNumber(call.query, "maxResults", 5000), dials.worklogPageSize);
        const withProperties = expandsProperties(call.query);
        const page = worklogs.slice(startAt, startAt + maxResults);
        return ok({
          startAt,
          maxResults,
          total: worklogs.length,
          worklogs: page.map((worklog) => resources.worklog(worklog, withProperties)),
        });
      },
    },
  ];
}

/**
 * Oldest first; those of the last minute are not told yet. `until` is the youngest of the page, and the next page begins after
 * it: of several with one instant none may be cut off, so the page grows by them.
 */
function changedSince(site: SiteParts, call: Call, changed: readonly Changed[]): Answer {
  const { world, dials } = site;
  const since = wholeNumber(call.query, "since", 0);
  const told = seen(site, call, changed)
    .filter(({ at }) => at > since && at <= world.now() - MINUTE)
    .sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id));
  const youngest = told[dials.changedWorklogsPageSize - 1]?.at ?? Number.POSITIVE_INFINITY;
  const page = told.filter(({ at }) => at <= youngest);
  const lastPage = page.length === told.length;
  const until = page.at(-1)?.at ?? since;
  const self = `${site.apiUrl()}${call.path}?since=`;
  return ok({
    values: page.map(({ id, at }) => ({ worklogId: Number(id), updatedTime: at, properties: [] })),
    since,
    until,
    self: self + since,
    ...(lastPage ? {} : { nextPage: self + until }),
    lastPage,
  });
}

function seen<T extends Pick<Worklog, "issue">>(
  { world, rights }: SiteParts,
  { caller }: Call,
  rows: readonly T[],
): T[] {
  return rows.filter(({ issue }) => {
    const project = world.issues.get(issue)?.state.project;
    return project !== undefined && rights.mayBrowse(caller, project);
  });
}
