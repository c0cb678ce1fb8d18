import type { Category, EnumField, Project, Section, User } from "./records.ts";
import { getFrom, WorldState } from "./world-state.ts";

/** Workspaces, the people in them, projects with their sections and fields. */
export class WorldPlaces extends WorldState {
  createWorkspace(name = "Hollow Oak"): string {
    const gid = this.nextGid();
    this.workspaces.set(gid, { gid, name });
    return gid;
  }

  /** A made-up person; everything about them can be searched for in what must not contain it. */
  createUser(about: { readonly name?: string; readonly email?: string } = {}): string {
    const number = this.users.size + 1;
    const user: User = {
      gid: this.nextGid(),
      name: about.name ?? `Zoë Kanarie-${number}`,
      email: about.email ?? `zoe.kanarie-${number}@people.example`,
      photo: `https://photos.example/zoe-kanarie-${number}.png`,
      myTasksSection: this.nextGid(),
    };
    this.users.set(user.gid, user);
    return user.gid;
  }

  /** Who acts when nobody is named: the first person, made when there is none. */
  get anyone(): string {
    const [first] = this.users.keys();
    return first ?? this.createUser();
  }

  createCategory(name: string): string {
    const category: Category = { gid: this.nextGid(), name };
    this.categories.set(category.gid, category);
    return category.gid;
  }

  createProject(workspace: string, name = "Orders", sectionNames: readonly string[] = ["Untitled section"]): string {
    const project: Project = {
      gid: this.nextGid(),
      workspace: getFrom(this.workspaces, workspace).gid,
      createdAt: this.now(),
      name,
      archived: false,
      sections: [],
      fields: [],
    };
    this.projects.set(project.gid, project);
    for (const sectionName of sectionNames) this.createSection(project.gid, sectionName);
    return project.gid;
  }

  archiveProject(project: string, archived = true): void {
    getFrom(this.projects, project).archived = archived;
    this.happen({
      by: this.anyone,
      action: "changed",
      resource: { gid: project, type: "project" },
      parent: undefined,
      change: { field: "archived", action: "changed" },
      heardIn: [project],
    });
  }

  /** Behind the others. */
  createSection(project: string, name: string): string {
    const section: Section = { gid: this.nextGid(), project, createdAt: this.now(), name, isDeleted: false };
    this.sections.set(section.gid, section);
    getFrom(this.projects, project).sections.push(section.gid);
    this.#sectionHappens("added", section);
    return section.gid;
  }

  renameSection(section: string, name: string): void {
    const renamed = getFrom(this.sections, section);
    renamed.name = name;
    this.#sectionHappens("changed", renamed);
  }

  /** Sections of the project, in their order. */
  sectionsOf(project: string): readonly Section[] {
    return getFrom(this.projects, project).sections.map((section) => getFrom(this.sections, section));
  }

  protected dropSection(gid: string): void {
    const section = getFrom(this.sections, gid);
    const { sections } = getFrom(this.projects, section.project);
    if (sections.length === 1) throw new Error("Asana does not delete a project's last section.");
    sections.splice(sections.indexOf(gid), 1);
    section.isDeleted = true;
    this.#sectionHappens("deleted", section);
  }

  /** A field with options, shown in these projects. */
  createEnumField(projects: readonly string[], name: string, optionNames: readonly string[]): EnumField {
    const [first = ""] = projects;
    const field: EnumField = {
      gid: this.nextGid(),
      workspace: getFrom(this.projects, first).workspace,
      name,
      options: optionNames.map((optionName) => ({ gid: this.nextGid(), name: optionName })),
    };
    this.fields.set(field.gid, field);
    for (const project of projects) getFrom(this.projects, project).fields.push(field.gid);
    return field;
  }

  /** From here on a caller gets this status instead of the task or project, and lists leave it out. */
  revokeAccess(taskOrProject: string, status: 403 | 404 | 451 = 403): void {
    this.refusalByGid.set(taskOrProject, status);
  }

  restoreAccess(taskOrProject: string): void {
    this.refusalByGid.delete(taskOrProject);
  }

  #sectionHappens(action: "added" | "changed" | "deleted", { gid, project }: Section): void {
    this.happen({
      by: this.anyone,
      action,
      resource: { gid, type: "section" },
      parent: { gid: project, type: "project" },
      change: action === "changed" ? { field: "name", action: "changed" } : undefined,
      heardIn: [project],
    });
  }
}
