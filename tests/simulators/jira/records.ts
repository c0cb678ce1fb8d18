/** What the world holds. Instants are epoch milliseconds; people are named by their account ids. */
import type { SiteItem } from "./site-data.ts";

export interface Person {
  readonly accountId: string;
  readonly displayName: string;
  readonly emailAddress: string;
  isDeleted: boolean;
}

export interface Status {
  readonly id: string;
  readonly name: string;
  readonly category: "done" | "indeterminate" | "new";
  isDeleted: boolean;
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly lead: string;
  /** Of the newest issue. */
  lastNumber: number;
}

export interface Resolution {
  readonly id: string;
  readonly name: string;
}

/** An issue at one moment; a change makes another one. */
export interface IssueState {
  readonly key: string;
  readonly project: string;
  readonly status: string;
  readonly resolution: Resolution | undefined;
  readonly resolvedAt: number | undefined;
  readonly isFlagged: boolean;
  /** Issues that it is blocked by. */
  readonly blockers: readonly string[];
  readonly assignee: string | undefined;
  readonly summary: string;
  readonly updatedAt: number;
  readonly isDeleted: boolean;
}

export interface Issue {
  readonly id: string;
  readonly createdAt: number;
  readonly creator: string;
  readonly description: string;
  readonly isSubtask: boolean;
  readonly parent: string | undefined;
  /** As it is. */
  state: IssueState;
  /** As it was, oldest first, the present one too. */
  readonly states: { readonly at: number; readonly state: IssueState }[];
  /** Oldest first. */
  readonly histories: History[];
  readonly comments: Comment[];
}

interface History {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly items: readonly SiteItem[];
}

interface Comment {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly text: string;
}

export interface Worklog {
  readonly id: string;
  readonly issue: string;
  readonly by: string;
  readonly createdAt: number;
  updatedBy: string;
  updatedAt: number;
  startedAt: number;
  seconds: number;
  comment: string;
  /** Value by key. */
  properties: ReadonlyMap<string, unknown>;
}

/** What Jira tells apps of, at once. */
export type WorldEvent =
  | {
      readonly what: "issue";
      readonly action: "created" | "deleted" | "updated";
      readonly at: number;
      readonly by: string;
      readonly issue: Issue;
      readonly state: IssueState;
      readonly items: readonly SiteItem[];
    }
  | {
      readonly what: "worklog";
      readonly action: "created" | "deleted" | "updated";
      readonly at: number;
      readonly by: string;
      /** As it was then. */
      readonly worklog: Worklog;
    }
  | { readonly what: "user"; readonly action: "deleted"; readonly at: number; readonly account: string };
