import type { SiteIssue } from "./site-data.ts";

/** A search as the fake understands it. */
export interface Jql {
  /** Ids or keys; undefined: any. */
  readonly projects: readonly string[] | undefined;
  /** Changed within so many milliseconds; undefined: whenever. */
  readonly updatedWithinMilliseconds: number | undefined;
  readonly orderBy: readonly { readonly field: string; readonly descends: boolean }[];
}

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * The little JQL that the fake understands: `project = KEY`, `project in (KEY, 10001)`, `updated >= "-75m"`, joined by AND, and
 * ORDER BY.
 */
export function parseJql(jql: string): Jql | { readonly refusal: string } {
  const [condition = "", order = ""] = jql.split(/\border\s+by\b/iu);
  if (condition.trim() === "") {
    return { refusal: "Unbounded JQL queries are not allowed here. Please add a search restriction to your query." };
  }
  let projects: readonly string[] | undefined;
  let updatedWithinMilliseconds: number | undefined;
  for (const clause of condition.trim().split(/\s+and\s+/iu)) {
    const project = /^project\s*(?:=\s*(?<one>"?\w+"?)|in\s*\((?<many>[\w\s,"]+)\))$/iu.exec(clause)?.groups;
    const updated = /^updated\s*>=\s*"?-(?<count>\d+)(?<unit>[mhdw])"?$/u.exec(clause)?.groups;
    if (project !== undefined) projects = listOf(project.one ?? project.many ?? "");
    else if (updated !== undefined) {
      updatedWithinMilliseconds = Number(updated.count) * (UNIT_MILLISECONDS[updated.unit ?? ""] ?? 0);
    } else return { refusal: `Error in the JQL Query: the fake does not understand '${clause}'.` };
  }
  return { projects, updatedWithinMilliseconds, orderBy: orderOf(order) };
}

/** Issues of an export. The search restricts by project only, and is not ordered. */
export function findByJql(jql: string, issues: readonly SiteIssue[]): { issues: SiteIssue[] } | { refusal: string } {
  const parsed = parseJql(jql);
  if ("refusal" in parsed) return parsed;
  const { projects = [], updatedWithinMilliseconds } = parsed;
  if (updatedWithinMilliseconds !== undefined) {
    return { refusal: "Error in the JQL Query: an export does not know what time it is." };
  }
  const known = new Set(issues.map(projectKey));
  const unknown = projects.find((key) => !known.has(key));
  if (unknown !== undefined) return { refusal: unknownProject(unknown) };
  return { issues: issues.filter((issue) => projects.includes(projectKey(issue))) };
}

export function unknownProject(project: string): string {
  return `The value '${project}' does not exist for the field 'project'.`;
}

function listOf(text: string): readonly string[] {
  return text.split(",").map((each) => each.trim().replaceAll('"', ""));
}

function orderOf(text: string): Jql["orderBy"] {
  if (text.trim() === "") return [];
  return text.split(",").map((each) => {
    const [field = "", direction = "asc"] = each.trim().toLowerCase().split(/\s+/u);
    return { field, descends: direction === "desc" };
  });
}

function projectKey(issue: SiteIssue): string {
  return issue.key.slice(0, issue.key.lastIndexOf("-"));
}
