/** What the world holds. Instants are epoch milliseconds; references are gids. */

export interface User {
  readonly gid: string;
  readonly name: string;
  readonly email: string;
  readonly photo: string;
  /** A section that belongs to no project: where their tasks lie in "My tasks". */
  readonly myTasksSection: string;
}

export interface Workspace {
  readonly gid: string;
  readonly name: string;
}

export interface Project {
  readonly gid: string;
  readonly workspace: string;
  readonly createdAt: number;
  readonly name: string;
  archived: boolean;
  /** In their order on the board; those deleted are not here. */
  readonly sections: string[];
  readonly fields: string[];
}

export interface Section {
  readonly gid: string;
  readonly project: string;
  readonly createdAt: number;
  name: string;
  isDeleted: boolean;
}

/** A custom field with options to choose from. */
export interface EnumField {
  readonly gid: string;
  readonly workspace: string;
  readonly name: string;
  readonly options: readonly Option[];
}

export interface Option {
  readonly gid: string;
  readonly name: string;
}

export interface Membership {
  readonly project: string;
  readonly section: string;
}

export interface Task {
  readonly gid: string;
  readonly workspace: string;
  readonly parent: string | undefined;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly name: string;
  readonly notes: string;
  modifiedAt: number;
  completedAt: number | undefined;
  completedBy: string | undefined;
  memberships: readonly Membership[];
  /** Option by field. */
  readonly options: Map<string, string>;
  /** Undefined as long as it is there. */
  deletedAt: number | undefined;
}

export type StorySubtype =
  | "added_to_project"
  | "comment_added"
  | "enum_custom_field_changed"
  | "marked_complete"
  | "marked_incomplete"
  | "removed_from_project"
  | "section_changed";

export interface Story {
  readonly gid: string;
  readonly task: string;
  readonly at: number;
  readonly by: string;
  readonly subtype: StorySubtype;
  readonly text: string;
  readonly about: StorySubject;
}

interface StorySubject {
  readonly project?: string | undefined;
  readonly oldSection?: string | undefined;
  readonly newSection?: string | undefined;
  readonly field?: string | undefined;
  readonly oldOption?: string | undefined;
  readonly newOption?: string | undefined;
}

/** A native time entry. */
export interface Entry {
  readonly gid: string;
  readonly task: string;
  readonly by: string;
  readonly createdAt: number;
  minutes: number;
  /** `2026-09-07` */
  enteredOn: string;
  /** The project it is attributable to. */
  project: string | undefined;
  category: string | undefined;
  description: string;
}

export interface Category {
  readonly gid: string;
  readonly name: string;
}

/** What happened, as webhooks and GET /events tell it, and in which projects it is heard. */
export interface WorldEvent {
  readonly at: number;
  readonly by: string;
  readonly action: "added" | "changed" | "deleted" | "removed" | "undeleted";
  readonly resource: Reference;
  readonly parent: Reference | undefined;
  readonly change: { readonly field: string; readonly action: "added" | "changed" | "removed" } | undefined;
  readonly heardIn: readonly string[];
}

export interface Reference {
  readonly gid: string;
  readonly type: "project" | "section" | "story" | "task" | "time_tracking_entry";
  readonly subtype?: string;
}
