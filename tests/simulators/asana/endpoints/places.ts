import type { Project } from "../records.ts";
import type { Route, Site } from "../site.ts";

/** Workspaces, users, projects, their sections and fields. */
export function placeRoutes(site: Site): readonly Route[] {
  const { world, resources } = site;
  const projectsOf = (workspace: string, archived: string | null) =>
    [...world.projects.values()]
      .filter((project) => project.workspace === workspace && !world.refusalByGid.has(project.gid))
      .filter((project) => archived === null || String(project.archived) === archived);
  const show = (project: Project) => resources.project(project);

  return [
    {
      method: "GET",
      path: "/workspaces",
      answer: (call) => site.list(call, [...world.workspaces.values()], ({ gid }) => resources.workspace(gid)),
    },
    {
      method: "GET",
      path: "/workspaces/*/projects",
      answer: (call) => site.list(call, projectsOf(site.getWorkspace(call.gids[0]), call.query.get("archived")), show),
    },
    {
      method: "GET",
      path: "/projects",
      answer: (call) =>
        site.list(call, projectsOf(site.getWorkspace(call.query.get("workspace")), call.query.get("archived")), show),
    },
    {
      method: "GET",
      path: "/projects/*",
      answer: (call) => site.one(call, resources.project(site.getProject(call.gids[0]))),
    },
    {
      method: "GET",
      path: "/projects/*/sections",
      answer: (call) => {
        const { gid } = site.getProject(call.gids[0]);
        return site.list(call, world.sectionsOf(gid), (section) => resources.section(section.gid));
      },
    },
    {
      method: "GET",
      path: "/projects/*/custom_field_settings",
      answer: (call) => {
        const { gid, fields } = site.getProject(call.gids[0]);
        const settings = fields.flatMap((field) => world.fields.get(field) ?? []);
        return site.list(call, settings, (field) => resources.fieldSetting(gid, field));
      },
    },
    {
      method: "GET",
      path: "/users/me",
      answer: (call) => {
        const me = world.users.get(world.anyone);
        if (me === undefined) throw new Error("The world has nobody.");
        return site.one(call, resources.user(me));
      },
    },
  ];
}
