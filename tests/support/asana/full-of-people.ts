import type { Canaries } from "../canaries.ts";

/**
 * What Asana answers, with a canary in every member of every resource in it that can name or quote a person, whether it was
 * asked for or not. Names of projects, sections, fields and options are not among them: teams give these, and they are kept.
 */
export function fullOfPeople(json: unknown, canaries: Canaries): unknown {
  if (Array.isArray(json)) return json.map((one) => fullOfPeople(one, canaries));
  if (typeof json !== "object" || json === null) return json;
  const inner = Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fullOfPeople(value, canaries)]));
  const type: unknown = inner.resource_type;
  const more = typeof type === "string" ? MORE[type]?.(canaries) : undefined;
  return { ...inner, ...(more ?? {}), ...keptReferences(inner) };
}

/** Whose account an entry is by is read, for the pseudonym: its id has to stay. */
function keptReferences(resource: { readonly [name: string]: unknown }): object {
  return resource.resource_type === "time_tracking_entry" ? { created_by: resource.created_by } : {};
}

/** A webhook's or list's event about a task, as talkative as an event can be. */
export function anEventFullOfPeople(task: string, canaries: Canaries): object {
  const at = (place: string) => canaries.plant(`event: ${place}`);
  return {
    user: aPerson("event user", canaries),
    created_at: "2026-09-07T09:00:00.000Z",
    type: at("type"),
    action: "changed",
    resource: { gid: task, resource_type: "task", resource_subtype: "default_task", name: at("resource name") },
    parent: {
      gid: task,
      resource_type: "task",
      name: at("parent name"),
      created_by: aPerson("event parent", canaries),
    },
    change: {
      field: at("change field"),
      action: "changed",
      new_value: { ...aPerson("new value", canaries), text: at("new value") },
      added_value: { ...aPerson("added value", canaries), text: at("added value") },
      removed_value: { ...aPerson("removed value", canaries), text: at("removed value") },
    },
  };
}

/** An error of Asana's that quotes somebody. */
export function anErrorFullOfPeople(canaries: Canaries): object {
  const at = (place: string) => canaries.plant(`error: ${place}`);
  return {
    errors: [{ message: at("message"), help: at("help"), phrase: at("phrase"), user_message: at("user message") }],
  };
}

function aPerson(role: string, canaries: Canaries): object {
  const at = (member: string) => canaries.plant(`${role}: ${member}`);
  return {
    gid: at("gid"),
    resource_type: "person",
    name: at("name"),
    email: at("email"),
    photo: { image_128x128: `https://photos.example.com/${at("photo")}.png` },
    custom_fields: [{ gid: "1", text_value: at("profile") }],
  };
}

/** By resource type; it stands over what the simulated Asana says itself. */
const MORE: Readonly<Record<string, (canaries: Canaries) => object>> = {
  user: (canaries) => {
    const at = (place: string) => canaries.plant(`user: ${place}`);
    return { name: at("name"), email: at("email"), photo: { image_128x128: at("photo") } };
  },
  task: (canaries) => {
    const at = (place: string) => canaries.plant(`task: ${place}`);
    return {
      name: at("name"),
      notes: at("notes"),
      html_notes: `<body>${at("html notes")}</body>`,
      assignee: aPerson("assignee", canaries),
      assignee_section: { gid: at("assignee section"), name: at("assignee section name") },
      completed_by: aPerson("completed by", canaries),
      created_by: aPerson("task created by", canaries),
      followers: [aPerson("follower", canaries)],
      hearts: [{ gid: "1", user: aPerson("heart", canaries) }],
      likes: [{ gid: "1", user: aPerson("like", canaries) }],
      permalink_url: `https://app.example.com/${at("permalink")}`,
      external: { gid: at("external gid"), data: at("external data") },
      tags: [{ gid: "1", name: at("tag") }],
      dependencies: [{ gid: "1", name: at("dependency") }],
    };
  },
  story: (canaries) => {
    const at = (place: string) => canaries.plant(`story: ${place}`);
    return {
      text: at("text"),
      html_text: `<body>${at("html text")}</body>`,
      created_by: aPerson("story created by", canaries),
      assignee: aPerson("story assignee", canaries),
      follower: aPerson("story follower", canaries),
      hearts: [{ gid: "1", user: aPerson("story heart", canaries) }],
      likes: [{ gid: "1", user: aPerson("story like", canaries) }],
      old_name: at("old name"),
      new_name: at("new name"),
      old_text_value: at("old text value"),
      new_text_value: at("new text value"),
      old_people_value: [aPerson("old people value", canaries)],
      new_people_value: [aPerson("new people value", canaries)],
      previews: [{ title: at("preview title"), text: at("preview text"), header: at("preview header") }],
      reaction_summary: [{ variant: at("reaction"), count: 1 }],
      task: { gid: "1", name: at("task name") },
      tag: { gid: "1", name: at("tag") },
      duplicate_of: { gid: "1", name: at("duplicate of") },
    };
  },
  time_tracking_entry: (canaries) => {
    const at = (place: string) => canaries.plant(`entry: ${place}`);
    return { description: at("description"), rate: { amount: at("rate") }, approved_by: aPerson("approver", canaries) };
  },
  project: (canaries) => {
    const at = (place: string) => canaries.plant(`project: ${place}`);
    return {
      notes: at("notes"),
      html_notes: `<body>${at("html notes")}</body>`,
      owner: aPerson("project owner", canaries),
      members: [aPerson("project member", canaries)],
      followers: [aPerson("project follower", canaries)],
      completed_by: aPerson("project completed by", canaries),
      created_by: aPerson("project created by", canaries),
      current_status: {
        author: aPerson("status author", canaries),
        text: at("status text"),
        title: at("status title"),
      },
      current_status_update: { title: at("status update") },
      team: { gid: "1", name: at("team") },
    };
  },
  section: (canaries) => ({ created_by: aPerson("section created by", canaries) }),
  workspace: (canaries) => ({ email_domains: [canaries.plant("workspace: e-mail domain")] }),
  custom_field: (canaries) => {
    const at = (place: string) => canaries.plant(`field: ${place}`);
    return {
      text_value: at("text value"),
      display_value: at("display value"),
      people_value: [aPerson("people value", canaries)],
      created_by: aPerson("field created by", canaries),
      description: at("description"),
    };
  },
  webhook: (canaries) => {
    const at = (place: string) => canaries.plant(`webhook: ${place}`);
    return { last_failure_content: at("last failure content"), created_by: aPerson("webhook created by", canaries) };
  },
};
