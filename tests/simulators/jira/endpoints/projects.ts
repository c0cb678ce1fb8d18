import { ok } from "../answer.ts";
import { getProject, type Route, type SiteParts, wholeNumber } from "../route.ts";

/** GET project/search, GET project/{id}. */
export function projectRoutes(site: SiteParts): Route[] {
  const { world, resources, rights, dials } = site;
  return [
    {
      method: "GET",
      path: "/rest/api/3/project/search",
      query: ["startAt", "maxResults"],
      answer: ({ caller, query }) => {
        const startAt = wholeNumber(query, "startAt", 0);
        const maxResults = Math.min(wholeNumber(query, "maxResults", 50), dials.projectPageSize);
        const seen = [...world.projects.values()]
          .filter(({ id }) => rights.mayBrowse(caller, id))
          .sort((a, b) => (a.key < b.key ? -1 : 1));
        const end = startAt + maxResults;
        const isLast = end >= seen.length;
        const self = `${site.apiUrl()}/rest/api/3/project/search?maxResults=${maxResults}&startAt=`;
        return ok({
          self: self + startAt,
          ...(isLast ? {} : { nextPage: self + end }),
          maxResults,
          startAt,
          total: seen.length,
          isLast,
          values: seen.slice(startAt, end).map((project) => resources.project(project)),
        });
      },
    },
    {
      method: "GET",
      path: "/rest/api/3/project/*",
      query: [],
      answer: (call) => ok(resources.projectInFull(getProject(site, call, call.ids[0]))),
    },
  ];
}
