import { badRequest, ok, Refusal } from "../answer.ts";
import { bulkFetchChangelogs, CHANGELOG_MEMBERS } from "../changelog-endpoint.ts";
import { RequestBody } from "../request-body.ts";
import type { Json } from "../resources.ts";
import { type Call, getIssue, type Route, type SiteParts } from "../route.ts";
import type { SiteIssue } from "../site-data.ts";
import { fieldsOf } from "./fields.ts";
import { searchIssues } from "./search.ts";

/** GET issue/{id}, POST search/jql, POST changelog/bulkfetch. */
export function issueRoutes(site: SiteParts): Route[] {
  const { resources, pageTokens, dials } = site;
  return [
    {
      method: "GET",
      path: "/rest/api/3/issue/*",
      query: ["fields"],
      answer: (call) => {
        const issue = getIssue(site, call, call.ids[0]);
        const names = call.query.get("fields")?.split(",") ?? ["*all"];
        return ok(resources.issue(issue, namedFields(resources.issueFields(issue), names)));
      },
    },
    {
      method: "POST",
      path: "/rest/api/3/search/jql",
      query: [],
      answer: (call) => searchIssues(site, call, namedFields),
    },
    {
      method: "POST",
      path: "/rest/api/3/changelog/bulkfetch",
      query: [],
      answer: (call) => {
        const data = { statuses: [], fields: [], issues: askedIssues(site, call) };
        return bulkFetchChangelogs(data, pageTokens, dials.changelogPageSize, call.body);
      },
    },
  ];

  /** Stricter than Jira, which passes over fields that it does not know: a misspelt one is found. @throws Refusal 400 */
  function namedFields(fields: object, names: readonly string[]): Json {
    const known = fieldsOf(dials.flagName);
    const unknown = names.find((name) => name !== "*all" && !known.some(({ id }) => id === name));
    if (unknown !== undefined) {
      throw new Refusal(badRequest(`Field '${unknown}' does not exist or you do not have permission to view it.`));
    }
    const isAll = names.includes("*all");
    return Object.fromEntries(Object.entries(fields).filter(([name]) => isAll || names.includes(name)));
  }
}

/** Those that are there and may be seen; the others are passed over. */
function askedIssues({ world, rights, resources }: SiteParts, { caller, body }: Call): readonly SiteIssue[] {
  const asked = RequestBody.read(body, CHANGELOG_MEMBERS)?.texts("issueIdsOrKeys") ?? [];
  return [...new Set(asked)].flatMap((idOrKey) => {
    const issue = world.issues.get(idOrKey) ?? world.issues.get(world.issueByKey.get(idOrKey) ?? "");
    if (issue === undefined || issue.state.isDeleted || !rights.mayBrowse(caller, issue.state.project)) return [];
    return [resources.withHistories(issue)];
  });
}
