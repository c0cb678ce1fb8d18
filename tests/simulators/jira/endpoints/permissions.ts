import { badRequest, ok, Refusal } from "../answer.ts";
import type { Project } from "../records.ts";
import { type Call, getIssue, getProject, type Route, type SiteParts } from "../route.ts";

interface Permission {
  readonly id: string;
  readonly name: string;
  readonly type: "GLOBAL" | "PROJECT";
}

const PERMISSIONS: Readonly<Record<string, Permission>> = {
  ADMINISTER: { id: "0", name: "Administer Jira", type: "GLOBAL" },
  ADMINISTER_PROJECTS: { id: "23", name: "Administer Projects", type: "PROJECT" },
  BROWSE_PROJECTS: { id: "10", name: "Browse Projects", type: "PROJECT" },
  EDIT_ISSUES: { id: "12", name: "Edit Issues", type: "PROJECT" },
  WORK_ON_ISSUES: { id: "20", name: "Work On Issues", type: "PROJECT" },
};

/** GET mypermissions, of whoever the token is for. */
export function permissionRoutes(site: SiteParts): Route[] {
  return [
    {
      method: "GET",
      path: "/rest/api/3/mypermissions",
      query: ["issueId", "issueKey", "permissions", "projectId", "projectKey"],
      answer: (call) => {
        const asked = call.query.get("permissions")?.split(",") ?? [];
        if (asked.length === 0) throw new Refusal(badRequest("The 'permissions' query parameter is required."));
        const unknown = asked.find((key) => !Object.hasOwn(PERMISSIONS, key));
        if (unknown !== undefined) throw new Refusal(badRequest(`Unrecognized permission: ${unknown}`));
        const project = findContext(site, call);
        const shown = asked.map((key) => {
          const { id, name, type } = PERMISSIONS[key] ?? { id: "", name: "", type: "GLOBAL" };
          return [key, { id, key, name, type, description: "", havePermission: has(site, call, key, project) }];
        });
        return ok({ permissions: Object.fromEntries(shown) });
      },
    },
  ];
}

/** Undefined: everywhere. @throws Refusal 404 for a project or an issue that is not there, or that the person may not see */
function findContext(site: SiteParts, call: Call): Project | undefined {
  const { query } = call;
  const issue = query.get("issueId") ?? query.get("issueKey");
  if (issue !== null) return site.world.projects.get(getIssue(site, call, issue).state.project);
  const project = query.get("projectId") ?? query.get("projectKey");
  return project === null ? undefined : getProject(site, call, project);
}

/** Without a project a person has what they have in any project. */
function has({ world, rights }: SiteParts, { caller }: Call, key: string, project: Project | undefined): boolean {
  if (key === "ADMINISTER") return rights.mayAdministerJira(caller);
  const projects = project === undefined ? [...world.projects.values()] : [project];
  return projects.some(({ id }) =>
    key === "ADMINISTER_PROJECTS" ? rights.mayAdminister(caller, id) : rights.mayBrowse(caller, id),
  );
}
