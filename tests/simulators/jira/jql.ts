import type { SiteIssue } from "./site-data.ts";

/** The little JQL that the fake understands: `project = KEY` or `project in (KEY, KEY)`, and any ORDER BY, not obeyed. */
export function findByJql(jql: string, issues: readonly SiteIssue[]): { issues: SiteIssue[] } | { refusal: string } {
  const condition = jql.replace(/\border\s+by\b.*$/is, "").trim();
  if (condition === "") {
    return { refusal: "Unbounded JQL queries are not allowed here. Please add a search restriction to your query." };
  }
  const match = /^project\s*(?:=\s*(?<one>\w+)|in\s*\((?<many>[\w\s,]+)\))$/i.exec(condition);
  const keys = (match?.groups?.one ?? match?.groups?.many)?.split(",").map((key) => key.trim());
  if (keys === undefined) return { refusal: `Error in the JQL Query: the fake does not understand '${condition}'.` };
  const known = new Set(issues.map(projectKey));
  const unknown = keys.find((key) => !known.has(key));
  if (unknown !== undefined) return { refusal: `The value '${unknown}' does not exist for the field 'project'.` };
  return { issues: issues.filter((issue) => keys.includes(projectKey(issue))) };
}

function projectKey(issue: SiteIssue): string {
  return issue.key.slice(0, issue.key.lastIndexOf("-"));
}
