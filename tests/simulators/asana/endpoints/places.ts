import type { Route, Site } from "../site.ts";

/** Workspaces, users, projects, their sections and fields. */
export function placeRoutes(site: Site): readonly Route[] {
  const { world, resources } = site;
  const projectsOf = (workspace: string, archived: string | null) =>
    [...world.projects.values()]
      .filter((project) => project.workspace === workspace && !world.refusalByGid.has(project.gid))
      .filter((project) => archived === null || String(project.archived) === archived)
      .map((project) => resources.project(project));

  return [
    {
      method: "GET",
      path: "/workspaces",
      answer: (call) =>
        site.list(
          call,
          [...world.workspaces.keys()].map((gid) => resources.workspace(gid)),
        ),
    },
    {
      method: "GET",
      path: "/workspaces/*/projects",
      answer: (call) => site.list(call, projectsOf(site.getWorkspace(call.gids[0]), call.query.get("archived"))),
    },
    {
      method: "GET",
      path: "/projects",
      answer: (call) =>
        site.list(call, projectsOf(site.getWorkspace(call.query.get("workspace")), call.query.get("archived"))),
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
        const { sections } = site.getProject(call.gids[0]);
        return site.list(
          call,
          sections.map((section) => resources.section(section)),
        );
      },
    },
    {
      method: "GET",
      path: "/projects/*/custom_field_settings",
      answer: (call) => {
        const { gid, fields } = site.getProject(call.gids[0]);
        const settings = fields.flatMap((field) => {
          const found = world.fields.get(field);
          return found === undefined ? [] : [resources.fieldSetting(gid, found)];
        });
        return site.list(call, settings);
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
