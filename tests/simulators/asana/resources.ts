/** The world's records as the resources that Asana shows, with every field that anybody may ask for. */
import type { Json } from "./fields.ts";
import type { Entry, EnumField, Option, Project, Story, Task, User, WorldEvent } from "./records.ts";
import type { World } from "./world.ts";

export type Resource = { readonly [name: string]: Json | undefined };

export class Resources {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  workspace(gid: string): Resource {
    return { gid, resource_type: "workspace", name: this.#world.workspaces.get(gid)?.name, is_organization: true };
  }

  user({ gid, name, email, photo }: User): Resource {
    const workspaces = [...this.#world.workspaces.keys()].map((workspace) => this.workspace(workspace));
    return { gid, resource_type: "user", name, email, photo: { image_128x128: photo }, workspaces };
  }

  project({ gid, workspace, createdAt, name, archived }: Project): Resource {
    return {
      gid,
      resource_type: "project",
      name,
      archived,
      created_at: iso(createdAt),
      owner: this.#userOf(this.#world.anyone),
      workspace: this.workspace(workspace),
    };
  }

  section(gid: string): Resource {
    const section = this.#world.sections.get(gid);
    return {
      gid,
      resource_type: "section",
      name: section?.name,
      created_at: section === undefined ? null : iso(section.createdAt),
      project: section === undefined ? null : this.#projectOf(section.project),
    };
  }

  fieldSetting(project: string, field: EnumField): Resource {
    return {
      // A setting has a gid of its own, the same each time.
      gid: `5${project.slice(-7)}${field.gid.slice(-8)}`,
      resource_type: "custom_field_setting",
      is_important: false,
      parent: this.#projectOf(project),
      project: this.#projectOf(project),
      custom_field: this.#field(field, undefined),
    };
  }

  /** @param sees whether the caller sees a project: memberships in others are not shown */
  task(task: Task, sees: (project: string) => boolean): Resource {
    const parent = task.parent === undefined ? undefined : this.#world.tasks.get(task.parent);
    const memberships = task.memberships.filter(({ project }) => sees(project));
    const fields = new Set(memberships.flatMap(({ project }) => this.#world.projects.get(project)?.fields ?? []));
    return {
      ...this.#taskCompact(task),
      actual_time_minutes: this.#world.minutesOf(task.gid),
      assignee: this.#userOf(task.createdBy),
      completed: task.completedAt !== undefined,
      completed_at: task.completedAt === undefined ? null : iso(task.completedAt),
      completed_by: task.completedBy === undefined ? null : this.#userOf(task.completedBy),
      created_at: iso(task.createdAt),
      custom_fields: [...fields].flatMap((gid) => {
        const field = this.#world.fields.get(gid);
        return field === undefined ? [] : [this.#field(field, task.options.get(gid))];
      }),
      followers: [this.#userOf(task.createdBy)],
      memberships: memberships.map(({ project, section }) => ({
        project: this.#projectOf(project),
        section: this.section(section),
      })),
      modified_at: iso(task.modifiedAt),
      notes: task.notes,
      num_subtasks: this.#world.subtasksOf(task.gid).length,
      parent: parent === undefined ? null : this.#taskCompact(parent),
      projects: memberships.map(({ project }) => this.#projectOf(project)),
      workspace: this.workspace(task.workspace),
    };
  }

  story({ gid, task, at, by, subtype, text, about }: Story): Resource {
    const target = this.#world.tasks.get(task);
    const { project, oldSection, newSection, field, oldOption, newOption } = about;
    const ofField = field === undefined ? undefined : this.#world.fields.get(field);
    return {
      gid,
      resource_type: "story",
      created_at: iso(at),
      created_by: this.#userOf(by),
      resource_subtype: subtype,
      text,
      html_text: `<body>${text}</body>`,
      type: subtype === "comment_added" ? "comment" : "system",
      is_pinned: false,
      source: "web",
      target: target === undefined ? null : this.#taskCompact(target),
      ...(project === undefined ? {} : { project: this.#projectOf(project) }),
      ...(oldSection === undefined ? {} : { old_section: this.#sectionInStory(oldSection) }),
      ...(newSection === undefined ? {} : { new_section: this.#sectionInStory(newSection) }),
      ...(ofField === undefined
        ? {}
        : {
            custom_field: fieldCompact(ofField),
            old_enum_value: this.#option(ofField, oldOption),
            new_enum_value: this.#option(ofField, newOption),
          }),
    };
  }

  entry(entry: Entry): Resource {
    const task = this.#world.tasks.get(entry.task);
    const category = this.#world.categories.get(entry.category ?? "");
    return {
      gid: entry.gid,
      resource_type: "time_tracking_entry",
      duration_minutes: entry.minutes,
      entered_on: entry.enteredOn,
      attributable_to: entry.project === undefined ? null : this.#projectOf(entry.project),
      created_by: this.#userOf(entry.by),
      created_at: iso(entry.createdAt),
      task: task === undefined ? null : this.#taskCompact(task),
      categories:
        category === undefined ? [] : [{ ...category, resource_type: "time_tracking_category", color: "green" }],
      billable_status: "notApplicable",
      approval_status: "DRAFT",
      description: entry.description,
    };
  }

  /** As in a webhook's delivery, whose references say their subtype; with more names in it than Asana promises to leave out. */
  delivered(event: WorldEvent): Resource {
    const { subtype } = event.resource;
    const shown = this.event(event);
    if (subtype === undefined) return shown;
    return { ...shown, resource: { ...this.#reference(event.resource), resource_subtype: subtype } };
  }

  /** As in the list of events, which the document gives no subtype. */
  event({ at, by, action, resource, parent, change }: WorldEvent): Resource {
    return {
      user: this.#userOf(by),
      created_at: iso(at),
      type: resource.type,
      action,
      resource: this.#reference(resource),
      parent: parent === undefined ? null : this.#reference(parent),
      ...(change === undefined ? {} : { change: { field: change.field, action: change.action } }),
    };
  }

  #reference({ gid, type }: WorldEvent["resource"]): Resource {
    const name =
      this.#world.tasks.get(gid)?.name ?? this.#world.sections.get(gid)?.name ?? this.#world.projects.get(gid)?.name;
    return {
      gid,
      resource_type: type,
      ...(name === undefined ? {} : { name }),
    };
  }

  #sectionInStory(gid: string): Json {
    const isDeleted = this.#world.sections.get(gid)?.isDeleted === true;
    return isDeleted && !this.#world.dials.storiesNameDeletedSections ? null : this.section(gid);
  }

  #taskCompact({ gid, name, createdBy }: Task): Resource {
    const createdByReference = { gid: createdBy, resource_type: "user" };
    return { gid, resource_type: "task", resource_subtype: "default_task", name, created_by: createdByReference };
  }

  #projectOf(gid: string): Json {
    const project = this.#world.projects.get(gid);
    return { gid, resource_type: "project", name: project?.name };
  }

  #userOf(gid: string): Json {
    return { gid, resource_type: "user", name: this.#world.users.get(gid)?.name };
  }

  #field(field: EnumField, chosen: string | undefined): Resource {
    return {
      ...fieldCompact(field),
      resource_subtype: "enum",
      enum_value: this.#option(field, chosen),
    };
  }

  #option(field: EnumField, gid: string | undefined): Json {
    const option = field.options.find((each) => each.gid === gid);
    return option === undefined ? null : optionResource(option);
  }
}

function fieldCompact({ gid, name, options }: EnumField): Resource {
  return { gid, resource_type: "custom_field", name, type: "enum", enum_options: options.map(optionResource) };
}

function optionResource({ gid, name }: Option): Resource {
  return { gid, resource_type: "enum_option", name, enabled: true, color: "blue" };
}

export function iso(instant: number): string {
  return new Date(instant).toISOString();
}
