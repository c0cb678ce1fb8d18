/** Builders for what Asana shows of tasks, as our gateway hands it on. Gids are plain words where nobody reads them as numbers. */
import type { ChosenProject, ChosenProjects } from "../../../apps/asana-sync/src/asana/chosen-projects.ts";
import type { AsanaEntry, AsanaStory, AsanaTask } from "../../../apps/asana-sync/src/asana/schemas.ts";
import { utc } from "../moments.ts";

/** `["P", "Build"]`: in project P, in its section P.Build. Without a section: in the project, and Asana shows none. */
export type Membership = readonly [project: string, section?: string];

export function aTask({
  memberships = [["P", "To do"]],
  ...overrides
}: Partial<Omit<AsanaTask, "memberships">> & {
  readonly memberships?: readonly Membership[];
} = {}): AsanaTask {
  return {
    gid: "7001",
    created_at: utc("2026-09-07T08:00"),
    completed: overrides.completed_at !== undefined,
    memberships: memberships.map(([project, section]) => ({
      project: { gid: project },
      section: section === undefined ? null : aSection(project, section),
    })),
    ...overrides,
  };
}

export function aSection(project: string, name: string) {
  return { gid: `${project}.${name}`, name };
}

/** What a story says besides its number and its kind. */
type Said = Partial<Omit<AsanaStory, "gid" | "created_at" | "resource_subtype">>;

let lastGid = 9000;

/** Stories number themselves in the order in which they are made. */
export function aStory(at: string, kind: string, said: Said & { readonly gid?: string } = {}): AsanaStory {
  lastGid += 1;
  return { gid: String(lastGid), created_at: utc(at), resource_subtype: kind, ...said };
}

/** From one section of a project to another; null for one that the story does not name any more. */
export function moved(at: string, project: string, from: string | null, to: string | null): AsanaStory {
  return aStory(at, "section_changed", {
    old_section: from === null ? null : aSection(project, from),
    new_section: to === null ? null : aSection(project, to),
  });
}

export function added(at: string, project: string): AsanaStory {
  return aStory(at, "added_to_project", { project: { gid: project } });
}

export function removed(at: string, project: string): AsanaStory {
  return aStory(at, "removed_from_project", { project: { gid: project } });
}

export function completed(at: string): AsanaStory {
  return aStory(at, "marked_complete");
}

export function reopened(at: string): AsanaStory {
  return aStory(at, "marked_incomplete");
}

/** An option of a field was chosen instead of another; null is none. */
export function chose(at: string, field: string, from: string | null, to: string | null): AsanaStory {
  const option = (name: string | null) => (name === null ? null : { gid: `${field}.${name}`, name });
  return aStory(at, "enum_custom_field_changed", {
    custom_field: { gid: field },
    old_enum_value: option(from),
    new_enum_value: option(to),
  });
}

export function anAsanaEntry(overrides: Partial<AsanaEntry> = {}): AsanaEntry {
  return {
    gid: "5001",
    duration_minutes: 90,
    entered_on: "2026-09-08",
    created_at: utc("2026-09-08T16:00"),
    created_by: { gid: "3001" },
    task: { gid: "7001" },
    ...overrides,
  };
}

/** Each is a project of the ledger of its own, by the same name, unless said; sections are known by their project's name. */
export function chosenProjects(
  ...projects: readonly (string | (Partial<ChosenProject> & { readonly gid: string }))[]
): ChosenProjects {
  const all = projects.map((one): ChosenProject => {
    const { gid, project = gid, stageField } = typeof one === "string" ? { gid: one } : one;
    return { gid, project, stageField };
  });
  const byGid = new Map(all.map((one) => [one.gid, one]));
  return {
    byGid,
    projectOfSection: (section) => all.find(({ gid }) => section.startsWith(`${gid}.`))?.gid,
  };
}
